"""Labs at work: moves, goals, distances and stars, on one small lab."""

from decimal import Decimal

import pytest

from tests.vpclab.learning import small_lab
from vpclab.learning.lab_goals import State, holds, is_there
from vpclab.learning.lab_models import (
    AbsentGoal,
    ChoiceFact,
    ChoiceMove,
    Component,
    Lab,
    MonthGoal,
    NamedMove,
    PresentGoal,
    RequestGoal,
    Way,
)
from vpclab.learning.labs import (
    attempt,
    made_of,
    make,
    moves_between,
    moves_of,
    replay,
    requests_of,
    stars,
    start_month,
    start_of,
    state_of,
)
from vpclab.network import walk
from vpclab.network.request import Request
from vpclab.presets import load_presets
from vpclab.sandbox.build import build
from vpclab.sandbox.choices import AskedName, BucketRegion, Choices, Source, Table, WayOut
from vpclab.sandbox.setup import Setup, design_of, request_of

LAB = small_lab.lab()
ENDPOINT = ChoiceMove(choice="gateway_endpoint", text="yes")
NO_NAT = ChoiceMove(choice="way_out", text="none")
ONE_TABLE = ChoiceMove(choice="gateway_tables", text="app-a")
UNUSED = (
    ChoiceMove(choice="interface_endpoint", text="yes"),
    ChoiceMove(choice="private_dns", text="off"),
)
CLOSE = NamedMove(name="close", made=True)
CLOSE_MORE = NamedMove(name="close-more", made=True)


def after(*moves: ChoiceMove | NamedMove, lab: Lab = LAB) -> Setup:
    setup = start_of(lab)
    for move in moves:
        setup = make(lab, setup, move)
    return setup


# --- moves ---------------------------------------------------------------------------------------------


def test_every_allowed_move_that_changes_something_is_offered():
    assert moves_of(LAB, start_of(LAB)) == (ENDPOINT, NO_NAT, CLOSE, CLOSE_MORE)


def test_choices_get_effect_with_what_they_belong_to():
    found = moves_of(LAB, after(ENDPOINT))

    assert {move.choice for move in found if isinstance(move, ChoiceMove)} == {
        "gateway_endpoint",
        "gateway_tables",
        "way_out",
        "endpoint_policy",
    }


def test_a_move_adds_or_removes_one_member_of_a_choice_of_several():
    tables = [
        move.text
        for move in moves_of(LAB, after(ENDPOINT))
        if getattr(move, "choice", "") == "gateway_tables"
    ]

    assert tables == ["edge+app-c+app-d", "edge+app-a+app-d"]


def test_only_the_values_that_the_lab_names_can_be_set():
    ways = [move.text for move in moves_of(LAB, after(NO_NAT)) if getattr(move, "choice", "") == "way_out"]

    assert ways == ["nat"]


def test_a_choice_that_changes_a_further_request_alone_is_a_move():
    moves = ("moves: [gateway_endpoint,", "moves: [site_internet, gateway_endpoint,")
    request = ("other}\n", "other}\n  office: {source: onprem-dx}\n")
    words = ("{abroad: A bucket elsewhere.}", "{abroad: A bucket elsewhere., office: Somebody else.}")
    alone, both = small_lab.lab(moves), small_lab.lab(moves, request, words)
    move = ChoiceMove(choice="site_internet", text="no")

    assert move not in moves_of(alone, start_of(alone))
    assert move in moves_of(both, start_of(both))


def test_a_named_move_is_made_and_taken_back():
    made = after(CLOSE)

    assert made_of(LAB, made) == (("close",), ())
    assert NamedMove(name="close", made=False) in moves_of(LAB, made)
    assert make(LAB, made, NamedMove(name="close", made=False)) == start_of(LAB)


def test_named_moves_apply_in_the_order_of_the_lab():
    assert after(CLOSE_MORE, CLOSE) == after(CLOSE, CLOSE_MORE)


def test_a_named_move_that_begins_like_another_is_not_taken_for_it():
    assert made_of(LAB, after(CLOSE_MORE)) == (("close-more",), ())
    assert made_of(LAB, after(CLOSE, CLOSE_MORE)) == (("close", "close-more"), ())


