"""How a Design is put together: its sections, what the parts in them go by, and which fields are lists.

All of it follows from the type hints of the model, so that a new section or field needs nothing here.
"""

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from vpclab.network.design import Design

# What an item of a list goes by, where that is not the whole item. AWS replaces a route by its destination,
# and an entry of a network ACL by its number and direction.
# AWS: "ReplaceRoute", https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRoute.html
# "ReplaceNetworkAclEntry",
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclEntry.html
ITEM_KEYS: Mapping[str, tuple[str, ...]] = {
    "CidrRoute": ("destination",),
    "PrefixListRoute": ("destination_prefix_list_id",),
    "NetworkAclEntry": ("rule_number", "egress"),
    "NetworkInterface": ("subnet_id",),
    "VpcAttachment": ("attachment_id",),
    "TransitGatewayRouteTable": ("route_table_id",),
    "TransitGatewayRoute": ("destination",),
    "OnPremisesRoute": ("destination",),
    "ForwardRule": ("domain",),
    "ZoneRecord": ("name",),
    "BlockPublicAccessExclusion": ("vpc_id", "subnet_id"),
}


@cache
def hints_of(record: Hashable) -> Mapping[str, Any]:
    """The type hints of a dataclass by field name."""
    assert isinstance(record, type) and is_dataclass(record)
    hints = get_type_hints(record)
    return MappingProxyType({part.name: hints[part.name] for part in fields(record)})


def choices_of(hint: Any) -> tuple[Any, ...]:
    """The types that a hint allows, None left out."""
    if get_origin(hint) in (Union, UnionType):
        return tuple(part for part in get_args(hint) if part is not NoneType)
    return (hint,)


def is_list(hint: Any) -> bool:
    """Whether a field is a list of items that can be added and removed, and is never None."""
    return get_origin(hint) is tuple


def item_hint(hint: Any) -> Any:
    """The type of one item of a list."""
    return get_args(hint)[0]


@cache
def record_types(section: str) -> tuple[type, ...]:
    """The dataclasses that the parts of a section are made of; none for a plain value such as the Region.

    `on_premises` and `vpc_block_public_access` count as sections with one part at most.
    """
    hint = hints_of(Design).get(section)
    kinds = choices_of(item_hint(hint) if is_list(hint) else hint)
    return kinds if all(map(is_dataclass, kinds)) else ()


@cache
def list_sections() -> tuple[str, ...]:
    """The sections that are lists of parts, in the order of the design."""
    return tuple(name for name, hint in hints_of(Design).items() if is_list(hint))


@cache
def single_fields() -> tuple[str, ...]:
    """The design's own values: the Region, accounts, and the sections with one part at most."""
    return tuple(name for name, hint in hints_of(Design).items() if not is_list(hint))


@cache
def part_sections() -> tuple[str, ...]:
    """Every section that holds parts, in the order of the design."""
    return tuple(name for name in hints_of(Design) if record_types(name))


def id_field(record: type) -> str:
    """The field that a part goes by: the first one of every dataclass."""
    return next(iter(hints_of(record)))


def id_of(section: str, part: Any) -> str:
    """What a part goes by in its section. It need not be unique, and the only part of its kind has none."""
    return str(getattr(part, id_field(type(part)))) if section in list_sections() else ""


def item_key(item: Any) -> Hashable:
    """What an item goes by in its list: two items with one key are the same one, changed."""
    names = ITEM_KEYS.get(type(item).__name__)
    return (type(item), item if names is None else tuple(getattr(item, name) for name in names))


def parts_of(design: Design, section: str) -> tuple[Any, ...]:
    """The parts of a section."""
    value = getattr(design, section)
    if section in list_sections():
        return tuple(value)
    return () if value is None else (value,)


def fits(hint: Any, value: Any) -> bool:
    """Whether a value is what a type hint asks for."""
    if get_origin(hint) in (Union, UnionType):
        return any(fits(part, value) for part in get_args(hint))
    if is_list(hint):
        return isinstance(value, tuple) and all(fits(item_hint(hint), item) for item in value)
    # True is an int to Python, and no rule number.
    return type(value) is int if hint is int else isinstance(value, hint)
