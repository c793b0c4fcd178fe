"""The notebook of one call under way: where the packet is, what it passed, what was noticed.

A trace is the one thing in this package that changes; it lives inside `walk` and ends as a CallWalk.
"""

from dataclasses import dataclass, field
from ipaddress import IPv4Address

from vpclab.network.addresses import first_host
from vpclab.network.attached import Attached
from vpclab.network.design import Design
from vpclab.network.dns import Resolution
from vpclab.network.endpoints import GatewayEndpoint, InterfaceEndpoint
from vpclab.network.filter_rules import PortRange
from vpclab.network.hops import Decision, Hop, PathStep, RouteChosen
from vpclab.network.request import Call
from vpclab.network.resources import NatGateway, Workload, WorkloadKind
from vpclab.network.vocabulary import Kind, Leg, Reason, Stage

# Ports that answers come back to. "Custom network ACLs for your VPC", section on ephemeral ports;
# "NAT gateway basics", https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
HOST_PORTS = PortRange(first=32768, last=60999)
NAT_AND_LAMBDA_PORTS = PortRange(first=1024, last=65535)


@dataclass(frozen=True, slots=True)
class Stop:
    """The end of a request on its way: who decided, and why."""

    blocked_at: Kind
    reason: Reason
    stage: Stage
    leg: Leg = Leg.FORWARD


@dataclass(slots=True, kw_only=True)
class Trace:
    """A packet on its way.

    `source_ip` and `subnet_id` are those of whoever sends it on at the moment: the caller, later a NAT
    gateway. `subnet_id` and `vpc_id` are None for callers outside VPCs.
    """

    design: Design
    call: Call
    region: str
    caller: Workload
    destination: IPv4Address
    resolution: Resolution
    source_ip: IPv4Address | None
    subnet_id: str | None
    vpc_id: str | None
    hops: list[Hop] = field(default_factory=list)
    path: list[PathStep] = field(default_factory=list)
    detail: list[str] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    route_chosen: RouteChosen | None = None
    nat: NatGateway | None = None
    gateway_endpoint: GatewayEndpoint | None = None
    arrived: Attached | None = None
    onprem_host: bool = False
    crossed: set[Kind] = field(default_factory=set)
    uses_public_ip: bool = False
    public_source_ip: IPv4Address | None = None

    @property
    def endpoint(self) -> GatewayEndpoint | InterfaceEndpoint | None:
        """The VPC endpoint that the packet reached, of either type."""
        if self.gateway_endpoint is not None:
            return self.gateway_endpoint
        return self.arrived.endpoint if self.arrived else None

    @property
    def vpc_of_caller(self) -> str | None:
        """The caller's own VPC, wherever the packet is by now."""
        subnet_id = self.caller.subnet_id
        return self.design.subnet[subnet_id].vpc_id if subnet_id else None

    @property
    def caller_ip(self) -> IPv4Address | None:
        return caller_address(self.design, self.caller)

    @property
    def caller_ports(self) -> PortRange:
        """Where answers to the caller go: functions use a wider range than instances, tasks and hosts."""
        return NAT_AND_LAMBDA_PORTS if self.caller.kind is WorkloadKind.LAMBDA else HOST_PORTS

    def step(self, kind: Kind, at: str) -> None:
        """A component carried the packet."""
        self.path.append(PathStep(kind=kind, at=at))

    def note(self, note: str) -> None:
        self.notes.setdefault(str(note))

    def decide(
        self, kind: Kind, at: str, decision: Decision, reason: Reason | None, leg: Leg = Leg.FORWARD
    ) -> None:
        """A component decided; `reason` None lets the packet pass."""
        self.hops.append(
            Hop(leg=leg, at=at, kind=kind, passed=reason is None, reason=reason, decision=decision)
        )


def caller_address(design: Design, caller: Workload) -> IPv4Address | None:
    """The caller's private address; one that the design leaves out is taken from its network."""
    if caller.private_ip_address is not None:
        return caller.private_ip_address
    if caller.subnet_id is not None:
        return first_host(design.subnet[caller.subnet_id].cidr_block)
    if caller.kind is WorkloadKind.ONPREM_HOST and design.on_premises is not None:
        return first_host(design.on_premises.cidr)
    return None
