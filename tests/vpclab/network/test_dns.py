"""Who is asked for a name, and what becomes of the question."""

import dataclasses

import pytest

from tests import designs
from tests.designs import (
    ENDPOINT_IP,
    INBOUND_IP,
    MAIN_CIDR,
    SQS_ADDRESS,
    SQS_NAME,
    changed,
    forward,
    ip,
    plus,
    send_message,
    vpc,
)
from vpclab.network import Design, Request
from vpclab.network.dns import Resolution, resolve
from vpclab.network.name_servers import DnsServer, ForwardRule, ResolverDirection, ResolverEndpoint

OWN_IP, SECOND_IP = "10.0.10.53", "10.0.10.54"


def ask(design: Design, request: Request | None = None) -> Resolution:
    request = request or send_message()
    return resolve(design, request.calls[0], design.workload[request.source])


def servers_asked(found: Resolution) -> list[str]:
    return [hop.at for hop in found.hops]


def with_own_dns(
    *forwards: ForwardRule, location: str = "vpc-main", second: tuple[ForwardRule, ...] = ()
) -> Design:
    """A VPC whose DHCP options name a DNS server of our own; a second one stands behind it."""
    own = vpc(domain_name_servers=(OWN_IP,))
    servers = (
        DnsServer(ip=ip(OWN_IP), location=location, forwards=forwards),
        DnsServer(ip=ip(SECOND_IP), location=location, forwards=second),
    )
    return designs.interface_endpoint(vpcs=(own,), dns_servers=servers)


# --- who is asked ------------------------------------------------------------------------------------


def test_an_instance_asks_the_resolver_of_its_vpc():
    found = ask(designs.interface_endpoint())

    assert servers_asked(found) == ["vpc-resolver"]
    assert (str(found.address), found.resolves_to, found.asked_vpc) == (ENDPOINT_IP, "endpoint", "vpc-main")
    assert not found.own_dns
    assert found.notes == ()


@pytest.mark.parametrize("server", ["AmazonProvidedDNS", "10.0.0.2", "169.254.169.253"])
def test_the_resolver_of_the_vpc_has_three_names(server: str):
    found = ask(designs.interface_endpoint(vpcs=(vpc(domain_name_servers=(server, "8.8.8.8")),)))

    assert servers_asked(found) == ["vpc-resolver"]


def test_without_dhcp_options_the_resolver_of_the_vpc_is_asked():
    found = ask(designs.interface_endpoint(vpcs=(vpc(domain_name_servers=()),)))

    assert servers_asked(found) == ["vpc-resolver"]


def test_a_function_outside_vpcs_asks_public_dns():
    found = ask(designs.function_outside_vpcs(), send_message(source="fn-orders"))

    assert servers_asked(found) == ["public-dns"]
    assert (str(found.address), found.resolves_to) == (SQS_ADDRESS, "public")
    assert found.hops[0].facts["source"] == "public-dns"
    assert found.notes == ()


def test_a_host_on_premises_asks_the_dns_of_the_site_which_asks_the_inbound_endpoint():
    found = ask(designs.over_vpn(), send_message(source="host-batch"))

    assert servers_asked(found) == ["on-premises-dns", "rslvr-in-main"]
    assert found.hops[0].facts["forwarded_to"] == INBOUND_IP
    assert found.hops[1].facts["asked"] == "inbound-endpoint"
    assert (str(found.address), found.own_dns) == (ENDPOINT_IP, True)
    assert found.notes == ("DNS_SERVER_ASSUMED_REACHABLE",)


def test_a_host_without_a_site_asks_a_dns_that_forwards_nothing():
    found = ask(designs.over_vpn(on_premises=None), send_message(source="host-batch"))

    assert servers_asked(found) == ["on-premises-dns", "public-dns"]


def test_an_own_server_that_forwards_nothing_gives_the_public_address():
    found = ask(with_own_dns())

    assert servers_asked(found) == [OWN_IP, "public-dns"]
    assert (str(found.address), found.own_dns, found.asked_vpc) == (SQS_ADDRESS, True, None)
    assert found.notes == ("DNS_SERVER_ASSUMED_REACHABLE",)


@pytest.mark.parametrize("resolver", ["10.0.0.2", "169.254.169.253", "AmazonProvidedDNS"])
def test_an_own_server_in_the_vpc_may_forward_to_the_resolver_of_the_vpc(resolver: str):
    found = ask(with_own_dns(*forward("amazonaws.com", resolver)))

    assert servers_asked(found) == [OWN_IP, "vpc-resolver"]
    assert str(found.address) == ENDPOINT_IP


def test_names_outside_the_forwarded_domain_go_to_public_dns():
    found = ask(with_own_dns(*forward("corp.example.com", "10.0.0.2")))

    assert servers_asked(found) == [OWN_IP, "public-dns"]


def test_the_longest_forwarded_domain_decides():
    found = ask(
        with_own_dns(
            *forward("amazonaws.com", SECOND_IP), *forward("ap-northeast-1.amazonaws.com", "10.0.0.2")
        )
    )

    assert servers_asked(found) == [OWN_IP, "vpc-resolver"]


def test_everything_may_be_forwarded_with_the_root_domain():
    found = ask(with_own_dns(*forward(".", "10.0.0.2")))

    assert servers_asked(found) == [OWN_IP, "vpc-resolver"]


def test_a_chain_of_own_servers_is_followed():
    found = ask(
        with_own_dns(
            *forward("amazonaws.com", SECOND_IP), second=forward("amazonaws.com", "AmazonProvidedDNS")
        )
    )

    assert servers_asked(found) == [OWN_IP, SECOND_IP, "vpc-resolver"]


