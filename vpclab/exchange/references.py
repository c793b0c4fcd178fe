"""Which ids a design has, before anything in it is read, and ids that occur twice.

Ids are taken from the plain data, so that a resource with a mistake in it still counts as existing and
one mistake is told once.
"""

from collections.abc import Iterator
from typing import Any

from vpclab.exchange.reading import Notebook, is_absent, shown

# What must be unique in each section: one key, or a pair.
IDENTITIES: dict[str, tuple[str, ...]] = {
    "vpcs": ("VpcId",),
    "subnets": ("SubnetId",),
    "internet_gateways": ("InternetGatewayId",),
    "nat_gateways": ("NatGatewayId",),
    "route_tables": ("RouteTableId",),
    "prefix_lists": ("PrefixListId",),
    "vpc_endpoints": ("VpcEndpointId",),
    "security_groups": ("GroupId",),
    "network_acls": ("NetworkAclId",),
    "workloads": ("Id",),
    "vpc_peering_connections": ("VpcPeeringConnectionId",),
    "transit_gateways": ("TransitGatewayId",),
    "vpn_gateways": ("VpnGatewayId",),
    "direct_connect": ("VirtualInterfaceId",),
    "resolver_endpoints": ("ResolverEndpointId",),
    "dns_servers": ("Ip", "Location"),
    "buckets": ("Name",),
    "apis": ("ApiId",),
}


def note_all_ids(notebook: Notebook, design: dict[str, Any]) -> None:
    """Note the ids of every section; equal ids in one section are problems."""
    for section, keys in IDENTITIES.items():
        note_ids(notebook, section, design.get(section), keys, section)
    if not is_absent(design.get("on_premises")):
        notebook.ids["on_premises"] = {}


def note_ids(notebook: Notebook, section: str, items: Any, keys: tuple[str, ...], *place: str) -> None:
    """Note the ids of the items of one list that stands at `place`."""
    known: dict[Any, None] = {}
    for number, item in _mappings(items):
        identity = tuple(item.get(key) for key in keys)
        if not all(isinstance(part, str) for part in identity):
            continue
        found = identity[0] if len(identity) == 1 else identity
        if found in known:
            notebook.tell("duplicate_id", *place, number, keys[0], id=shown(identity[0]), section=section)
        known[found] = None
    notebook.ids[section] = known


def _mappings(items: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    if isinstance(items, list):
        for number, item in enumerate(items):
            if isinstance(item, dict):
                yield number, item
