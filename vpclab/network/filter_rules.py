"""What security groups and network ACLs are made of."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class PortRange:
    """Ports from `first` to `last`, both included."""

    first: int
    last: int

    def covers(self, port: int) -> bool:
        return self.first <= port <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroupRule:
    """One allowed peer: exactly one of `cidr`, `prefix_list_id`, `source_group`, `destination_group`.

    `source_group` stands in ingress rules, `destination_group` in egress rules.
    `protocol` is `tcp`, `udp`, `icmp` or `-1` (all); `ports` None means all.
    """

    protocol: str
    ports: PortRange | None = None
    cidr: IPv4Network | None = None
    prefix_list_id: str | None = None
    source_group: str | None = None
    destination_group: str | None = None

    @property
    def group_id(self) -> str | None:
        """The security group that the rule names as its peer, if it names one."""
        return self.source_group or self.destination_group


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroup:
    """A security group: stateful, allow only."""

    group_id: str
    vpc_id: str
    ingress: tuple[SecurityGroupRule, ...] = ()
    egress: tuple[SecurityGroupRule, ...] = ()


class AclAction(StrEnum):
    """What a network ACL entry says."""

    ALLOW = "allow"
    DENY = "deny"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAclEntry:
    """One numbered entry of a network ACL; lowest number first, `ports` None means all."""

    rule_number: int
    egress: bool
    protocol: str
    cidr: IPv4Network
    ports: PortRange | None = None
    action: AclAction


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAcl:
    """A network ACL: stateless, the last word is deny."""

    network_acl_id: str
    subnet_ids: tuple[str, ...] = ()
    entries: tuple[NetworkAclEntry, ...] = ()
