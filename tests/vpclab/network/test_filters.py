import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import designs
from tests.designs import EVERYWHERE, MAIN_CIDR, acl, changed, egress, entry, group, ingress, ip, port_range
from vpclab.network import Design, walk
from vpclab.network.filter_rules import AclAction, NetworkAclEntry, SecurityGroup, SecurityGroupRule
from vpclab.network.filters import AclDecision, GroupDecision, Peer
from vpclab.network.vocabulary import Reason

CALLER = Peer(address=ip("10.0.10.20"), groups=("sg-app",), vpc_id="vpc-main", groups_seen=True)


def asked(
    *groups: SecurityGroup, peer: Peer = CALLER, outward: bool = False, **more: object
) -> GroupDecision:
    """What the groups of one interface say to a peer, TCP 443 unless told otherwise."""
    design = Design(
        region=designs.REGION,
        security_groups=groups,
        prefix_lists=(designs.prefix_list("pl-own", "own", "10.0.10.0/24"),),
    )
    return GroupDecision(
        design=design,
        group_ids=tuple(one.group_id for one in groups),
        vpc_id="vpc-main",
        egress=outward,
        peer=peer,
        **{"protocol": "tcp", "port": 443, **more},
    )


# --- security groups ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        ingress(MAIN_CIDR),
        ingress("10.0.10.20/32", (400, 500)),
        ingress(MAIN_CIDR, None),
        ingress(EVERYWHERE, None, "-1"),
        ingress(EVERYWHERE, 22, "-1"),
        ingress("pl-own"),
        ingress("sg-app"),
    ],
    ids=lambda rule: f"{rule.protocol} {rule.ports} {rule.cidr or rule.prefix_list_id or rule.group_id}",
)
def test_one_fitting_rule_is_enough(rule: SecurityGroupRule):
    decision = asked(group("sg-endpoints", inward=(ingress("192.168.0.0/16"), rule)))

    assert decision.reason is None
    assert decision.facts["rule"] == "sg-endpoints#2"


@pytest.mark.parametrize(
    ("rule", "loss"),
    [
        (ingress(MAIN_CIDR, None, "udp"), "OTHER_PROTOCOL"),
        (ingress(MAIN_CIDR, 80), "OTHER_PORT"),
        (ingress("192.168.0.0/16"), "OTHER_PEER"),
        (ingress("sg-other"), "OTHER_PEER"),
    ],
)
def test_a_rule_that_does_not_fit_says_why(rule: SecurityGroupRule, loss: str):
    decision = asked(group("sg-endpoints", inward=(rule,)))

    assert decision.reason is Reason.ENI_SG_RULES_MISMATCH
    assert [candidate.lost_because for candidate in decision.candidates()] == [loss]


def test_a_prefix_list_without_the_address_is_another_peer():
    stranger = dataclasses.replace(CALLER, address=ip("10.0.99.1"))

    decision = asked(group("sg-endpoints", inward=(ingress("pl-own"),)), peer=stranger)

    assert [candidate.lost_because for candidate in decision.candidates()] == ["OTHER_PEER"]


def test_a_group_counts_only_where_the_way_hands_groups_on():
    hidden = dataclasses.replace(CALLER, groups_seen=False)

    decision = asked(group("sg-endpoints", inward=(ingress("sg-app"),)), peer=hidden)

    assert decision.reason is Reason.ENI_SG_RULES_MISMATCH
    assert [candidate.lost_because for candidate in decision.candidates()] == ["GROUP_NOT_SEEN_ON_THIS_WAY"]


def test_all_groups_of_the_interface_count_together():
    decision = asked(group("sg-one"), group("sg-two", inward=(ingress(MAIN_CIDR),)))

    assert decision.facts["rule"] == "sg-two#1"


def test_groups_without_any_rule_have_a_reason_of_their_own():
    assert asked(group("sg-one"), group("sg-two")).reason is Reason.SG_HAS_NO_RULES


def test_one_rule_in_any_of_the_groups_is_a_mismatch_instead():
    decision = asked(group("sg-one"), group("sg-two", inward=(ingress("192.168.0.0/16"),)))

    assert decision.reason is Reason.ENI_SG_RULES_MISMATCH


def test_egress_asks_the_rules_of_the_other_direction():
    decision = asked(group("sg-app", inward=(ingress(EVERYWHERE),), outward=()), outward=True)

    assert decision.reason is Reason.SG_HAS_NO_RULES
    assert decision.facts["direction"] == "egress"


