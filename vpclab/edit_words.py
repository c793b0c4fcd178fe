"""From an edit to one line: what was added, removed or changed, as AWS calls it.

The sentences stand in `content/words/<language>/edits.yaml`. Ids and values are shortened, not escaped: that
is for the page to do.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from vpclab.hop_words import tell_traffic
from vpclab.network.connections import (
    OnPremises,
    OnPremisesRoute,
    TransitGatewayRoute,
    TransitGatewayRouteTable,
    VpcAttachment,
)
from vpclab.network.edits import (
    AddItem,
    AddPart,
    ChangePart,
    Edit,
    ItemEdit,
    MoveItem,
    MovePart,
    RemoveItem,
    RemovePart,
    ReplaceItem,
    SetField,
)
from vpclab.network.endpoints import DnsOptions, NetworkInterface
from vpclab.network.filter_rules import NetworkAclEntry, SecurityGroupRule
from vpclab.network.name_servers import ForwardRule, ZoneRecord
from vpclab.network.policy_document import PolicyDocument
from vpclab.network.resources import (
    BlockPublicAccessExclusion,
    CidrRoute,
    PrefixListRoute,
    RouteOrigin,
    RouteState,
    VpcBlockPublicAccess,
    Workload,
    WorkloadKind,
)
from vpclab.network.sections import hints_of, id_of, is_list, record_types
from vpclab.words import Speaker

_LONGEST = 60


def tell_edit(edit: Edit, t: Speaker) -> str:
    """Tell one edit in one line."""
    line = _line(edit, t)
    # A line may begin with a noun that is written small inside a sentence, but an id stays as it is.
    begins_with_id = not isinstance(edit, SetField | AddPart) and line.startswith(short(edit.part_id) or "\0")
    return line if begins_with_id else line[:1].upper() + line[1:]


def short(text: str) -> str:
    """Text of a length that fits into a line."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _line(edit: Edit, t: Speaker) -> str:
    if isinstance(edit, SetField):
        return _of_design(edit, t)
    if isinstance(edit, AddPart):
        return t("edits.added", part=_new_part(edit, t))
    if isinstance(edit, RemovePart | MovePart):
        part = t(f"edits.part.{edit.section}", id=_numbered(edit, t))
        if isinstance(edit, RemovePart):
            return t("edits.removed", part=part)
        return t("edits.moved", part=part, place=edit.position + 1)
    return _changed(edit, t) if isinstance(edit, ChangePart) else _item(edit, t)


# --- parts ---------------------------------------------------------------------------------------------


def _new_part(edit: AddPart, t: Speaker) -> str:
    kind = edit.part.kind if isinstance(edit.part, Workload) else type(edit.part).__name__
    key = f"edits.new_part.{kind}"
    return t(key if t.has(key) else f"edits.part.{edit.section}", id=short(id_of(edit.section, edit.part)))


def _numbered(edit: RemovePart | MovePart | ChangePart | ItemEdit, t: Speaker) -> str:
    """The id of a part, and which one it is where several have that id."""
    name = short(edit.part_id)
    if not edit.part_number:
        return name
    return t("edits.subject.numbered", id=name, number=edit.part_number + 1)


def _subject(edit: ChangePart | ItemEdit, t: Speaker) -> str:
    key = f"edits.subject.{edit.section}"
    return t(key if t.has(key) else "edits.subject.other", id=_numbered(edit, t))


def _record(section: str, field: str) -> str:
    """Which dataclass of a section has a field; two may share one, and say the same of it."""
    return next((kind.__name__ for kind in record_types(section) if field in hints_of(kind)), "")


def _changed(edit: ChangePart, t: Speaker) -> str:
    place = f"{_record(edit.section, edit.field)}.{edit.field}"
    facts = {"subject": _subject(edit, t), "field": t(f"edits.field.{place}")}
    value = edit.value
    special = f"edits.change.{place}_{_state(value)}"
    if t.has(special):
        return t(special, **facts)
    if value is None:
        return t("edits.policy_removed" if "policy" in edit.field else "edits.emptied", **facts)
    if isinstance(value, PolicyDocument):
        return t("edits.policy_changed", **facts)
    return t("edits.changed", **facts, value=tell_value(value, t))


def _of_design(edit: SetField, t: Speaker) -> str:
    key = f"edits.own.{edit.field}{'_none' if edit.value is None else ''}"
    value = tell_value(edit.value, t)
    if t.has(key):
        return t(key, value=value)
    field = t(f"edits.field.Design.{edit.field}")
    return (
        t("edits.own.emptied", field=field)
        if edit.value is None
        else t("edits.own.changed", field=field, value=value)
    )


def _state(value: Any) -> str:
    if value is None:
        return "none"
    return {True: "enabled", False: "disabled"}[value] if isinstance(value, bool) else ""


# --- items ---------------------------------------------------------------------------------------------


def _item(edit: ItemEdit, t: Speaker) -> str:
    record = _record(edit.section, edit.field)
    facts = {"subject": _subject(edit, t), "item": t(f"edits.item.{record}.{edit.field}")}
    value = tell_value(edit.item, t, inbound=edit.field == "ingress")
    if isinstance(edit, AddItem):
        return t("edits.item_added", **facts, value=value)
    if isinstance(edit, RemoveItem):
        return t("edits.item_removed", **facts, value=value)
    if isinstance(edit, MoveItem):
        return t("edits.item_moved", **facts, value=value, place=edit.position + 1)
    if isinstance(edit.item, VpcAttachment | TransitGatewayRouteTable):
        details = t("walk.phrase.between_items").join(_inside(edit, t))
        name = edit.item.attachment_id if isinstance(edit.item, VpcAttachment) else edit.item.route_table_id
        return t("edits.item_changed", **facts, value=short(name), details=details)
    new = tell_value(edit.new_item, t, inbound=edit.field == "ingress")
    return t("edits.item_replaced", **facts, value=new, old=value)


