"""What type hints cannot say: routes by destination, rules, forwarders, workloads, limits."""

import re
from collections.abc import Mapping
from typing import Any

from vpclab.exchange.addresses import cidr, host_name, is_ipv6, parse_address, parse_cidr
from vpclab.exchange.endpoint_reader import vpc_endpoint
from vpclab.exchange.policy_reader import policy
from vpclab.exchange.reading import (
    INVALID,
    Notebook,
    Reader,
    any_text,
    choice,
    distinct,
    is_absent,
    list_of,
    mapping,
    port,
    reference_to,
    shown,
    text,
)
from vpclab.exchange.records import Key, fill, keys_of, record_of
from vpclab.network.connections import TransitGateway
from vpclab.network.endpoints import VpcEndpoint
from vpclab.network.filter_rules import NetworkAclEntry, PortRange, SecurityGroupRule
from vpclab.network.name_servers import AMAZON_PROVIDED_DNS, ForwardRule
from vpclab.network.policy_document import PolicyDocument
from vpclab.network.resources import BlockPublicAccessExclusion, CidrRoute, PrefixListRoute, Route, Workload

PROTOCOLS = ("tcp", "udp", "icmp", "-1")
EVERYTHING_TO_PUBLIC_DNS = ("public", "everything to public DNS")
ON_PREMISES = "on-premises"
# AWS: "Amazon VPC quotas", https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
# The first two are AWS's highest; a network ACL has at most 40 rules in each direction.
MAX_GROUPS = 16
MAX_RULES = 1_000
MAX_ENTRIES = 200
_FORWARD = re.compile(r"forward\s+(\S+)\s+to\s+(\S+)")


def protocol(notebook: Notebook, value: Any) -> Any:
    """A protocol of a rule; `-1` is all of them."""
    # YAML and `aws ec2 describe-*` in a hurry write -1 without quotes; no other reading is possible.
    return "-1" if type(value) is int and value == -1 else choice(notebook, value, PROTOCOLS)


def ports(notebook: Notebook, value: Any) -> Any:
    """`[from, to]`, both included."""
    if not isinstance(value, list) or len(value) != 2:
        return notebook.tell("ports_not_a_pair", value=shown(value))
    first, last = notebook.at(0, port, value[0]), notebook.at(1, port, value[1])
    if first is INVALID or last is INVALID:
        return INVALID
    if first > last:
        return notebook.tell("ports_reversed", first=first, last=last)
    return PortRange(first=first, last=last)


def account(notebook: Notebook, value: Any) -> Any:
    """An account number; as text, for a number would lose its leading zeros."""
    if type(value) is int:
        return notebook.tell("account_needs_quotes", value=f"{value:012d}")
    given = text(notebook, value)
    if given is INVALID or re.fullmatch("[0-9]{12}", given):
        return given
    return notebook.tell("not_an_account", value=shown(given))


def name_server(notebook: Notebook, value: Any) -> Any:
    """`AmazonProvidedDNS`, or the address of a server of your own."""
    given = text(notebook, value)
    if given is INVALID or given == AMAZON_PROVIDED_DNS or parse_address(given):
        return given
    return notebook.tell("ipv4_only" if is_ipv6(given) else "not_a_name_server", value=shown(given))


def forwards(notebook: Notebook, value: Any) -> Any:
    """The grammar of `Dns` and `Forwards`: nothing is forwarded, or `forward <domain> to <ip>; ...`."""
    given = text(notebook, value)
    if given is INVALID:
        return INVALID
    if " ".join(given.split()) in EVERYTHING_TO_PUBLIC_DNS:
        return ()
    rules = []
    for part in given.split(";"):
        match = _FORWARD.fullmatch(part.strip())
        if match is None:
            return notebook.tell("not_a_forward", value=shown(part.strip()))
        domain, server = match.groups()
        if parse_address(server) is None and server != AMAZON_PROVIDED_DNS:
            return notebook.tell("ipv4_only" if is_ipv6(server) else "not_a_name_server", value=shown(server))
        if host_name(notebook, domain) is INVALID:
            return INVALID
        rules.append(ForwardRule(domain=domain, to=server))
    return tuple(rules)


def location(notebook: Notebook, value: Any) -> Any:
    """Where a DNS server stands: `on-premises`, or a VPC."""
    return value if value == ON_PREMISES else reference_to("vpcs")(notebook, value)


def record_target(notebook: Notebook, value: Any) -> Any:
    """An endpoint of the design (an alias), or an address."""
    given = text(notebook, value)
    if given is INVALID or given in notebook.ids.get("vpc_endpoints", {}) or parse_address(given):
        return given
    if is_ipv6(given):
        return notebook.tell("ipv4_only", value=shown(given))
    return reference_to("vpc_endpoints")(notebook, given)