def test_a_second_rule_that_admits_as_well_is_not_asked():
    decision = asked(group("sg-endpoints", inward=(ingress(MAIN_CIDR), ingress(EVERYWHERE))))

    assert [candidate.lost_because for candidate in decision.candidates()] == [None, "NOT_ASKED"]


def test_icmp_has_no_ports():
    decision = asked(group("sg-endpoints", inward=(ingress(MAIN_CIDR, 8, "icmp"),)), protocol="icmp", port=0)

    assert decision.reason is None


def test_the_facts_tell_what_was_asked():
    decision = asked(group("sg-endpoints", inward=(ingress("sg-app"),)))

    assert decision.facts == {
        "groups": ["sg-endpoints"],
        "direction": "ingress",
        "protocol": "tcp",
        "port": 443,
        "peer": "10.0.10.20",
        "rule": "sg-endpoints#1",
    }
    assert decision.candidates()[0].facts == {"protocol": "tcp", "ports": [443, 443], "peer": "sg-app"}


def test_the_default_group_lets_everything_out():
    assert asked(outward=True).facts["rule"] == "default"


def test_the_default_group_admits_its_own_members():
    assert asked(peer=dataclasses.replace(CALLER, groups=())).reason is None


@pytest.mark.parametrize(
    "stranger",
    [
        CALLER,
        dataclasses.replace(CALLER, groups=(), vpc_id="vpc-other"),
        dataclasses.replace(CALLER, groups=(), vpc_id=None, groups_seen=False),
    ],
    ids=["with a group of its own", "in another VPC", "on premises"],
)
def test_the_default_group_admits_nobody_else(stranger: Peer):
    assert asked(peer=stranger).reason is Reason.ENI_SG_RULES_MISMATCH


# --- network ACLs ------------------------------------------------------------------------------------


def acl_says(*entries: NetworkAclEntry, ports: int | tuple[int, int] = 443, **more: object) -> AclDecision:
    asked_ports = port_range(ports)
    assert asked_ports is not None
    return AclDecision(
        acl=acl("acl-test", "subnet-app", *entries),
        subnet_id="subnet-app",
        ports=asked_ports,
        peer=ip("10.0.20.31"),
        **{"egress": True, "protocol": "tcp", **more},
    )


def losses(decision: AclDecision) -> dict[str, str | None]:
    return {candidate.label: candidate.lost_because for candidate in decision.candidates()}


def test_the_lowest_number_that_matches_decides():
    decision = acl_says(entry(200, "allow", "out"), entry(100, "deny", "out"))

    assert not decision.passed
    assert (decision.facts["rule"], decision.facts["action"]) == ("100", "deny")
    assert losses(decision) == {"100": None, "200": "NOT_ASKED", "*": "NOT_ASKED"}


def test_without_a_matching_entry_the_last_word_is_deny():
    decision = acl_says(entry(100, "allow", "out", "192.168.0.0/16"))

    assert not decision.passed
    assert decision.facts["rule"] == "*"
    assert losses(decision) == {"100": "OTHER_PEER", "*": None}


def test_an_entry_for_everything_admits_in_its_direction_only():
    assert acl_says(entry(100, "allow", "out", protocol="-1")).passed
    assert not acl_says(entry(100, "allow", "in", protocol="-1")).passed


@pytest.mark.parametrize(
    ("other", "loss"),
    [
        (entry(100, "deny", "out", protocol="udp"), "OTHER_PROTOCOL"),
        (entry(100, "deny", "out", ports=80), "OTHER_PORT"),
        (entry(100, "deny", "out", "192.168.0.0/16"), "OTHER_PEER"),
    ],
)
def test_an_entry_that_does_not_match_is_passed_over(other: NetworkAclEntry, loss: str):
    decision = acl_says(other, entry(200, "allow", "out"))

    assert decision.passed
    assert losses(decision) == {"100": loss, "200": None, "*": "NOT_ASKED"}


def test_of_a_range_every_port_must_be_admitted():
    assert not acl_says(entry(100, "allow", "out", ports=(32768, 40000)), ports=(32768, 60999)).passed


def test_several_entries_may_admit_a_range_together():
    decision = acl_says(
        entry(100, "allow", "out", ports=(1024, 40000)),
        entry(200, "allow", "out", ports=(1024, 30000)),
        entry(300, "allow", "out", ports=(40001, 65535)),
        ports=(32768, 60999),
    )

    assert decision.passed
    assert losses(decision) == {
        "100": "ADMITS_PART_OF_PORTS",
        "200": "OTHER_PORT",
        "300": None,
        "*": "NOT_ASKED",
    }