def test_servers_that_forward_to_each_other_never_answer():
    found = ask(with_own_dns(*forward("amazonaws.com", SECOND_IP), second=forward("amazonaws.com", OWN_IP)))

    assert servers_asked(found) == [OWN_IP, SECOND_IP, OWN_IP]
    assert (found.address, found.reason) == (None, "DNS_FORWARDING_LOOP")


@pytest.mark.parametrize("resolver", ["10.0.0.2", "169.254.169.253", "AmazonProvidedDNS"])
def test_the_resolver_of_a_vpc_does_not_answer_from_on_premises(resolver: str):
    site = designs.site(dns=forward("amazonaws.com", resolver))

    found = ask(designs.over_vpn(on_premises=site), send_message(source="host-batch"))

    assert (found.address, found.reason) == (None, "DNS_RESOLVER_NOT_REACHABLE")
    assert servers_asked(found) == ["on-premises-dns", resolver]


def test_the_resolver_of_another_vpc_does_not_answer():
    hub = designs.peered_hub(
        vpcs=(vpc("vpc-spoke", domain_name_servers=("10.9.0.2",)), vpc("vpc-hub", designs.HUB_CIDR))
    )

    assert ask(hub, send_message(source="i-spoke")).reason == "DNS_RESOLVER_NOT_REACHABLE"


def test_an_address_that_the_design_does_not_know_is_taken_for_public_dns():
    found = ask(designs.interface_endpoint(vpcs=(vpc(domain_name_servers=("8.8.8.8",)),)))

    assert servers_asked(found) == ["public-dns"]
    assert found.own_dns
    assert found.notes == ("DNS_SERVER_ASSUMED_REACHABLE",)


def test_an_inbound_endpoint_of_another_vpc_answers_for_that_vpc():
    asks_hub = designs.over_vpn(
        vpcs=(vpc(), vpc("vpc-other", "10.7.0.0/16", domain_name_servers=(INBOUND_IP,))),
    )
    asks_hub = plus(asks_hub, "subnets", designs.subnet("subnet-other", "10.7.1.0/24", "vpc-other"))
    asks_hub = plus(asks_hub, "workloads", designs.instance("i-other", "subnet-other", "10.7.1.9"))

    found = ask(asks_hub, send_message(source="i-other"))

    assert (found.asked_vpc, str(found.address)) == ("vpc-main", ENDPOINT_IP)


# --- what the answer is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (ENDPOINT_IP, "endpoint"),
        ("10.0.99.9", "private"),
        ("192.168.1.1", "private"),
        (SQS_ADDRESS, "public"),
        (None, None),
    ],
)
def test_an_answer_of_public_dns_is_told_by_its_kind(answer: str | None, kind: str | None):
    off = changed(designs.interface_endpoint(), "vpce-sqs", private_dns_enabled=False)

    assert ask(off, send_message(answer=answer)).resolves_to == kind


def test_a_vpc_may_use_addresses_that_look_public():
    odd = designs.interface_endpoint(vpcs=(vpc(cidr="198.18.0.0/16"),), vpc_endpoints=())

    assert ask(odd, send_message(answer="198.18.3.4")).resolves_to == "private"


def test_host_names_are_compared_without_case_and_final_dot():
    assert (
        str(ask(designs.interface_endpoint(), send_message(host=SQS_NAME.upper() + ".")).address)
        == ENDPOINT_IP
    )


def test_outbound_rules_are_noted_as_not_modelled():
    outbound = ResolverEndpoint(
        resolver_endpoint_id="rslvr-out",
        direction=ResolverDirection.OUTBOUND,
        vpc_id="vpc-main",
        subnet_id="subnet-app",
        ip=ip("10.0.10.77"),
    )

    found = ask(designs.interface_endpoint(resolver_endpoints=(outbound,)))

    assert found.notes == ("RESOLVER_RULES_NOT_MODELLED",)
    assert str(found.address) == ENDPOINT_IP


def test_outbound_rules_of_another_vpc_are_not_noted():
    hub = designs.peered_hub(
        resolver_endpoints=(
            ResolverEndpoint(
                resolver_endpoint_id="rslvr-out",
                direction=ResolverDirection.OUTBOUND,
                vpc_id="vpc-hub",
                subnet_id="subnet-hub",
                ip=ip("10.9.20.77"),
            ),
        )
    )

    assert ask(hub, send_message(source="i-spoke")).notes == ()


def test_every_hop_of_a_question_has_the_same_facts():
    found = ask(designs.over_vpn(), send_message(source="host-batch"))
    keys = {
        "host",
        "server",
        "asked",
        "vpc",
        "source",
        "answer",
        "endpoint",
        "zone",
        "forwarded_to",
        "resolves_to",
    }

    assert [set(hop.facts) - {"candidates"} for hop in found.hops] == [keys, keys]


def test_a_dns_server_that_is_off_the_site_looks_from_its_own_vpc():
    here = with_own_dns(*forward("amazonaws.com", "AmazonProvidedDNS"))
    there = dataclasses.replace(
        here,
        dns_servers=tuple(dataclasses.replace(server, location="on-premises") for server in here.dns_servers),
    )

    assert ask(here).reason is None
    assert ask(there).reason == "DNS_RESOLVER_NOT_REACHABLE"


def test_a_vpc_as_small_as_can_be_has_no_resolver_address_of_its_own():
    tiny = designs.interface_endpoint(vpcs=(vpc(cidr="10.0.0.0/31"),))

    assert not tiny.is_own_resolver("10.0.0.2", "vpc-main")
    assert tiny.vpc_of_resolver == {}


def test_the_range_of_the_vpc_gives_the_address_of_its_resolver():
    assert designs.interface_endpoint().vpc_of_resolver == {ip("10.0.0.2"): ("vpc-main",)}
    assert designs.net(MAIN_CIDR).network_address + 2 == ip("10.0.0.2")
