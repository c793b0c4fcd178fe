"""Dataclasses of the model read by their type hints: `vpc_id` of `Subnet` is the key `VpcId`.

A field without default is a required key. What the hints cannot say is registered by `special_readers`.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from ipaddress import IPv4Address, IPv4Network
from typing import Any, Union, get_args, get_origin, get_type_hints

from vpclab.exchange.addresses import address, cidr
from vpclab.exchange.reading import (
    INVALID,
    Notebook,
    Reader,
    boolean,
    integer,
    is_absent,
    list_of,
    mapping,
    missing,
    reference_to,
    text,
    word_of,
)

# Fields that name something in another section, unless they are the record's own id (its first field).
REFERENCES = {
    "vpc_id": "vpcs",
    "requester_vpc_id": "vpcs",
    "accepter_vpc_id": "vpcs",
    "vpc_ids": "vpcs",
    "subnet_id": "subnets",
    "subnet_ids": "subnets",
    "route_table_ids": "route_tables",
    "prefix_list_id": "prefix_lists",
    "groups": "security_groups",
    "source_group": "security_groups",
    "destination_group": "security_groups",
    "vpn_gateway_id": "vpn_gateways",
    "associations": "vpc_attachments",
}
# Records whose first field is an id of their own although its name is in the table above.
_OWN_ID = frozenset({"Vpc", "Subnet", "PrefixList", "VpnGateway"})

_SIMPLE: dict[Any, Reader] = {
    str: text,
    bool: boolean,
    int: integer,
    IPv4Address: address,
    IPv4Network: cidr,
}

Check = Callable[[Notebook, dict[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of a record: how it is written, the field it fills, how its value is read."""

    key: str
    field: str
    read: Reader
    required: bool


def pascal(name: str) -> str:
    """AWS's spelling of a field name: `vpc_id` is `VpcId`."""
    return "".join(part.capitalize() for part in name.split("_"))


@cache
def keys_of(record: type, spelled: Callable[[str], str] = pascal) -> Mapping[str, Key]:
    """The keys of a record, in the order of its fields, each as `spelled`."""
    hints = get_type_hints(record)
    keys = {}
    for position, part in enumerate(fields(record)):
        required = part.default is MISSING and part.default_factory is MISSING
        own_id = position == 0 and record.__name__ in _OWN_ID
        reader = _reader_of(record, part.name, hints[part.name], own_id=own_id)
        key = spelled(part.name)
        keys[key] = Key(key=key, field=part.name, read=reader, required=required)
    return keys


def _reader_of(record: type, name: str, hint: Any, *, own_id: bool) -> Reader:
    # Imported late: the special readers are themselves made of records.
    from vpclab.exchange.special_readers import BY_FIELD, BY_TYPE

    special = BY_FIELD.get((record.__name__, name))
    if special is not None:
        return special
    if name in REFERENCES and not own_id:
        reference = reference_to(REFERENCES[name])
        return list_of(reference) if get_origin(hint) is tuple else reference
    return reader_of_hint(hint, BY_TYPE)


def reader_of_hint(hint: Any, special: Mapping[Any, Reader]) -> Reader:
    """The reader for a type hint."""
    if hint in special:
        return special[hint]
    if get_origin(hint) in (Union, types.UnionType):
        inner = next(part for part in get_args(hint) if part is not types.NoneType)
        return reader_of_hint(inner, special)
    if get_origin(hint) is tuple:
        return list_of(reader_of_hint(get_args(hint)[0], special))
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return word_of(hint)
    assert is_dataclass(hint)
    return record_of(hint)


def record_of(record: Any, check: Check | None = None) -> Reader:
    """Reader of a mapping as one dataclass; `check` sees the mapping whatever its values are."""

    def read(notebook: Notebook, value: Any) -> Any:
        keys = keys_of(record)
        given = mapping(notebook, value, keys)
        if given is None:
            return INVALID
        if check is not None:
            check(notebook, given)
        values = fill(notebook, given, keys)
        return INVALID if values is None else record(**values)

    return read


def fill(notebook: Notebook, given: Mapping[str, Any], keys: Mapping[str, Key]) -> dict[str, Any] | None:
    """Field values by field name, defaults left out; None after noting what is missing or wrong."""
    values: dict[str, Any] = {}
    sound = True
    for key in keys.values():
        raw = given.get(key.key)
        if is_absent(raw):
            sound = not (key.required and missing(notebook, given, key.key)) and sound
            continue
        found = notebook.at(key.key, key.read, raw)
        if found is INVALID:
            sound = False
        else:
            values[key.field] = found
    return values if sound else None
