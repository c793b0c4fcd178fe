import dataclasses
from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import designs
from tests.designs import EVERYWHERE, MAIN_CIDR, changed, get_object, ip, prefix_list, route, table
from vpclab.network import Design, walk
from vpclab.network.resources import (
    CidrRoute,
    PrefixList,
    PrefixListRoute,
    Route,
    RouteOrigin,
    RouteState,
    RouteTable,
)
from vpclab.network.routing import (
    LOCAL,
    Priority,
    RouteDecision,
    Routes,
    destination_of,
    is_blackhole,
    remarks_on_lost_endpoints,
    select_route,
)

PROPAGATED = {"origin": RouteOrigin.PROPAGATED}
S3_LIST = prefix_list("pl-s3", cidrs="52.219.0.0/20 52.219.0.0/16")
OWN_LIST = prefix_list("pl-own", "own", "52.219.0.0/20")


def routes(*lines: Route, lists: tuple[PrefixList, ...] = (S3_LIST, OWN_LIST)) -> Routes:
    """A table of `vpc-main` with these lines, ready for look-up."""
    by_id = {one.prefix_list_id: one for one in lists}
    return Routes(table("rtb-test", "", *lines), IPv4Network(MAIN_CIDR), by_id, ())


def winner_for(address: str, *lines: Route) -> str | None:
    chosen = select_route(routes(*lines), ip(address)).winner
    return chosen.target if chosen else None


def losses_for(address: str, *lines: Route) -> dict[str, str | None]:
    return {
        f"{candidate.label} {candidate.facts['target']}": candidate.lost_because
        for candidate in routes(*lines).candidates(ip(address))
    }


# --- which line wins ---------------------------------------------------------------------------------


def test_the_longest_prefix_wins():
    assert winner_for("10.5.6.7", route(EVERYWHERE, "nat-1"), route("10.5.0.0/16", "pcx-1")) == "pcx-1"


def test_the_order_of_the_lines_does_not_matter():
    assert winner_for("10.5.6.7", route("10.5.0.0/16", "pcx-1"), route(EVERYWHERE, "nat-1")) == "pcx-1"


def test_the_local_route_is_implied():
    assert winner_for("10.0.99.1", route(EVERYWHERE, "nat-1")) == LOCAL


def test_a_local_route_that_is_shown_is_not_doubled():
    assert [destination_of(row) for row in routes(route(MAIN_CIDR, LOCAL)).rows] == [MAIN_CIDR]


def test_a_prefix_list_counts_as_its_networks():
    assert winner_for("52.219.1.20", route(EVERYWHERE, "nat-1"), route("pl-s3", "vpce-s3")) == "vpce-s3"
    assert winner_for("52.220.1.20", route(EVERYWHERE, "nat-1"), route("pl-s3", "vpce-s3")) == "nat-1"


def test_a_static_route_beats_a_prefix_list_of_the_same_length():
    assert winner_for("52.219.1.20", route("pl-own", "tgw-1"), route("52.219.0.0/20", "pcx-1")) == "pcx-1"


def test_a_prefix_list_beats_a_propagated_route_of_the_same_length():
    propagated = route("52.219.0.0/20", "vgw-1", **PROPAGATED)

    assert winner_for("52.219.1.20", propagated, route("pl-own", "tgw-1")) == "tgw-1"


def test_a_static_route_beats_a_propagated_route_of_the_same_length():
    propagated = route("172.16.0.0/16", "vgw-1", **PROPAGATED)

    assert winner_for("172.16.1.1", propagated, route("172.16.0.0/16", "tgw-1")) == "tgw-1"


def test_a_longer_propagated_route_beats_a_shorter_static_one():
    propagated = route("172.16.0.0/16", "vgw-1", **PROPAGATED)

    assert winner_for("172.16.1.1", route(EVERYWHERE, "tgw-1"), propagated) == "vgw-1"


def test_the_local_route_beats_a_propagated_route_even_when_that_is_longer():
    propagated = route("10.0.7.0/24", "vgw-1", **PROPAGATED)

    assert winner_for("10.0.7.1", propagated) == LOCAL
    assert losses_for("10.0.7.1", propagated) == {
        "10.0.7.0/24 vgw-1": "LOCAL_ROUTE_WINS",
        "10.0.0.0/16 local": None,
    }


