"""Between a data centre and a VPC: VPN, Direct Connect, virtual private gateways, own internet line."""

from dataclasses import dataclass
from ipaddress import IPv4Address

from vpclab.network.addresses import is_private
from vpclab.network.arrival import arrive
from vpclab.network.connections import (
    OnPremisesRoute,
    VirtualInterfaceState,
    VirtualInterfaceType,
    VpnGateway,
)
from vpclab.network.design import Design
from vpclab.network.hops import Candidate, Facts, plain
from vpclab.network.routing import prefix_loss
from vpclab.network.trace import Stop, Trace
from vpclab.network.vocabulary import Kind, Note, Reason, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDecision:
    """What the site's routes decided for an address: the longest prefix."""

    host: str
    routes: tuple[OnPremisesRoute, ...]
    address: IPv4Address
    winner: OnPremisesRoute | None

    @property
    def facts(self) -> Facts:
        return {
            "host": self.host,
            "address": str(self.address),
            "destination": str(self.winner.destination) if self.winner else None,
            "target": self.winner.target if self.winner else None,
        }

    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(
                of=self.host,
                label=str(route.destination),
                facts={"target": route.target, "state": "active", "propagated": False},
                lost_because=prefix_loss(route is self.winner, route.destination, self.address),
            )
            for route in self.routes
        )


def site_decision(design: Design, host: str, address: IPv4Address) -> SiteDecision:
    """Ask the site's routes for the way to an address."""
    routes = design.on_premises.routes if design.on_premises else ()
    fitting = [route for route in routes if address in route.destination]
    winner = max(fitting, key=lambda route: route.destination.prefixlen, default=None)
    return SiteDecision(host=host, routes=routes, address=address, winner=winner)


def gateway_behind(design: Design, target: str) -> VpnGateway | None:
    """The virtual private gateway at the far end of a site's route: by VPN, or by a virtual interface."""
    interface = design.virtual_interface.get(target)
    return design.vpn_gateway.get(interface.vpn_gateway_id if interface else target)


def leave_on_premises(trace: Trace) -> Stop | None:
    """From a host: the site's routes, else its own internet line, which carries no private addresses."""
    kind, host = Kind.ONPREM_HOST, trace.caller.id
    decision = site_decision(trace.design, host, trace.destination)
    route = decision.winner
    has_internet = trace.design.on_premises is not None and trace.design.on_premises.internet
    is_public = not is_private(trace.destination) and not trace.design.is_inside(trace.destination)
    reason = None
    if route is None and not (has_internet and is_public):
        reason = Reason.NO_ROUTE_TO_DESTINATION
    elif route is not None and gateway_behind(trace.design, route.target) is None:
        reason = Reason.BAD_STATE_ROUTE
    trace.decide(kind, host, decision, reason)
    if reason is not None:
        return Stop(kind, reason, Stage.ROUTE)
    if route is None:
        trace.step(Kind.INTERNET, "internet")
        trace.decide(Kind.INTERNET, "internet", plain(address=trace.destination), None)
        trace.uses_public_ip = True
        return None
    gateway_id = route.target
    if gateway_id in trace.design.virtual_interface:
        if stop := pass_direct_connect(trace, gateway_id):
            return stop
        gateway_id = trace.design.virtual_interface[gateway_id].vpn_gateway_id
    return enter_vpc(trace, gateway_id)


def pass_direct_connect(trace: Trace, interface_id: str) -> Stop | None:
    """A private virtual interface carries traffic while it is up.

    Public and transit ones are not modelled.
    """
    kind = Kind.DIRECT_CONNECT
    interface = trace.design.virtual_interface[interface_id]
    trace.step(kind, interface_id)
    reason = None
    if interface.state is not VirtualInterfaceState.AVAILABLE:
        reason = Reason.BAD_STATE
    elif interface.virtual_interface_type is not VirtualInterfaceType.PRIVATE:
        reason = Reason.UNSUPPORTED_COMPONENT
        trace.note(Note.VIRTUAL_INTERFACE_TYPE_NOT_MODELLED)
    decision = plain(vif=interface_id, type=interface.virtual_interface_type, state=interface.state)
    trace.decide(kind, interface_id, decision, reason)
    return Stop(kind, reason, Stage.ROUTE) if reason else None


def enter_vpc(trace: Trace, gateway_id: str) -> Stop | None:
    """A virtual private gateway accepts only addresses of interfaces in its VPC: no gateway endpoint, no NAT.

    AWS: "Reachability Analyzer explanation codes"; "Gateway endpoints for Amazon S3",
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
    """
    kind = Kind.VIRTUAL_PRIVATE_GATEWAY
    vpc_id = trace.design.vpn_gateway[gateway_id].vpc_id
    trace.step(kind, gateway_id)
    found = trace.design.attached.get((vpc_id, trace.destination))
    reason = None if found else Reason.VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS
    trace.decide(kind, gateway_id, plain(vgw=gateway_id, vpc=vpc_id, address=trace.destination), reason)
    if found is None:
        return Stop(kind, Reason.VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS, Stage.ROUTE)
    trace.crossed.add(kind)
    return arrive(trace, found)


def enter_on_premises(trace: Trace, gateway_id: str) -> Stop | None:
    """From a VPC into the data centre: private addresses of hosts there; a public address finds no way on."""
    kind = Kind.VIRTUAL_PRIVATE_GATEWAY
    design, site = trace.design, trace.design.on_premises
    trace.step(kind, gateway_id)
    reason = None
    if site is None or trace.destination not in site.cidr:
        reason = Reason.NO_ROUTE_TO_DESTINATION
    elif trace.destination not in design.onprem_host_by_address:
        reason = Reason.NO_POSSIBLE_DESTINATION
    decision = plain(vgw=gateway_id, vpc=trace.vpc_id, address=trace.destination)
    trace.decide(kind, gateway_id, decision, reason)
    if reason is not None:
        return Stop(kind, reason, Stage.ROUTE)
    trace.crossed.add(kind)
    # The line behind the gateway is the one by which the site answers, if it answers by Direct Connect.
    back = site_decision(design, gateway_id, trace.source_ip).winner if trace.source_ip else None
    if (
        back is not None
        and back.target in design.virtual_interface
        and (stop := pass_direct_connect(trace, back.target))
    ):
        return stop
    trace.onprem_host = True
    return None
