"""Security groups (stateful, allow only) and network ACLs (ordered, stateless).

AWS: "Security group rules", https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
AWS: "Custom network ACLs for your VPC", https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
"""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address

from vpclab.network.design import Design
from vpclab.network.filter_rules import (
    AclAction,
    NetworkAcl,
    NetworkAclEntry,
    PortRange,
    SecurityGroup,
    SecurityGroupRule,
)
from vpclab.network.hops import Candidate, Facts
from vpclab.network.vocabulary import Loss, Reason

ALL_PROTOCOLS = "-1"
FINAL_DENY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """The other side of a connection as a security group sees it.

    `groups` are its security groups, empty for the default group of `vpc_id`. They count only where the way
    hands them on (`groups_seen`): inside the VPC and across peering in one Region; a transit gateway drops
    them, and over VPN and Direct Connect there are none.
    AWS: "Amazon VPC attachments in Transit Gateway",
    https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html;
    "Update your security groups to reference peer security groups",
    https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
    """

    address: IPv4Address
    groups: tuple[str, ...] = ()
    vpc_id: str | None = None
    groups_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDecision:
    """What all security groups of one interface together said to a connection."""

    design: Design
    group_ids: tuple[str, ...]
    vpc_id: str
    egress: bool
    protocol: str
    port: int
    peer: Peer

    def rules(self) -> Iterator[tuple[SecurityGroup, int, SecurityGroupRule]]:
        """All rules of all groups in this direction, with their positions from 1."""
        for group_id in self.group_ids:
            group = self.design.security_group[group_id]
            for number, rule in enumerate(group.egress if self.egress else group.ingress, start=1):
                yield group, number, rule

    def loss(self, rule: SecurityGroupRule) -> Loss | None:
        """Why a rule does not admit the connection; None where it does."""
        if rule.protocol not in (ALL_PROTOCOLS, self.protocol):
            return Loss.OTHER_PROTOCOL
        # With protocol -1 all ports are meant, whatever the rule says of ports; ICMP has none.
        has_ports = rule.protocol in ("tcp", "udp")
        if has_ports and rule.ports is not None and not rule.ports.covers(self.port):
            return Loss.OTHER_PORT
        return self.peer_loss(rule)

    def peer_loss(self, rule: SecurityGroupRule) -> Loss | None:
        """Why a rule's peer is not this one. A prefix list counts as its networks."""
        if rule.cidr is not None:
            return None if self.peer.address in rule.cidr else Loss.OTHER_PEER
        if rule.prefix_list_id is not None:
            networks = self.design.prefix_list[rule.prefix_list_id].cidrs
            return None if any(self.peer.address in network for network in networks) else Loss.OTHER_PEER
        if rule.group_id in self.peer.groups:
            return None if self.peer.groups_seen else Loss.GROUP_NOT_SEEN_ON_THIS_WAY
        return Loss.OTHER_PEER

    @property
    def admitted_by(self) -> str | None:
        """Label of the rule that admits: `<group>#<number>`, or `default` for the VPC's default group.

        Without a group of its own an interface has the default group: everything may go out, and only
        members of the same group may come in.
        AWS: "Default security groups for your VPCs",
        https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
        """
        if not self.group_ids:
            member = not self.peer.groups and self.peer.vpc_id == self.vpc_id and self.peer.groups_seen
            return "default" if self.egress or member else None
        for group, number, rule in self.rules():
            if self.loss(rule) is None:
                return f"{group.group_id}#{number}"
        return None

    @property
    def reason(self) -> Reason | None:
        """Why the connection is refused; None where one rule admits it, which is enough."""
        if self.admitted_by is not None:
            return None
        if self.group_ids and next(self.rules(), None) is None:
            return Reason.SG_HAS_NO_RULES
        return Reason.ENI_SG_RULES_MISMATCH

    @property
    def facts(self) -> Facts:
        return {
            "groups": list(self.group_ids),
            "direction": "egress" if self.egress else "ingress",
            "protocol": self.protocol,
            "port": self.port,
            "peer": str(self.peer.address),
            "rule": self.admitted_by,
        }

    def candidates(self) -> tuple[Candidate, ...]:
        admitted_by = self.admitted_by
        found = []
        for group, number, rule in self.rules():
            label = f"{group.group_id}#{number}"
            # Rules have no order: a second rule that admits as well is not asked any more.
            loss = self.loss(rule) or (None if label == admitted_by else Loss.NOT_ASKED)
            found.append(
                Candidate(of=group.group_id, label=label, facts=_rule_facts(rule), lost_because=loss)
            )
        return tuple(found)


