"""What the resolver of a VPC answers, and why the other answers lost."""

from typing import Any

import pytest

from tests import designs
from tests.designs import (
    ENDPOINT_IP,
    REGION,
    SQS_ADDRESS,
    SQS_NAME,
    ZONE_C,
    changed,
    interface,
    ip,
    network_interface,
    plus,
    subnet,
    vpc,
    zone,
)
from vpclab.network import Design
from vpclab.network.dns_answers import Answer, ResolverDecision, answer_in_vpc
from vpclab.network.endpoints import DnsOptions, EndpointState
from vpclab.network.name_servers import HostedZone, ZoneRecord

S3_INTERFACE_IP = "10.0.20.40"
INBOUND_ONLY = DnsOptions(private_dns_only_for_inbound_resolver_endpoint=True)


def answer(
    design: Design,
    host: str = SQS_NAME,
    *,
    caller_zone: str | None = designs.ZONE_A,
    inbound: bool = False,
    public: str | None = SQS_ADDRESS,
    vpc_id: str = "vpc-main",
) -> Answer:
    return answer_in_vpc(design, vpc_id, host, caller_zone, inbound, ip(public) if public else None)


def losses(
    design: Design,
    host: str = SQS_NAME,
    *,
    inbound: bool = False,
    vpc_id: str = "vpc-main",
    public: str | None = SQS_ADDRESS,
) -> dict[str, str | None]:
    """Every answer that was considered, by where it would come from."""
    public_answer = ip(public) if public else None
    decision = ResolverDecision(
        design=design,
        vpc_id=vpc_id,
        host=host,
        inbound=inbound,
        server="vpc-resolver",
        public_answer=public_answer,
        answer=answer(design, host, inbound=inbound, public=public, vpc_id=vpc_id),
        resolves_to=None,
    )
    return {candidate.of: candidate.lost_because for candidate in decision.candidates()}


def endpoint_and_zone(zone_name: str = SQS_NAME, target: str | None = "192.168.1.1", **more: Any) -> Design:
    return designs.interface_endpoint(hosted_zones=(zone(zone_name, target, "vpc-main", **more),))


def s3_interface(**more: Any) -> Design:
    """A VPC with an interface endpoint for S3."""
    made = interface(
        "vpce-s3-interface",
        designs.S3,
        network_interfaces=(network_interface("subnet-endpoints", S3_INTERFACE_IP),),
        **more,
    )
    return designs.interface_endpoint(vpc_endpoints=(made,))


# --- private names of endpoints ----------------------------------------------------------------------


def test_a_private_name_gives_the_address_of_the_endpoint():
    found = answer(designs.interface_endpoint())

    assert (str(found.address), found.source) == (ENDPOINT_IP, "private-name")
    assert losses(designs.interface_endpoint()) == {"vpce-sqs": None, "public-dns": "NOT_ASKED"}


def test_private_dns_that_is_off_leaves_the_public_address():
    off = changed(designs.interface_endpoint(), "vpce-sqs", private_dns_enabled=False)

    assert str(answer(off).address) == SQS_ADDRESS
    assert losses(off) == {"vpce-sqs": "PRIVATE_DNS_IS_OFF", "public-dns": None}


@pytest.mark.parametrize("state", [state for state in EndpointState if state is not EndpointState.AVAILABLE])
def test_an_endpoint_that_is_not_available_has_no_private_name(state: EndpointState):
    pending = changed(designs.interface_endpoint(), "vpce-sqs", state=state)

    assert str(answer(pending).address) == SQS_ADDRESS
    assert losses(pending)["vpce-sqs"] == "ENDPOINT_NOT_AVAILABLE"


def test_an_endpoint_without_interface_has_no_private_name():
    bare = changed(designs.interface_endpoint(), "vpce-sqs", network_interfaces=())

    assert losses(bare) == {"vpce-sqs": "ENDPOINT_WITHOUT_INTERFACE", "public-dns": None}