def test_a_deny_in_the_middle_of_the_range_stops_it():
    decision = acl_says(
        entry(100, "deny", "out", ports=50000), entry(200, "allow", "out"), ports=(32768, 60999)
    )

    assert decision.facts["rule"] == "100"


def test_a_deny_for_ports_that_are_admitted_already_is_not_asked():
    decision = acl_says(
        entry(100, "allow", "out", ports=(32768, 50000)),
        entry(200, "deny", "out", ports=(40000, 45000)),
        entry(300, "allow", "out", ports=(50001, 60999)),
        ports=(32768, 60999),
    )

    assert decision.passed
    assert losses(decision)["200"] == "NOT_ASKED"


def test_an_entry_for_all_protocols_means_all_ports_whatever_it_says_of_them():
    assert acl_says(entry(100, "allow", "out", ports=22, protocol="-1")).passed


def test_the_facts_tell_subnet_direction_and_ports():
    assert acl_says(entry(100, "allow", "out")).facts == {
        "acl": "acl-test",
        "subnet": "subnet-app",
        "egress": True,
        "protocol": "tcp",
        "ports": [443, 443],
        "peer": "10.0.20.31",
        "rule": "100",
        "action": "allow",
    }


SMALL_PORTS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: (min(pair), max(pair)))
ENTRIES = st.lists(
    st.builds(
        entry,
        st.integers(1, 9),
        st.sampled_from([str(action) for action in AclAction]),
        st.sampled_from(["in", "out"]),
        st.sampled_from([EVERYWHERE, "10.0.20.0/24", "192.168.0.0/16"]),
        st.one_of(st.none(), SMALL_PORTS),
        st.sampled_from(["tcp", "udp", "-1"]),
    ),
    max_size=8,
    unique_by=lambda one: (one.rule_number, one.egress),
)


def admits_port(entries: list[NetworkAclEntry], port: int, *, outward: bool) -> bool:
    """What a packet to one port meets, entry by entry."""
    for one in sorted((e for e in entries if e.egress is outward), key=lambda e: e.rule_number):
        fits_port = one.protocol == "-1" or one.ports is None or one.ports.covers(port)
        if one.protocol in ("tcp", "-1") and ip("10.0.20.31") in one.cidr and fits_port:
            return one.action is AclAction.ALLOW
    return False


@given(ENTRIES, SMALL_PORTS, st.booleans())
def test_an_acl_agrees_with_asking_it_port_by_port(
    entries: list[NetworkAclEntry], ports: tuple[int, int], outward: bool
):
    decision = acl_says(*entries, ports=ports, egress=outward)

    expected = all(admits_port(entries, port, outward=outward) for port in range(ports[0], ports[1] + 1))
    assert decision.passed is expected


@given(ENTRIES, SMALL_PORTS)
def test_exactly_one_entry_decides(entries: list[NetworkAclEntry], ports: tuple[int, int]):
    candidates = acl_says(*entries, ports=ports).candidates()

    assert sum(candidate.won for candidate in candidates) == 1
    assert [candidate.label for candidate in candidates if candidate.won] == [
        acl_says(*entries, ports=ports).facts["rule"]
    ]


# --- in a walk ---------------------------------------------------------------------------------------


def test_a_rule_may_name_the_group_of_the_endpoint():
    named = changed(designs.interface_endpoint(), "sg-app", egress=(egress("sg-endpoints"),))

    assert walk(named, designs.send_message()).reachable


def test_a_rule_may_name_the_group_of_an_endpoint_across_peering():
    named = changed(designs.peered_hub(), "sg-app", egress=(egress("sg-endpoints"),))

    assert walk(named, designs.send_message(source="i-spoke")).reachable


def test_a_rule_for_the_vpcs_range_does_not_cover_s3():
    narrow = changed(designs.s3_gateway(), "sg-app", egress=(egress(MAIN_CIDR),))

    assert walk(narrow, designs.get_object()).told.reason == "ENI_SG_RULES_MISMATCH"


def test_inside_one_subnet_neither_acl_nor_route_table_is_asked():
    beside = changed(
        designs.interface_endpoint(network_acls=(acl("acl-shut", "subnet-app"),)),
        "vpce-sqs",
        network_interfaces=(designs.network_interface("subnet-app", "10.0.10.31"),),
    )

    journey = walk(beside, designs.send_message())

    assert journey.told.path_words == ("instance", "interface-endpoint", "sqs")
    assert journey.told.route_chosen is None
    assert not any("acl" in hop.kind or "table" in hop.kind for hop in journey.hops)