def test_a_named_move_that_finds_nothing_to_change_is_no_move():
    lab = small_lab.lab(
        (small_lab.CLOSE, "    - {change: vpc_endpoints, id: vpce-s3, key: State, to: failed}\n")
    )

    assert CLOSE not in moves_of(lab, start_of(lab))
    assert CLOSE in moves_of(lab, after(ENDPOINT, lab=lab))


def test_making_a_move_leaves_what_was_edited_by_hand_on_top():
    stray = after(CLOSE).edits
    by_hand = Setup(
        start="s3-over-nat", choices=start_of(LAB).choices, edits=(*after(CLOSE_MORE).edits, *stray)
    )

    assert made_of(LAB, by_hand) == (("close-more",), stray)
    assert make(LAB, by_hand, NamedMove(name="close-more", made=False)).edits == stray


def test_a_value_that_there_is_not_changes_nothing():
    assert make(LAB, start_of(LAB), ChoiceMove(choice="way_out", text="teleport")) == start_of(LAB)
    assert make(LAB, start_of(LAB), ChoiceMove(choice="nothing", text="yes")) == start_of(LAB)


# --- attempts ------------------------------------------------------------------------------------------


def test_the_start_meets_no_goal_and_the_solution_all():
    assert [attempt(LAB, setup).met for setup in replay(LAB)] == [
        (False, False, False),
        (True, False, False),
        (True, True, True),
    ]
    assert attempt(LAB, replay(LAB)[-1]).solved


def test_another_network_that_meets_the_goal_is_a_solution_too():
    other = after(NO_NAT, ENDPOINT, ChoiceMove(choice="gateway_tables", text="app-a"))

    assert attempt(LAB, other).solved


def test_every_request_is_walked_over_the_network_of_the_learner():
    tried = attempt(LAB, after(ENDPOINT))

    assert set(tried.walks) == {"main", "abroad"}
    assert tried.walks["main"].request == request_of(after(ENDPOINT))
    abroad = requests_of(LAB, after(ENDPOINT))["abroad"]
    assert abroad.choices.bucket_region is BucketRegion.OTHER
    assert tried.walks["abroad"] == walk(design_of(abroad)[0], request_of(abroad))


def test_a_request_typed_by_hand_is_not_the_one_of_the_lab():
    solved = replay(LAB)[-1]
    other = request_of(requests_of(LAB, solved)["abroad"])
    typed = Setup(
        start=solved.start, choices=solved.choices, request=Request(source=other.source, calls=other.calls)
    )

    assert attempt(LAB, typed).walks["main"] == attempt(LAB, solved).walks["main"]


def test_the_month_counts_the_traffic_of_the_lab():
    # 730 hours of a NAT gateway and its address, 100 GB.
    assert start_month(LAB) == Decimal("55.11")
    assert attempt(LAB, after(ENDPOINT)).month.total == Decimal("48.91")
    assert attempt(LAB, replay(LAB)[-1]).month.total == 0


# --- conditions ----------------------------------------------------------------------------------------


def state(choices: Choices, month: str = "10", start_month: str = "30") -> State:
    design = build(choices)
    setup = Setup(start="s3-over-nat", choices=choices)
    return State(
        choices={"way_out": str(choices.way_out)},
        design=design,
        walks={"main": walk(design, request_of(setup))},
        month=Decimal(month),
        start_month=Decimal(start_month),
    )


OVER_NAT = state(Choices(way_out=WayOut.NAT))
CUT_OFF = state(Choices(way_out=WayOut.NONE))
GATEWAY = state(Choices(way_out=WayOut.NONE, gateway_endpoint=True))
INTERFACE = state(Choices(destination="kms", way_out=WayOut.NONE, interface_endpoint=True))