def _rule_facts(rule: SecurityGroupRule) -> Facts:
    peer = rule.cidr or rule.prefix_list_id or rule.group_id
    return {"protocol": rule.protocol, "ports": _ports(rule.ports), "peer": str(peer)}


def _ports(ports: PortRange | None) -> list[int] | None:
    return None if ports is None else [ports.first, ports.last]


@dataclass(frozen=True, slots=True, kw_only=True)
class AclDecision:
    """What a network ACL said to packets of one direction.

    Entries are asked by number; the first that matches decides, and the last word is deny. Of a range of
    ports (an answer goes to the client's port, which may be any of its range) every port must be admitted.
    """

    acl: NetworkAcl
    subnet_id: str
    egress: bool
    protocol: str
    ports: PortRange
    peer: IPv4Address

    def entries(self) -> list[NetworkAclEntry]:
        """The entries of this direction in the order in which they are asked."""
        return sorted((e for e in self.acl.entries if e.egress is self.egress), key=lambda e: e.rule_number)

    def loss(self, entry: NetworkAclEntry) -> Loss | None:
        """Why an entry has no say over these packets; None where it matches at least part of the ports."""
        if entry.protocol not in (ALL_PROTOCOLS, self.protocol):
            return Loss.OTHER_PROTOCOL
        if self.peer not in entry.cidr:
            return Loss.OTHER_PEER
        ports = _entry_ports(entry)
        if ports.last < self.ports.first or self.ports.last < ports.first:
            return Loss.OTHER_PORT
        return None

    def deciding(self) -> tuple[NetworkAclEntry | None, list[tuple[NetworkAclEntry, Loss | None]]]:
        """The entry that decided (None: the final deny) and all asked before it, with their losses."""
        open_ports = [self.ports]
        asked: list[tuple[NetworkAclEntry, Loss | None]] = []
        for entry in self.entries():
            loss = self.loss(entry)
            if loss is None and not any(_overlap(ports, _entry_ports(entry)) for ports in open_ports):
                loss = Loss.NOT_ASKED
            if loss is not None:
                asked.append((entry, loss))
                continue
            if entry.action is AclAction.DENY:
                return entry, asked
            open_ports = [rest for ports in open_ports for rest in _without(ports, _entry_ports(entry))]
            if not open_ports:
                return entry, asked
            asked.append((entry, Loss.ADMITS_PART_OF_PORTS))
        return None, asked

    @property
    def passed(self) -> bool:
        entry, _ = self.deciding()
        return entry is not None and entry.action is AclAction.ALLOW

    @property
    def facts(self) -> Facts:
        entry, _ = self.deciding()
        return {
            "acl": self.acl.network_acl_id,
            "subnet": self.subnet_id,
            "egress": self.egress,
            "protocol": self.protocol,
            "ports": _ports(self.ports),
            "peer": str(self.peer),
            "rule": FINAL_DENY if entry is None else str(entry.rule_number),
            "action": str(AclAction.DENY if entry is None else entry.action),
        }

    def candidates(self) -> tuple[Candidate, ...]:
        decided, asked = self.deciding()
        losses = {id(entry): loss for entry, loss in asked}
        found = [
            Candidate(
                of=self.acl.network_acl_id,
                label=str(entry.rule_number),
                facts=_entry_facts(entry),
                lost_because=None if entry is decided else losses.get(id(entry), Loss.NOT_ASKED),
            )
            for entry in self.entries()
        ]
        final = {"protocol": ALL_PROTOCOLS, "ports": None, "peer": "0.0.0.0/0", "action": str(AclAction.DENY)}
        loss = None if decided is None else Loss.NOT_ASKED
        return (
            *found,
            Candidate(of=self.acl.network_acl_id, label=FINAL_DENY, facts=final, lost_because=loss),
        )


_ALL_PORTS = PortRange(first=0, last=65535)


def _entry_ports(entry: NetworkAclEntry) -> PortRange:
    return entry.ports if entry.ports is not None and entry.protocol in ("tcp", "udp") else _ALL_PORTS


def _entry_facts(entry: NetworkAclEntry) -> Facts:
    return {
        "protocol": entry.protocol,
        "ports": _ports(entry.ports),
        "peer": str(entry.cidr),
        "action": str(entry.action),
    }


def _overlap(one: PortRange, other: PortRange) -> bool:
    return one.first <= other.last and other.first <= one.last


def _without(ports: PortRange, taken: PortRange) -> Iterator[PortRange]:
    if not _overlap(ports, taken):
        yield ports
        return
    if ports.first < taken.first:
        yield PortRange(first=ports.first, last=taken.first - 1)
    if taken.last < ports.last:
        yield PortRange(first=taken.last + 1, last=ports.last)