def test_a_local_route_that_is_written_as_propagated_is_still_the_local_route():
    assert winner_for("10.0.7.1", route(MAIN_CIDR, LOCAL, **PROPAGATED)) == LOCAL


def test_a_longer_static_route_beats_the_local_route():
    assert winner_for("10.0.7.1", route("10.0.7.0/24", "pcx-1")) == "pcx-1"


def test_a_prefix_list_whose_content_is_not_given_covers_nothing():
    assert winner_for("52.219.1.20", route("pl-unknown", "vpce-s3")) is None


def test_no_line_matches_when_none_covers_the_address():
    assert winner_for("8.8.8.8") is None


def test_a_blackhole_that_wins_is_not_replaced_by_a_shorter_route():
    dead = route("8.8.0.0/16", "nat-1", state=RouteState.BLACKHOLE)

    selection = select_route(routes(route(EVERYWHERE, "nat-2"), dead), ip("8.8.8.8"))

    assert selection.winner is not None
    assert is_blackhole(selection.winner.route)


def test_of_two_prefix_lists_that_tie_the_first_is_taken_and_the_tie_is_told():
    selection = select_route(routes(route("pl-own", "tgw-1"), route("pl-s3", "vpce-s3")), ip("52.219.1.20"))

    assert selection.winner is not None
    assert (selection.winner.target, selection.is_tie) == ("tgw-1", True)


def test_overlapping_networks_of_one_list_are_no_tie():
    assert not select_route(routes(route("pl-s3", "vpce-s3")), ip("52.219.1.20")).is_tie


# --- what is told ------------------------------------------------------------------------------------


def test_every_line_tells_why_it_lost():
    lines = (
        route(EVERYWHERE, "nat-1"),
        route("pl-s3", "vpce-s3"),
        route("52.219.0.0/20", "pcx-1"),
        route("192.168.0.0/16", "vgw-1"),
    )

    assert losses_for("52.219.1.20", *lines) == {
        "0.0.0.0/0 nat-1": "SHORTER_PREFIX",
        "pl-s3 vpce-s3": "LOWER_PRIORITY",
        "52.219.0.0/20 pcx-1": None,
        "192.168.0.0/16 vgw-1": "DOES_NOT_COVER_ADDRESS",
        "10.0.0.0/16 local": "DOES_NOT_COVER_ADDRESS",
    }


def test_candidates_show_a_prefix_list_with_its_name_and_networks():
    candidate = routes(route("pl-own", "tgw-1")).candidates(ip("52.219.1.20"))[0]

    assert candidate.won
    assert candidate.to_facts() == {
        "of": "rtb-test",
        "label": "pl-own",
        "target": "tgw-1",
        "state": "active",
        "propagated": False,
        "prefix_list_name": "own",
        "cidrs": ["52.219.0.0/20"],
        "won": True,
        "lost_because": None,
    }


@pytest.mark.parametrize(
    ("stronger", "remark"),
    [
        ("52.219.0.0/24", "MORE_SPECIFIC_ROUTE over pl-own"),
        ("52.219.0.0/20", "HIGHER_PRIORITY_ROUTE over pl-own"),
    ],
)
def test_a_route_to_an_endpoint_that_lost_is_remarked_upon(stronger: str, remark: str):
    selection = select_route(routes(route("pl-own", "vpce-s3"), route(stronger, "nat-1")), ip("52.219.0.20"))

    assert remarks_on_lost_endpoints(selection) == (remark,)


@pytest.mark.parametrize("target", ["nat-2", "igw-2", "pcx-2"])
def test_other_routes_that_lost_are_not_remarked_upon(target: str):
    selection = select_route(
        routes(route("pl-own", target), route("52.219.0.0/24", "nat-1")), ip("52.219.0.20")
    )

    assert remarks_on_lost_endpoints(selection) == ()


def test_nothing_is_remarked_upon_where_nothing_matched():
    assert remarks_on_lost_endpoints(select_route(routes(), ip("8.8.8.8"))) == ()


