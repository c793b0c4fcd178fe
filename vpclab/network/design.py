"""Design: one whole network, with look-ups by id.

A Design is a value: two with equal parts are equal, and a change makes a new one. The look-ups are
derived once, when first asked for, so that a walk in a large network searches nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from ipaddress import IPv4Address
from typing import Any, TypeVar

from vpclab.network.addresses import LINK_LOCAL_RESOLVER, is_private
from vpclab.network.attached import Attached
from vpclab.network.connections import VpcAttachment
from vpclab.network.design_parts import DesignParts
from vpclab.network.endpoints import EndpointState, GatewayEndpoint, InterfaceEndpoint
from vpclab.network.filter_rules import NetworkAcl
from vpclab.network.name_servers import HostedZone
from vpclab.network.names import canonical
from vpclab.network.resources import PrefixList, RouteTable, Workload, WorkloadKind
from vpclab.network.routing import Routes
from vpclab.network.services import private_names, split_service_name

K = TypeVar("K")
V = TypeVar("V")


# No slots: the look-ups below are cached in the instance's dictionary.
@dataclass(frozen=True, kw_only=True)
class Design(DesignParts):
    """One network of one account in one Region: its parts, and where they stand to each other."""

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(getattr(self, part.name) for part in fields(self)))

    def __hash__(self) -> int:
        # Computed once: drawings are cached by design, and a design is deep.
        return self._hash

    def __getstate__(self) -> dict[str, Any]:
        # The look-ups are derived; copies and pickles make their own.
        return {part.name: getattr(self, part.name) for part in fields(self)}

    # --- by place --------------------------------------------------------------------------------

    @cached_property
    def route_table_of_subnet(self) -> Mapping[str, RouteTable]:
        """The table that names the subnet, else the main table of its VPC.

        A VPC always has a main table; one that the design does not spell out holds only the local route.
        AWS: "Configure route tables", https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
        """
        named = {subnet_id: table for table in self.route_tables for subnet_id in table.subnet_ids}
        main = {table.vpc_id: table for table in self.route_tables if table.main}
        return {
            subnet.subnet_id: named.get(subnet.subnet_id)
            or main.get(subnet.vpc_id)
            or RouteTable(route_table_id=f"main-of-{subnet.vpc_id}", vpc_id=subnet.vpc_id, main=True)
            for subnet in self.subnets
        }

    @cached_property
    def _routes(self) -> dict[str, Routes]:
        return {}

    def routes_of_subnet(self, subnet_id: str) -> Routes:
        """The subnet's route table, ready for look-up; each table is prepared once."""
        table = self.route_table_of_subnet[subnet_id]
        prepared = self._routes.get(table.route_table_id)
        if prepared is None:
            endpoints = self.gateway_endpoints_of_table.get(table.route_table_id, ())
            lists = [(e, found) for e in endpoints if (found := self.prefix_list_by_name.get(e.service_name))]
            prepared = Routes(table, self.vpc[table.vpc_id].cidr_block, self.prefix_list, lists)
            # Two threads may prepare the same table; both make the same value.
            self._routes[table.route_table_id] = prepared
        return prepared

    @cached_property
    def acl_of_subnet(self) -> Mapping[str, NetworkAcl]:
        """The ACL that names the subnet; a subnet that none names is missing here and allows everything."""
        return {subnet_id: acl for acl in self.network_acls for subnet_id in acl.subnet_ids}

    @cached_property
    def attached(self) -> Mapping[tuple[str, IPv4Address], Attached]:
        """Who has an address in a VPC, by VPC id and address."""
        found: dict[tuple[str, IPv4Address], Attached] = {}
        for workload in self.workloads:
            if workload.subnet_id is not None and workload.private_ip_address is not None:
                vpc_id = self.subnet[workload.subnet_id].vpc_id
                found[vpc_id, workload.private_ip_address] = Attached(
                    vpc_id=vpc_id,
                    subnet_id=workload.subnet_id,
                    address=workload.private_ip_address,
                    workload=workload,
                )
        for endpoint in self.interface_endpoints:
            for interface in endpoint.network_interfaces:
                found[endpoint.vpc_id, interface.private_ip_address] = Attached(
                    vpc_id=endpoint.vpc_id,
                    subnet_id=interface.subnet_id,
                    address=interface.private_ip_address,
                    endpoint=endpoint,
                )
        return found

    @cached_property
    def owners_of_address(self) -> Mapping[IPv4Address, tuple[Attached, ...]]:
        """Everybody who has an address, in whatever VPC."""
        return _grouped((address, owner) for (_, address), owner in self.attached.items())

    @cached_property
    def endpoint_addresses(self) -> frozenset[IPv4Address]:
        """All addresses of interface endpoints, in whatever VPC."""
        return frozenset(
            interface.private_ip_address
            for endpoint in self.interface_endpoints
            for interface in endpoint.network_interfaces
        )

    @cached_property
    def _inside_networks(self) -> tuple[tuple[int, int], ...]:
        networks = [vpc.cidr_block for vpc in self.vpcs]
        if self.on_premises is not None:
            networks.append(self.on_premises.cidr)
        # Private ranges are known without looking; a VPC may also use addresses that look public.
        return tuple(
            (int(n.netmask), int(n.network_address)) for n in networks if not is_private(n.network_address)
        )

    def is_inside(self, address: IPv4Address) -> bool:
        """Whether a public-looking address belongs to a VPC or to the data centre."""
        number = int(address)
        return any(number & mask == base for mask, base in self._inside_networks)

    @cached_property
    def onprem_host_by_address(self) -> Mapping[IPv4Address, Workload]:
        return {
            workload.private_ip_address: workload
            for workload in self.workloads
            if workload.kind is WorkloadKind.ONPREM_HOST and workload.private_ip_address is not None
        }

    # --- endpoints -------------------------------------------------------------------------------

    @cached_property
    def interface_endpoints(self) -> tuple[InterfaceEndpoint, ...]:
        return tuple(e for e in self.vpc_endpoints if isinstance(e, InterfaceEndpoint))

    @cached_property
    def gateway_endpoints(self) -> tuple[GatewayEndpoint, ...]:
        return tuple(e for e in self.vpc_endpoints if isinstance(e, GatewayEndpoint))

    def private_names(self, endpoint: InterfaceEndpoint) -> tuple[str, ...]:
        """The names the endpoint answers for when private DNS is on, canonical."""
        given = endpoint.private_dns_names
        names = private_names(endpoint.service_name, self.region) if given is None else given
        return tuple(map(canonical, names))

    @cached_property
    def interface_endpoints_of_vpc(self) -> Mapping[str, tuple[InterfaceEndpoint, ...]]:
        return _grouped((endpoint.vpc_id, endpoint) for endpoint in self.interface_endpoints)

    @cached_property
    def gateway_endpoints_of_vpc(self) -> Mapping[str, tuple[GatewayEndpoint, ...]]:
        return _grouped((endpoint.vpc_id, endpoint) for endpoint in self.gateway_endpoints)

    @cached_property
    def gateway_endpoints_of_table(self) -> Mapping[str, tuple[GatewayEndpoint, ...]]:
        return _grouped(
            (table, endpoint) for endpoint in self.gateway_endpoints for table in endpoint.route_table_ids
        )

    @cached_property
    def endpoint_by_private_name(self) -> Mapping[tuple[str, str], InterfaceEndpoint]:
        """Available endpoints with private DNS on, by VPC and private name (`*.` kept).

        Of two with one name it is the first.
        """
        found: dict[tuple[str, str], InterfaceEndpoint] = {}
        for endpoint in self.interface_endpoints:
            usable = endpoint.state is EndpointState.AVAILABLE and endpoint.network_interfaces
            if endpoint.private_dns_enabled and usable:
                for name in self.private_names(endpoint):
                    found.setdefault((endpoint.vpc_id, name), endpoint)
        return found

    @cached_property
    def prefix_list_by_name(self) -> Mapping[str, PrefixList]:
        found: dict[str, PrefixList] = {}
        for prefix_list in self.prefix_lists:
            found.setdefault(prefix_list.prefix_list_name, prefix_list)
        return found

    @cached_property
    def endpoint_suffix(self) -> Mapping[str, tuple[str | None, str]]:
        """Region and service suffix of each endpoint's service name, by endpoint id."""
        return {e.vpc_endpoint_id: split_service_name(e.service_name) for e in self.vpc_endpoints}

    # --- names -----------------------------------------------------------------------------------

    @cached_property
    def zone_by_name(self) -> Mapping[tuple[str, str], HostedZone]:
        """Private hosted zones by VPC and canonical zone name."""
        found: dict[tuple[str, str], HostedZone] = {}
        for zone in self.hosted_zones:
            name = canonical(zone.name)
            for vpc_id in zone.vpc_ids:
                found.setdefault((vpc_id, name), zone)
        return found

    # --- transit ---------------------------------------------------------------------------------

    @cached_property
    def attachments_of_vpc(self) -> Mapping[tuple[str, str], tuple[VpcAttachment, ...]]:
        """Attachments by transit gateway and VPC."""
        return _grouped(
            ((gateway.transit_gateway_id, attachment.vpc_id), attachment)
            for gateway in self.transit_gateways
            for attachment in gateway.vpc_attachments
        )

    @cached_property
    def peered(self) -> frozenset[tuple[str, str]]:
        """Pairs of VPCs joined by an active peering connection, in both orders."""
        pairs = [
            (pcx.requester_vpc_id, pcx.accepter_vpc_id)
            for pcx in self.vpc_peering_connections
            if pcx.state == "active"
        ]
        return frozenset([*pairs, *((b, a) for a, b in pairs)])

    def is_own_resolver(self, server: str, vpc_id: str) -> bool:
        """Whether a DNS server's name or address means the resolver of this VPC."""
        if server in ("AmazonProvidedDNS", str(LINK_LOCAL_RESOLVER)):
            return True
        base = self.vpc[vpc_id].cidr_block
        return base.num_addresses > 2 and server == str(base.network_address + 2)


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