def _inside(edit: ReplaceItem, t: Speaker) -> Iterator[str]:
    """What differs inside an item that has fields and lists of its own."""
    kind: Any = type(edit.item)
    for field, hint in hints_of(kind).items():
        old, new = getattr(edit.item, field), getattr(edit.new_item, field)
        if old == new:
            continue
        place = f"{kind.__name__}.{field}"
        if not is_list(hint):
            yield t("edits.inside.changed", field=t(f"edits.field.{place}"), value=tell_value(new, t))
            continue
        item = t(f"edits.item.{place}")
        gone = [one for one in old if one not in new]
        come = [one for one in new if one not in old]
        yield from (t("edits.inside.removed", item=item, value=tell_value(one, t)) for one in gone)
        yield from (t("edits.inside.added", item=item, value=tell_value(one, t)) for one in come)
        if not gone and not come:
            yield t("edits.inside.moved", item=item)


# --- values --------------------------------------------------------------------------------------------


def tell_value(value: Any, t: Speaker, *, inbound: bool = False) -> str:
    """Tell a value of the model: a route by its destination and target, a switch as on or off.

    `inbound` says of a rule of a security group which way it lets traffic in; no rule says so itself.
    """
    if value is None or value == ():
        return t("edits.value.none")
    if isinstance(value, bool | DnsOptions):
        return t(f"edits.value.{_state(_switch(value))}")
    if isinstance(value, WorkloadKind):
        return t(f"walk.kind.{value}")
    if isinstance(value, tuple):
        return short(t("walk.phrase.between_items").join(map(str, value)))
    if isinstance(value, SecurityGroupRule):
        return _rule(value, t, inbound=inbound)
    if isinstance(value, NetworkAclEntry):
        return _entry(value, t)
    return _pair(value, t) or _plain(value, t)


def _switch(value: bool | DnsOptions) -> bool:
    return value if isinstance(value, bool) else value.private_dns_only_for_inbound_resolver_endpoint


def _plain(value: Any, t: Speaker) -> str:
    if value == "on-premises":
        return t("edits.value.on-premises")
    if isinstance(value, OnPremises):
        return str(value.cidr)
    if isinstance(value, VpcBlockPublicAccess):
        return str(value.internet_gateway_block_mode)
    return short(value.route_table_id if isinstance(value, TransitGatewayRouteTable) else str(value))


def _pair(value: Any, t: Speaker) -> str | None:
    """A value that is a thing and where it leads, or a thing and a remark; None for others."""
    match value:
        case CidrRoute() | PrefixListRoute() | TransitGatewayRoute() | OnPremisesRoute():
            return _route(value, t)
        case ForwardRule():
            return _arrow(value.domain, value.to, t)
        case ZoneRecord():
            return _arrow(value.name, value.target, t)
        case NetworkInterface():
            return _remarked(value.subnet_id, str(value.private_ip_address), t)
        case VpcAttachment():
            return _remarked(value.attachment_id, value.vpc_id, t)
        case BlockPublicAccessExclusion():
            excluded = value.vpc_id or value.subnet_id or ""
            return _remarked(excluded, value.internet_gateway_exclusion_mode, t)
    return None


def _route(route: CidrRoute | PrefixListRoute | TransitGatewayRoute | OnPremisesRoute, t: Speaker) -> str:
    if isinstance(route, PrefixListRoute):
        destination = route.destination_prefix_list_id
    else:
        destination = str(route.destination)
    told = _arrow(destination, route.target, t)
    if getattr(route, "origin", None) is RouteOrigin.PROPAGATED:
        told = t("edits.value.propagated", route=told)
    if getattr(route, "state", None) is RouteState.BLACKHOLE:
        told = t("edits.value.blackhole", route=told)
    return told


def _arrow(from_where: str, to_where: str, t: Speaker) -> str:
    return t("edits.value.arrow", from_where=short(from_where), to_where=short(to_where))


def _remarked(what: str, remark: str | StrEnum, t: Speaker) -> str:
    return t("edits.value.with_remark", what=short(what), remark=short(str(remark)))


def _rule(rule: SecurityGroupRule, t: Speaker, *, inbound: bool) -> str:
    peer = short(str(rule.cidr or rule.prefix_list_id or rule.group_id or ""))
    key = "inbound" if inbound else "outbound"
    return t(f"edits.value.{key}", traffic=_traffic(rule, t), peer=peer)


def _entry(entry: NetworkAclEntry, t: Speaker) -> str:
    key = f"{'outbound' if entry.egress else 'inbound'}_{entry.action}"
    facts = {"number": entry.rule_number, "peer": entry.cidr}
    return t(f"edits.value.{key}", traffic=_traffic(entry, t), **facts)


def _traffic(rule: SecurityGroupRule | NetworkAclEntry, t: Speaker) -> str:
    return tell_traffic(rule.protocol, [rule.ports.first, rule.ports.last] if rule.ports else None, t)