@pytest.mark.parametrize(
    ("condition", "where", "expected"),
    [
        (RequestGoal(request="main", reaches=True), OVER_NAT, True),
        (RequestGoal(request="main", reaches=True), CUT_OFF, False),
        (RequestGoal(request="main", reaches=False), CUT_OFF, True),
        (RequestGoal(request="main", through=Way.NAT_GATEWAY), OVER_NAT, True),
        (RequestGoal(request="main", through=Way.NAT_GATEWAY), CUT_OFF, False),
        (RequestGoal(request="main", through=Way.GATEWAY_ENDPOINT), GATEWAY, True),
        (RequestGoal(request="main", through=Way.GATEWAY_ENDPOINT), OVER_NAT, False),
        (RequestGoal(request="main", stopped_by="NO_ROUTE_TO_DESTINATION"), CUT_OFF, True),
        (RequestGoal(request="main", stopped_by="SUBNET_ACL_RESTRICTION"), CUT_OFF, False),
        (RequestGoal(request="main", reaches=True, through=Way.INSIDE), OVER_NAT, False),
        (PresentGoal(present=Component.NAT_GATEWAY), OVER_NAT, True),
        (PresentGoal(present=Component.NAT_GATEWAY), GATEWAY, False),
        (AbsentGoal(absent=Component.NAT_GATEWAY), GATEWAY, True),
        (AbsentGoal(absent=Component.NAT_GATEWAY), OVER_NAT, False),
        (ChoiceFact(choice={"way_out": "nat"}), OVER_NAT, True),
        (ChoiceFact(choice={"way_out": "nat"}), GATEWAY, False),
    ],
)
def test_a_condition_holds_when_the_walk_and_the_network_say_so(condition, where, expected):
    assert holds(condition, where) is expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        # The NAT gateway translates the source; a gateway endpoint leaves S3 at its public address.
        (OVER_NAT, True),
        (GATEWAY, True),
        (INTERFACE, False),
        (state(Choices(destination="rds", way_out=WayOut.NONE)), False),
    ],
)
def test_a_public_address_is_one_at_either_end(where, expected):
    assert holds(RequestGoal(request="main", public_address=expected), where)
    assert not holds(RequestGoal(request="main", public_address=not expected), where)


@pytest.mark.parametrize(
    ("bound", "month", "expected"),
    [
        (Decimal(20), "19.99", True),
        (Decimal(20), "20.00", False),
        ("half", "14.99", True),
        ("half", "15.00", False),
    ],
)
def test_a_month_stays_below_a_sum_or_half_of_the_start(bound, month, expected):
    where = state(Choices(), month=month, start_month="30.00")

    assert holds(MonthGoal(month_below=bound), where) is expected


@pytest.mark.parametrize(
    ("component", "choices"),
    [
        (Component.NAT_GATEWAY, Choices(way_out=WayOut.NAT)),
        (Component.INTERNET_GATEWAY, Choices(way_out=WayOut.INTERNET_GATEWAY)),
        (Component.GATEWAY_ENDPOINT, Choices(way_out=WayOut.NONE, gateway_endpoint=True)),
        (Component.INTERFACE_ENDPOINT, Choices(way_out=WayOut.NONE, interface_endpoint=True)),
        (Component.PUBLIC_ADDRESS, Choices(way_out=WayOut.NONE, source=Source.EC2_PUBLIC)),
        (Component.PUBLIC_ADDRESS, Choices(way_out=WayOut.NAT)),
        (Component.PEERING_CONNECTION, Choices(way_out=WayOut.NONE, source=Source.PEERED_VPC)),
        (Component.TRANSIT_GATEWAY, Choices(way_out=WayOut.NONE, source=Source.SPOKE_VPC)),
        (Component.VIRTUAL_PRIVATE_GATEWAY, Choices(way_out=WayOut.NONE, source=Source.ONPREM_VPN)),
        (Component.DIRECT_CONNECT, Choices(way_out=WayOut.NONE, source=Source.ONPREM_DX)),
    ],
)
def test_a_component_is_there_when_the_network_has_one(component, choices):
    assert is_there(component, build(choices))
    assert not is_there(component, build(Choices(way_out=WayOut.NONE)))


def test_resolver_endpoints_and_hosted_zones_are_components():
    hub = next(preset for preset in load_presets() if preset.id == "hub-behind-transit-gateway")
    site = next(preset for preset in load_presets() if preset.id == "on-premises-to-endpoint")

    assert is_there(Component.HOSTED_ZONE, build(hub.choices))
    assert is_there(Component.RESOLVER_ENDPOINT, build(site.choices))


def test_what_a_hint_names_is_held_against_the_start():
    hint = LAB.plan.hint_facts["way"]

    assert holds(hint, state_of(LAB, start_of(LAB)))
    assert not holds(hint, state_of(LAB, after(ENDPOINT)))