def route(notebook: Notebook, value: Any) -> Any:
    """One line of a route table; its destination decides the kind. The target may be gone: a blackhole."""
    keys = _route_keys()
    given = mapping(notebook, value, keys)
    values = None if given is None else fill(notebook, given, keys)
    if values is None:
        return INVALID
    destination = values["destination"]
    if isinstance(destination, str):
        return PrefixListRoute(destination_prefix_list_id=values.pop("destination"), **values)
    return CidrRoute(**values)


def _route_keys() -> Mapping[str, Key]:
    keys = dict(keys_of(CidrRoute))
    keys["Destination"] = Key(key="Destination", field="destination", read=_destination, required=True)
    return keys


def _destination(notebook: Notebook, value: Any) -> Any:
    given = text(notebook, value)
    if given is INVALID:
        return INVALID
    network = parse_cidr(given)
    if network is not None:
        return network
    known = notebook.ids.get("prefix_lists", {})
    if given in known:
        return given
    if parse_address(given.partition("/")[0]) or is_ipv6(given) or re.fullmatch(r"[0-9./]+", given):
        return cidr(notebook, given)
    similar = notebook.similar(given, known)
    if similar is not None:
        return notebook.tell(
            "unknown_id_but_similar", id=shown(given), section="prefix_lists", similar=shown(similar)
        )
    return notebook.tell("not_a_destination", value=shown(given))


_PEERS = ("Cidr", "PrefixListId", "SourceGroup", "DestinationGroup")


def rules_with(group_key: str) -> Reader:
    """Security group rules of one direction; `group_key` is how a group is named as the peer there."""
    peers = ("Cidr", "PrefixListId", group_key)
    other = next(key for key in ("SourceGroup", "DestinationGroup") if key != group_key)

    def check(notebook: Notebook, rule: dict[str, Any]) -> None:
        named = [key for key in _PEERS if not is_absent(rule.get(key))]
        if other in named:
            notebook.tell("group_key_of_other_direction", other, name=other, meant=group_key)
        if not named:
            notebook.tell("peer_missing", allowed=", ".join(peers))
        elif len(named) > 1:
            notebook.tell("several_peers", given=", ".join(named))

    return list_of(record_of(SecurityGroupRule, check), limit=MAX_RULES)


def _one_excluded(notebook: Notebook, exclusion: dict[str, Any]) -> None:
    if is_absent(exclusion.get("VpcId")) == is_absent(exclusion.get("SubnetId")):
        notebook.tell("exactly_one_of", keys="VpcId, SubnetId")


def _check_workload(notebook: Notebook, workload: dict[str, Any]) -> None:
    kind = workload.get("Kind")
    in_subnet = not is_absent(workload.get("SubnetId"))
    if kind in ("instance", "fargate-task", "db-instance") and not in_subnet:
        notebook.tell("subnet_needed", "SubnetId", kind=kind)
    if kind == "onprem-host":
        for key in ("SubnetId", "Groups"):
            if not is_absent(workload.get(key)):
                notebook.tell("not_on_premises", key, name=key)
        if "on_premises" not in notebook.ids:
            notebook.tell("on_premises_needed", "Kind")


def transit_gateway(notebook: Notebook, value: Any) -> Any:
    """A transit gateway; its tables name its own attachments, so these ids are its own too."""
    from vpclab.exchange.references import note_ids

    if isinstance(value, dict):
        for section, key, id_key in (
            ("vpc_attachments", "VpcAttachments", "AttachmentId"),
            ("tgw_route_tables", "RouteTables", "RouteTableId"),
        ):
            note_ids(notebook, section, value.get(key), (id_key,), key)
    return record_of(TransitGateway)(notebook, value)


groups = distinct(list_of(reference_to("security_groups"), limit=MAX_GROUPS))

BY_TYPE: dict[Any, Reader] = {
    VpcEndpoint: vpc_endpoint,
    Route: route,
    PortRange: ports,
    PolicyDocument: policy,
    tuple[ForwardRule, ...]: forwards,
    TransitGateway: transit_gateway,
    Workload: record_of(Workload, _check_workload),
    BlockPublicAccessExclusion: record_of(BlockPublicAccessExclusion, _one_excluded),
}
BY_FIELD: dict[tuple[str, str], Reader] = {
    ("Vpc", "domain_name_servers"): list_of(name_server),
    ("SecurityGroup", "ingress"): rules_with("SourceGroup"),
    ("SecurityGroup", "egress"): rules_with("DestinationGroup"),
    ("InterfaceEndpoint", "groups"): groups,
    ("Workload", "groups"): groups,
    ("InterfaceEndpoint", "private_dns_names"): list_of(host_name),
    ("HostedZone", "name"): host_name,
    ("ZoneRecord", "name"): host_name,
    ("NetworkAcl", "entries"): list_of(record_of(NetworkAclEntry), limit=MAX_ENTRIES),
    ("SecurityGroupRule", "protocol"): protocol,
    ("NetworkAclEntry", "protocol"): protocol,
    ("ZoneRecord", "target"): record_target,
    ("DnsServer", "location"): location,
    ("Bucket", "account"): account,
    ("Design", "account"): account,
    ("PolicyStatement", "sid"): any_text,
}