def test_the_facts_name_table_address_and_route():
    prepared = routes(route("pl-s3", "vpce-s3"))
    decision = RouteDecision(
        routes=prepared,
        address=ip("52.219.1.20"),
        winner=select_route(prepared, ip("52.219.1.20")).winner,
    )

    assert decision.facts == {
        "table": "rtb-test",
        "address": "52.219.1.20",
        "destination": "pl-s3",
        "prefix_list_name": designs.S3,
        "target": "vpce-s3",
    }


def test_the_facts_name_no_route_where_none_matched():
    prepared = routes(lists=())
    decision = RouteDecision(routes=prepared, address=ip("8.8.8.8"), winner=None)

    assert (decision.facts["destination"], decision.facts["target"]) == (None, None)


# --- in a walk ---------------------------------------------------------------------------------------


def test_a_gateway_endpoint_puts_its_route_into_the_tables_it_is_associated_with():
    hidden = changed(designs.s3_gateway(), "rtb-private", routes=())

    journey = walk(hidden, get_object())

    assert journey.reachable
    assert journey.told.route_chosen is not None
    assert journey.told.route_chosen.destination == "pl-s3"


def test_a_subnet_on_another_table_keeps_its_nat_route():
    endpoint = changed(designs.s3_gateway(), "vpce-s3", route_table_ids=("rtb-public",)).vpc_endpoints
    both = designs.s3_nat(prefix_lists=(prefix_list(),), vpc_endpoints=endpoint)

    journey = walk(both, get_object())

    assert journey.told.route_chosen is not None
    assert journey.told.route_chosen.target == "nat-main"


def test_a_tie_of_prefix_lists_is_noted():
    twice = designs.plus(designs.s3_gateway(), "prefix_lists", prefix_list("pl-own", "own", "52.219.0.0/20"))
    tied = changed(twice, "rtb-private", routes=(route("pl-s3", "vpce-s3"), route("pl-own", "vpce-s3")))

    assert "PREFIX_LIST_TIE_IS_RANDOM" in walk(tied, get_object()).notes


def test_an_endpoint_whose_prefix_list_is_not_given_is_noted():
    unknown = designs.s3_gateway(prefix_lists=(), route_tables=(table("rtb-private", "subnet-private"),))
    unknown = changed(unknown, "sg-app", egress=(designs.EVERYTHING_OUT,))

    journey = walk(unknown, get_object())

    assert journey.told.reason == "NO_ROUTE_TO_DESTINATION"
    assert "PREFIX_LIST_NOT_GIVEN" in journey.notes


def test_a_more_specific_way_past_the_endpoint_is_told_in_the_detail():
    endpoints = designs.s3_gateway().vpc_endpoints
    lines = (route("pl-s3", "vpce-s3"), route("52.219.1.0/24", "nat-main"))
    past = changed(
        designs.s3_nat(prefix_lists=(prefix_list(),), vpc_endpoints=endpoints), "rtb-private", routes=lines
    )

    journey = walk(past, get_object())

    assert journey.told.detail == ("MORE_SPECIFIC_ROUTE over pl-s3",)
    assert journey.told.uses_public_ip


# --- properties --------------------------------------------------------------------------------------

# Few networks, so that routes nest, tie and miss.
NETWORKS = [
    IPv4Network(text)
    for text in ("0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/16", "10.0.0.0/24", "10.0.1.0/24", "10.0.0.128/25")
] + [IPv4Network(f"10.0.0.{host}/32") for host in (1, 130)]
ADDRESSES = [ip(text) for text in ("10.0.0.1", "10.0.0.2", "10.0.0.130", "10.0.1.9", "10.9.9.9", "8.8.8.8")]
RANDOM_LISTS = st.lists(
    st.lists(st.sampled_from(NETWORKS), max_size=4, unique=True), min_size=3, max_size=3
).map(
    lambda several: {
        f"pl-{number}": PrefixList(
            prefix_list_id=f"pl-{number}", prefix_list_name=f"list {number}", cidrs=tuple(cidrs)
        )
        for number, cidrs in enumerate(several)
    }
)
STATES, ORIGINS = st.sampled_from(RouteState), st.sampled_from(RouteOrigin)
RANDOM_ROUTES = st.lists(
    st.one_of(
        st.builds(
            CidrRoute,
            destination=st.sampled_from(NETWORKS),
            target=st.sampled_from(["nat-1", "vpce-1"]),
            state=STATES,
            origin=ORIGINS,
        ),
        st.builds(CidrRoute, destination=st.sampled_from(NETWORKS), target=st.just(LOCAL)),
        st.builds(
            PrefixListRoute,
            destination_prefix_list_id=st.sampled_from(["pl-0", "pl-1", "pl-2", "pl-gone"]),
            target=st.sampled_from(["vpce-1", "nat-1"]),
            state=STATES,
            origin=ORIGINS,
        ),
    ),
    max_size=10,
)