# --- counting ------------------------------------------------------------------------------------------


def test_moves_count_from_the_start_and_what_was_undone_does_not():
    there_and_back = after(ENDPOINT, NO_NAT, ChoiceMove(choice="way_out", text="nat"))

    assert [moves_between(LAB, start_of(LAB), setup) for setup in replay(LAB)] == [0, 1, 2]
    assert moves_between(LAB, start_of(LAB), there_and_back) == 1


def test_each_member_of_a_choice_of_several_is_a_move():
    neither = after(ENDPOINT, ChoiceMove(choice="gateway_tables", text="edge+app-d"))

    assert moves_between(LAB, start_of(LAB), neither) == 3


def test_a_choice_without_effect_is_no_move_and_one_that_gains_effect_was_not_made():
    undone = after(
        ENDPOINT,
        ChoiceMove(choice="endpoint_policy", text="deny-only"),
        ChoiceMove(choice="gateway_endpoint", text="no"),
    )
    hidden = small_lab.lab(('choices: {zones: "2"}', 'choices: {zones: "2", endpoint_policy: one-resource}'))

    assert moves_between(LAB, start_of(LAB), undone) == 0
    assert moves_between(hidden, start_of(hidden), after(ENDPOINT, lab=hidden)) == 1


def test_named_moves_and_edits_by_hand_count():
    by_hand = Setup(
        start="s3-over-nat",
        choices=start_of(LAB).choices,
        edits=(*after(CLOSE_MORE).edits, *after(CLOSE).edits),
    )

    assert moves_between(LAB, start_of(LAB), after(CLOSE, ENDPOINT)) == 2
    assert moves_between(LAB, start_of(LAB), by_hand) == 2
    assert moves_between(LAB, after(CLOSE), after(CLOSE_MORE)) == 2


def test_a_change_that_the_lab_does_not_allow_counts_too():
    asked = ChoiceMove(choice="interface_endpoint", text="yes")

    assert moves_between(LAB, start_of(LAB), after(ENDPOINT, asked)) == 2
    assert after(asked).choices.asked_name is AskedName.USUAL


@pytest.mark.parametrize(
    ("par", "moves", "hints_used", "expected"),
    [
        ("par: {moves: 2, month: 0}", (), 0, 0),
        ("par: {moves: 2, month: 0}", (ENDPOINT, NO_NAT), 0, 3),
        ("par: {moves: 2, month: 0}", (ENDPOINT, NO_NAT), 3, 3),
        ("par: {moves: 2, month: 0}", (ENDPOINT, NO_NAT, ONE_TABLE), 0, 2),
        ("par: {moves: 2}", (ENDPOINT, NO_NAT), 0, 3),
        ("par: {moves: 2}", (ENDPOINT, NO_NAT), 1, 2),
        ("par: {moves: 2}", (ENDPOINT, NO_NAT, ONE_TABLE), 1, 1),
        ("par: {moves: 4, month: 1}", (ENDPOINT, NO_NAT, *UNUSED), 0, 2),
    ],
)
def test_stars_are_for_solving_for_few_moves_and_for_a_cheap_month_or_no_hint(
    par, moves, hints_used, expected
):
    lab = small_lab.lab(("par: {moves: 2, month: 0}", par))

    assert stars(lab, after(*moves, lab=lab), hints_used) == expected


def test_without_par_only_solving_and_hints_count():
    lab = small_lab.lab(("par: {moves: 2, month: 0}\n", ""))

    assert stars(lab, replay(lab)[-1], 0) == 3
    assert stars(lab, replay(lab)[-1], 1) == 2


def test_the_start_has_the_edits_of_the_lab_under_every_move():
    lab = small_lab.lab(
        ("traffic_gb: 100\n", f"traffic_gb: 100\nedits:\n{small_lab.CLOSE.replace('10.9', '10.7')}")
    )
    (edit,) = lab.edits

    moved = after(CLOSE, ENDPOINT, lab=lab)

    assert start_of(lab).edits == (edit,)
    assert moved.edits[0] == edit
    assert made_of(lab, moved) == (("close",), ())
    assert Table.APP_A in moved.choices.gateway_tables
