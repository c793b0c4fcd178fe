"""The internet gateway: Block Public Access, private destinations, and who has a public address."""

from ipaddress import IPv4Address

from vpclab.network.addresses import is_private
from vpclab.network.hops import plain
from vpclab.network.resources import BlockMode, ExclusionMode, WorkloadKind
from vpclab.network.trace import Stop, Trace
from vpclab.network.vocabulary import Kind, Reason, Stage


def pass_internet_gateway(trace: Trace, gateway_id: str) -> Stop | None:
    """An internet gateway translates a private source into its public address, one to one."""
    kind = Kind.INTERNET_GATEWAY
    trace.step(kind, gateway_id)
    public_ip = public_address(trace)
    setting = trace.design.vpc_block_public_access
    reason = None
    if is_blocked_by_public_access(trace):
        reason = Reason.VPC_BLOCK_PUBLIC_ACCESS_ENABLED
    elif is_private(trace.destination):
        # "Reachability Analyzer explanation codes": an internet gateway takes no packets to private
        # addresses.
        reason = Reason.IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS
    elif public_ip is None:
        reason = Reason.IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS
    decision = plain(
        igw=gateway_id,
        source=trace.source_ip,
        public_ip=public_ip,
        address=trace.destination,
        block_mode=setting.internet_gateway_block_mode if setting else None,
    )
    trace.decide(kind, gateway_id, decision, reason)
    if reason is not None:
        return Stop(kind, reason, Stage.ROUTE)
    trace.uses_public_ip, trace.public_source_ip = True, public_ip
    return None


def public_address(trace: Trace) -> IPv4Address | None:
    """The public address that the sender has at the internet gateway; a function's interface never has one.

    AWS: "Giving Lambda functions access to resources in an Amazon VPC",
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    """
    if trace.nat is not None:
        return trace.nat.public_ip
    return None if trace.caller.kind is WorkloadKind.LAMBDA else trace.caller.public_ip_address


def is_blocked_by_public_access(trace: Trace) -> bool:
    """VPC Block Public Access: what the account's setting stops at internet gateways.

    `block-bidirectional` stops all; `block-ingress` lets only NAT gateway traffic pass. Exclusions of the VPC
    or of the sending subnet lift it; `allow-egress` exclusions count only under `block-bidirectional`.
    AWS: "VPC BPA basics", https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
    """
    setting = trace.design.vpc_block_public_access
    if setting is None or setting.internet_gateway_block_mode is BlockMode.OFF:
        return False
    ingress_only = setting.internet_gateway_block_mode is BlockMode.INGRESS
    if ingress_only and trace.nat is not None:
        return False
    for exclusion in setting.exclusions:
        here = (
            exclusion.vpc_id == trace.vpc_id if exclusion.vpc_id else exclusion.subnet_id == trace.subnet_id
        )
        both_ways = exclusion.internet_gateway_exclusion_mode is ExclusionMode.BIDIRECTIONAL
        if here and (both_ways or not ingress_only):
            return False
    return True
