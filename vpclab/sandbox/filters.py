"""Security groups and network ACLs of the sandbox."""

from ipaddress import IPv4Network

from vpclab.network.filter_rules import (
    AclAction,
    NetworkAcl,
    NetworkAclEntry,
    PortRange,
    SecurityGroup,
    SecurityGroupRule,
)
from vpclab.sandbox.callers import CALLERS
from vpclab.sandbox.choices import CallerGroup, Choices, EndpointGroup, NetworkAclPreset
from vpclab.sandbox.destinations import DESTINATIONS
from vpclab.sandbox.offers import OTHER_VPC, RDS, zones_of
from vpclab.sandbox.parts import (
    ANYWHERE,
    DATABASE_PORT,
    OTHER_VPC_ID,
    PRIVATE_RANGES,
    VPC_CIDR,
    VPC_ID,
    app_subnet,
)

_ALL_PORTS = PortRange(first=0, last=65535)
_HTTPS = PortRange(first=443, last=443)
# Where answers come back to: "Custom network ACLs for your VPC", ephemeral ports,
# https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
_EPHEMERAL = PortRange(first=1024, last=65535)


def security_groups(choices: Choices, caller_cidr: IPv4Network) -> tuple[SecurityGroup, ...]:
    """The caller's group, that of the endpoints, and that of the database, as far as each is needed."""
    found = [SecurityGroup(group_id="sg-app", vpc_id=VPC_ID, egress=_egress(choices))]
    if choices.source in OTHER_VPC:
        found.append(SecurityGroup(group_id="sg-other", vpc_id=OTHER_VPC_ID, egress=_egress(choices)))
    if choices.interface_endpoint:
        found.append(SecurityGroup(group_id="sg-endpoint", vpc_id=VPC_ID, ingress=_endpoint_ingress(choices)))
    if choices.destination == RDS:
        found.append(SecurityGroup(group_id="sg-db", vpc_id=VPC_ID, ingress=(_database_rule(caller_cidr),)))
    return tuple(found)


def _egress(choices: Choices) -> tuple[SecurityGroupRule, ...]:
    return {
        CallerGroup.ALL: (SecurityGroupRule(protocol="-1", cidr=ANYWHERE),),
        CallerGroup.HTTPS: (_tcp(_HTTPS, ANYWHERE),),
        CallerGroup.VPC: (_tcp(_HTTPS, VPC_CIDR),),
        CallerGroup.PREFIX_LISTS: tuple(
            SecurityGroupRule(protocol="tcp", ports=_HTTPS, prefix_list_id=name)
            for name in ("pl-s3", "pl-dynamodb")
        ),
        CallerGroup.NOWHERE: (),
    }[choices.caller_group]


def _endpoint_ingress(choices: Choices) -> tuple[SecurityGroupRule, ...]:
    """Rules for the ports that the destination's calls use: 443, and others for the few that differ."""
    ports = dict.fromkeys(wanted.port for wanted in DESTINATIONS[choices.destination].calls)
    if choices.destination == RDS:
        ports = {443: None}
    ranges = [PortRange(first=port, last=port) for port in ports]
    group = next(iter(CALLERS[choices.source].groups), "sg-app")
    if choices.endpoint_group is EndpointGroup.CALLER:
        return tuple(SecurityGroupRule(protocol="tcp", ports=ports, source_group=group) for ports in ranges)
    cidrs = {
        EndpointGroup.VPC: (VPC_CIDR,),
        EndpointGroup.PRIVATE: PRIVATE_RANGES,
        EndpointGroup.NOBODY: (),
    }[choices.endpoint_group]
    return tuple(_tcp(ports, cidr) for ports in ranges for cidr in cidrs)


def _database_rule(caller_cidr: IPv4Network) -> SecurityGroupRule:
    """The database admits the application's group, or whoever asks from another network by its range."""
    port = PortRange(first=DATABASE_PORT, last=DATABASE_PORT)
    if caller_cidr == VPC_CIDR:
        return SecurityGroupRule(protocol="tcp", ports=port, source_group="sg-app")
    return _tcp(port, caller_cidr)


def _tcp(ports: PortRange, cidr: IPv4Network) -> SecurityGroupRule:
    return SecurityGroupRule(protocol="tcp", ports=ports, cidr=cidr)


def network_acls(choices: Choices) -> tuple[NetworkAcl, ...]:
    """The ACL of all app subnets; where everything is allowed the subnets keep the VPC's default ACL."""
    entries = {
        NetworkAclPreset.ALL: (),
        # Both directions of both: requests to 443 and answers to the ports that callers use.
        NetworkAclPreset.HTTPS: (
            _entry(100, "in", _HTTPS),
            _entry(110, "in", _EPHEMERAL),
            _entry(100, "out", _HTTPS),
            _entry(110, "out", _EPHEMERAL),
        ),
        NetworkAclPreset.NO_RETURN: (
            _entry(100, "in", _HTTPS),
            _entry(100, "out", _HTTPS),
        ),
        NetworkAclPreset.NO_HTTPS_OUT: (
            _entry(100, "in", _ALL_PORTS),
            _entry(90, "out", _HTTPS, AclAction.DENY),
            _entry(100, "out", _ALL_PORTS),
        ),
    }[choices.network_acl]
    subnets = tuple(app_subnet(zone).subnet_id for zone in zones_of(choices))
    return (NetworkAcl(network_acl_id="acl-app", subnet_ids=subnets, entries=entries),) if entries else ()


def _entry(number: int, way: str, ports: PortRange, action: AclAction = AclAction.ALLOW) -> NetworkAclEntry:
    return NetworkAclEntry(
        rule_number=number, egress=way == "out", protocol="tcp", cidr=ANYWHERE, ports=ports, action=action
    )