@pytest.mark.parametrize(
    ("support", "hostnames", "address"),
    [(True, True, ENDPOINT_IP), (True, False, SQS_ADDRESS), (False, True, None), (False, False, None)],
)
def test_private_names_need_both_attributes_of_the_vpc(support: bool, hostnames: bool, address: str | None):
    design = designs.interface_endpoint(
        vpcs=(vpc(enable_dns_support=support, enable_dns_hostnames=hostnames),)
    )

    found = answer(design)

    assert (str(found.address) if found.address else None) == address


def test_the_candidates_tell_the_missing_attribute():
    design = designs.interface_endpoint(
        vpcs=(vpc(enable_dns_hostnames=False),), hosted_zones=(zone(SQS_NAME, "vpce-sqs", "vpc-main"),)
    )

    assert losses(design) == {
        "vpce-sqs": "VPC_DNS_ATTRIBUTES_OFF",
        SQS_NAME: "VPC_DNS_ATTRIBUTES_OFF",
        "public-dns": None,
    }


def test_a_resolver_that_is_off_asks_nobody():
    design = designs.interface_endpoint(
        vpcs=(vpc(enable_dns_support=False),), hosted_zones=(zone(SQS_NAME, "vpce-sqs", "vpc-main"),)
    )

    assert answer(design).reason == "DNS_RESOLVER_OFF"
    assert losses(design) == {
        "vpce-sqs": "RESOLVER_OFF",
        SQS_NAME: "RESOLVER_OFF",
        "public-dns": "NOT_ASKED",
    }


def test_private_names_are_seen_in_the_vpc_of_the_endpoint_only():
    hub = designs.peered_hub(hosted_zones=())
    hub = changed(hub, "vpce-sqs", private_dns_enabled=True)

    assert str(answer(hub, vpc_id="vpc-spoke").address) == SQS_ADDRESS
    assert losses(hub, vpc_id="vpc-spoke") == {"vpce-sqs": "ENDPOINT_IN_OTHER_VPC", "public-dns": None}
    assert losses(hub, vpc_id="vpc-hub") == {"vpce-sqs": None, "public-dns": "NOT_ASKED"}


@pytest.mark.parametrize(
    ("host", "is_private"),
    [
        (f"s3.{REGION}.amazonaws.com", True),
        (f"photos.s3.{REGION}.amazonaws.com", True),
        (f"my.photos.s3.{REGION}.amazonaws.com", True),
        (f"mine-111122223333.s3-accesspoint.{REGION}.amazonaws.com", True),
        (f"111122223333.s3-control.{REGION}.amazonaws.com", True),
        ("s3.amazonaws.com", False),
        ("photos.s3.amazonaws.com", False),
        (f"photos.s3.dualstack.{REGION}.amazonaws.com", False),
        (f"s3.dualstack.{REGION}.amazonaws.com", False),
        (f"photos.s3-website-{REGION}.amazonaws.com", False),
        (f"s3-{REGION}.amazonaws.com", False),
        ("photos.s3.us-west-2.amazonaws.com", False),
    ],
)
def test_private_names_of_s3(host: str, is_private: bool):
    assert (str(answer(s3_interface(), host).address) == S3_INTERFACE_IP) is is_private


def test_a_related_name_that_is_not_covered_is_told():
    design = changed(designs.interface_endpoint(), "vpce-sqs", private_dns_names=("*.orders.example.com",))

    assert losses(design, "orders.example.com") == {"vpce-sqs": "NAME_NOT_COVERED", "public-dns": None}


def test_private_names_may_be_given():
    given = changed(designs.interface_endpoint(), "vpce-sqs", private_dns_names=("Queue.Example.com.",))

    assert str(answer(given, "queue.example.com").address) == ENDPOINT_IP
    assert str(answer(given).address) == SQS_ADDRESS