def brute_force(
    rows: tuple[Route, ...], lists: dict[str, PrefixList], address: IPv4Address
) -> set[tuple[str, str]]:
    """The lines that may win, found by trying every network of every row."""
    matching = []
    for row in rows:
        if isinstance(row, CidrRoute):
            networks, rank = (row.destination,), 0
        else:
            found = lists.get(row.destination_prefix_list_id)
            networks, rank = (found.cidrs if found else ()), 1
        rank = 2 if row.origin is RouteOrigin.PROPAGATED else rank
        matching += [(network.prefixlen, rank, row) for network in networks if address in network]
    if any(row.target == LOCAL for _, _, row in matching):
        matching = [line for line in matching if line[1] != 2]
    if not matching:
        return set()
    best = max(matching, key=lambda line: (line[0], -line[1]))[:2]
    return {(destination_of(row), row.target) for length, rank, row in matching if (length, rank) == best}


@given(RANDOM_ROUTES, RANDOM_LISTS, st.sampled_from(ADDRESSES))
def test_the_longest_prefix_agrees_with_brute_force(
    lines: list[Route], lists: dict[str, PrefixList], address: IPv4Address
):
    made = RouteTable(route_table_id="rtb-test", vpc_id="vpc-main", routes=tuple(lines))
    prepared = Routes(made, IPv4Network("10.0.0.0/24"), lists, ())

    chosen = select_route(prepared, address).winner

    expected = brute_force(prepared.rows, lists, address)
    if chosen is None:
        assert expected == set()
    else:
        assert (destination_of(chosen.route), chosen.target) in expected


@given(RANDOM_ROUTES, RANDOM_LISTS, st.sampled_from(ADDRESSES))
def test_exactly_one_candidate_won_where_something_matched(
    lines: list[Route], lists: dict[str, PrefixList], address: IPv4Address
):
    made = RouteTable(
        route_table_id="rtb-test",
        vpc_id="vpc-main",
        routes=tuple(dataclasses.replace(line) for line in lines),
    )
    prepared = Routes(made, IPv4Network("10.0.0.0/24"), lists, ())

    candidates = prepared.candidates(address)

    matched = select_route(prepared, address).winner is not None
    assert sum(candidate.won for candidate in candidates) == int(matched)
    assert len(candidates) == len(prepared.rows)


def test_priorities_are_in_the_order_of_the_rule():
    assert sorted(Priority) == [Priority.STATIC, Priority.PREFIX_LIST, Priority.PROPAGATED]


def test_a_subnet_without_a_table_uses_the_main_table_of_its_vpc():
    design = Design(
        region=designs.REGION,
        vpcs=(designs.vpc(),),
        subnets=(designs.subnet("subnet-a", "10.0.1.0/24"), designs.subnet("subnet-b", "10.0.2.0/24")),
        route_tables=(table("rtb-a", "subnet-a"), dataclasses.replace(table("rtb-rest", ""), main=True)),
    )

    assert design.routes_of_subnet("subnet-a").table.route_table_id == "rtb-a"
    assert design.routes_of_subnet("subnet-b").table.route_table_id == "rtb-rest"


def test_a_vpc_without_a_main_table_has_one_with_the_local_route_only():
    design = Design(
        region=designs.REGION,
        vpcs=(designs.vpc(),),
        subnets=(designs.subnet("subnet-a", "10.0.1.0/24"),),
    )

    prepared = design.routes_of_subnet("subnet-a")

    assert [row.target for row in prepared.rows] == [LOCAL]
