"""The `request` of a case: who asks, and one call or an operation made of several."""

from collections.abc import Mapping
from typing import Any

from vpclab.exchange.addresses import address, host_name
from vpclab.exchange.reading import (
    INVALID,
    Notebook,
    Reader,
    is_absent,
    list_of,
    mapping,
    one_of,
    port,
    reference_to,
    shown,
    text,
)
from vpclab.exchange.records import Key, fill
from vpclab.network.request import Call, Request

MAX_CALLS = 50


def _principal(notebook: Notebook, value: Any) -> Any:
    given = text(notebook, value)
    if given is INVALID or (given.startswith("arn:") and given.count(":") >= 5):
        return given
    return notebook.tell("not_an_arn", value=shown(given))


def _key(name: str, read: Reader, *, required: bool = False, field: str | None = None) -> Key:
    return Key(key=name, field=field or name, read=read, required=required)


_CALL: Mapping[str, Key] = {
    key.key: key
    for key in (
        _key("service", text, required=True),
        _key("action", text, required=True),
        _key("resource", text, required=True),
        _key("host", host_name, required=True),
        _key("protocol", one_of("tcp", "udp", "icmp")),
        _key("port", port),
        _key("public_dns_answer", address),
        _key("principal", _principal),
    )
}
_CALL_OF_OPERATION: Mapping[str, Key] = {**_CALL, "region": _key("region", text)}
_WHO: Mapping[str, Key] = {
    "from": _key("from", reference_to("workloads"), required=True, field="source"),
    "region": _key("region", text),
}


def _call(notebook: Notebook, value: Any) -> Any:
    given = mapping(notebook, value, _CALL_OF_OPERATION)
    values = None if given is None else fill(notebook, given, _CALL_OF_OPERATION)
    return INVALID if values is None else Call(**values)


_OPERATION: Mapping[str, Key] = {
    "operation": _key("operation", text, required=True),
    "calls": _key("calls", list_of(_call, limit=MAX_CALLS), required=True),
}


def request(notebook: Notebook, value: Any) -> Any:
    """A Request. The keys of a call stand beside `from`, or, for an operation, in its `calls`."""
    if isinstance(value, dict) and not (is_absent(value.get("calls")) and is_absent(value.get("operation"))):
        return _operation(notebook, value)
    given = mapping(notebook, value, [*_WHO, *_CALL, "operation", "calls"])
    if given is None:
        return INVALID
    who, call = fill(notebook, given, _WHO), fill(notebook, given, _CALL)
    if who is None or call is None:
        return INVALID
    return Request(calls=(Call(**call),), **who)


def _operation(notebook: Notebook, given: dict[str, Any]) -> Any:
    before = len(notebook.problems)
    mapping(notebook, given, [*_WHO, *_CALL, "operation", "calls"])
    for key in _CALL:
        if not is_absent(given.get(key)):
            notebook.tell("key_belongs_in_calls", key, name=key)
    who, what = fill(notebook, given, _WHO), fill(notebook, given, _OPERATION)
    if len(notebook.problems) > before or who is None or what is None:
        return INVALID
    return Request(**who, **what)