def test_s3_for_inbound_endpoints_only_is_hidden_from_the_vpc():
    hidden = s3_interface(dns_options=INBOUND_ONLY)
    host = f"photos.s3.{REGION}.amazonaws.com"

    assert str(answer(hidden, host, inbound=False).address) == SQS_ADDRESS
    assert str(answer(hidden, host, inbound=True).address) == S3_INTERFACE_IP
    assert losses(hidden, host) == {"vpce-s3-interface": "INBOUND_RESOLVER_ONLY", "public-dns": None}
    assert losses(hidden, host, inbound=True)["vpce-s3-interface"] is None


def test_of_two_endpoints_with_one_name_the_first_answers():
    second = interface("vpce-two", network_interfaces=(network_interface("subnet-app", "10.0.10.44"),))
    both = plus(designs.interface_endpoint(), "vpc_endpoints", second)

    assert losses(both) == {"vpce-sqs": None, "vpce-two": "NOT_ASKED", "public-dns": "NOT_ASKED"}


# --- several interfaces ------------------------------------------------------------------------------


def two_interfaces() -> Design:
    there = subnet("subnet-endpoints-c", "10.0.21.0/24", zone=ZONE_C)
    both = (
        network_interface("subnet-endpoints", ENDPOINT_IP),
        network_interface("subnet-endpoints-c", "10.0.21.31"),
    )
    design = plus(designs.interface_endpoint(), "subnets", there)
    return changed(design, "vpce-sqs", network_interfaces=both)


@pytest.mark.parametrize(
    ("caller_zone", "address"),
    [
        (designs.ZONE_A, ENDPOINT_IP),
        (ZONE_C, "10.0.21.31"),
        (f"{REGION}d", ENDPOINT_IP),
        (None, ENDPOINT_IP),
    ],
)
def test_of_several_interfaces_the_one_in_the_callers_zone_is_followed(caller_zone: str | None, address: str):
    found = answer(two_interfaces(), caller_zone=caller_zone)

    assert (str(found.address), found.is_one_of_several) == (address, True)


def test_a_zone_record_for_the_endpoint_chooses_in_the_same_way():
    aliased = changed(two_interfaces(), "vpce-sqs", private_dns_enabled=False)
    aliased = plus(aliased, "hosted_zones", zone(SQS_NAME, "vpce-sqs", "vpc-main"))

    found = answer(aliased, caller_zone=ZONE_C)

    assert (str(found.address), found.source, found.is_one_of_several) == ("10.0.21.31", "hosted-zone", True)


# --- private hosted zones ----------------------------------------------------------------------------


def records(*pairs: tuple[str, str]) -> Design:
    zones = HostedZone(
        name="example.com",
        vpc_ids=("vpc-main",),
        records=tuple(ZoneRecord(name=name, target=target) for name, target in pairs),
    )
    return designs.interface_endpoint(hosted_zones=(zones,))


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("a.example.com", "192.168.0.1"),
        ("b.example.com", "192.168.0.2"),
        ("x.deep.example.com", "192.168.0.3"),
        ("y.x.deep.example.com", "192.168.0.3"),
        ("deep.example.com", "192.168.0.2"),
        ("example.com", None),
    ],
)
def test_the_exact_record_answers_else_the_closest_wildcard(host: str, address: str | None):
    design = records(
        ("*.example.com", "192.168.0.2"),
        ("A.example.com.", "192.168.0.1"),
        ("*.deep.example.com", "192.168.0.3"),
    )

    found = answer(design, host)

    assert (str(found.address) if found.address else None) == address


def test_a_zone_never_falls_back_to_public_dns():
    design = records(("example.com", "192.168.0.1"))

    found = answer(design, "www.example.com")

    assert (found.address, found.reason, found.zone) == (None, "DNS_NAME_NOT_FOUND", "example.com")
    assert losses(design, "www.example.com") == {
        "example.com": "ZONE_HAS_NO_RECORD",
        "public-dns": "NOT_ASKED",
    }


def test_the_longest_zone_name_answers_alone():
    design = plus(
        records(("www.eu.example.com", "192.168.0.1")),
        "hosted_zones",
        zone("eu.example.com", None, "vpc-main"),
    )

    assert answer(design, "www.eu.example.com").zone == "eu.example.com"
    assert losses(design, "www.eu.example.com") == {
        "example.com": "NOT_ASKED",
        "eu.example.com": "ZONE_HAS_NO_RECORD",
        "public-dns": "NOT_ASKED",
    }


def test_a_zone_of_another_vpc_is_not_seen():
    design = designs.peered_hub(hosted_zones=(zone(SQS_NAME, "vpce-sqs", "vpc-hub"),))

    assert str(answer(design, vpc_id="vpc-spoke").address) == SQS_ADDRESS
    assert losses(design, vpc_id="vpc-spoke")[SQS_NAME] == "ZONE_NOT_ASSOCIATED"


def test_the_private_name_of_an_endpoint_comes_before_a_zone_of_the_same_length():
    assert str(answer(endpoint_and_zone()).address) == ENDPOINT_IP
    assert losses(endpoint_and_zone()) == {"vpce-sqs": None, SQS_NAME: "NOT_ASKED", "public-dns": "NOT_ASKED"}


def test_the_private_name_of_an_endpoint_comes_before_a_shorter_zone():
    assert str(answer(endpoint_and_zone("amazonaws.com")).address) == ENDPOINT_IP


def test_a_zone_with_a_longer_name_comes_before_a_wildcard_of_an_endpoint():
    design = plus(
        s3_interface(), "hosted_zones", zone(f"photos.s3.{REGION}.amazonaws.com", "192.168.1.1", "vpc-main")
    )

    assert str(answer(design, f"photos.s3.{REGION}.amazonaws.com").address) == "192.168.1.1"
    assert losses(design, f"photos.s3.{REGION}.amazonaws.com")["vpce-s3-interface"] == "NOT_ASKED"


@pytest.mark.parametrize("target", ["vpce-gone", "vpce-bare"])
def test_an_alias_to_something_without_addresses_answers_nothing(target: str):
    bare = interface("vpce-bare", network_interfaces=())
    design = designs.interface_endpoint(
        vpc_endpoints=(bare,), hosted_zones=(zone(SQS_NAME, target, "vpc-main"),)
    )

    assert answer(design).reason == "DNS_NAME_NOT_FOUND"


# --- public DNS --------------------------------------------------------------------------------------


def test_public_dns_may_know_no_such_name():
    bare = designs.interface_endpoint(vpc_endpoints=())

    found = answer(bare, public=None)

    assert (found.address, found.reason) == (None, "DNS_NAME_NOT_FOUND")


def test_an_answer_that_public_dns_does_not_have_is_told_as_none():
    decision = ResolverDecision(
        design=designs.interface_endpoint(vpc_endpoints=()),
        vpc_id="vpc-main",
        host=SQS_NAME,
        inbound=False,
        server="vpc-resolver",
        public_answer=None,
        answer=Answer.from_public_dns(None),
        resolves_to=None,
    )

    assert decision.candidates()[-1].facts["answer"] is None


def test_the_facts_of_the_resolver():
    decision = ResolverDecision(
        design=designs.interface_endpoint(),
        vpc_id="vpc-main",
        host=SQS_NAME,
        inbound=False,
        server="vpc-resolver",
        public_answer=ip(SQS_ADDRESS),
        answer=answer(designs.interface_endpoint()),
        resolves_to=None,
    )

    assert decision.facts == {
        "host": SQS_NAME,
        "server": "vpc-resolver",
        "asked": "vpc-resolver",
        "vpc": "vpc-main",
        "source": "private-name",
        "answer": ENDPOINT_IP,
        "endpoint": "vpce-sqs",
        "zone": None,
        "forwarded_to": None,
        "resolves_to": None,
    }
