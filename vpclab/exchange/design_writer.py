"""A Design and a Request as a case in AWS's own keys, what is at its default left out; and as YAML text.

The way back of `design_file.read_cases`: reading what is written here gives equal values.
"""

from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network
from typing import Any

import yaml

from vpclab.exchange.records import pascal
from vpclab.exchange.yaml_data import scalar
from vpclab.network.design import Design
from vpclab.network.endpoints import GatewayEndpoint
from vpclab.network.filter_rules import PortRange
from vpclab.network.name_servers import ForwardRule
from vpclab.network.policy_document import PolicyDocument, PolicyStatement
from vpclab.network.request import HTTPS, Call, Request


def write_case(design: Design, request: Request, case_id: str) -> dict[str, Any]:
    """The case as plain data, ready for YAML or JSON."""
    return {"id": case_id, "design": write_design(design), "request": write_request(request)}


def write_design(design: Design) -> dict[str, Any]:
    """The `design` of a case."""
    return {
        part.name: write_value(value)
        for part in fields(design)
        if (value := getattr(design, part.name)) != part.default or part.default is MISSING
    }


def write_request(request: Request) -> dict[str, Any]:
    """The `request` of a case."""
    who = _without_none({"from": request.source, "region": request.region})
    if request.is_operation:
        return who | {"operation": request.operation, "calls": [_call(call) for call in request.calls]}
    return who | _call(request.calls[0])


def to_yaml(value: Any) -> str:
    """Plain data as YAML that reads back as the same data, here and by any YAML 1.2 reader."""
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text


def _call(call: Call) -> dict[str, Any]:
    plain = {part.name: write_value(getattr(call, part.name)) for part in fields(call)}
    if call.protocol == "tcp":
        del plain["protocol"]
    if call.port == HTTPS:
        del plain["port"]
    return _without_none(plain)


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def write_value(value: Any) -> Any:
    """A value of the model as plain data."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, StrEnum | IPv4Address | IPv4Network | str):
        return str(value)
    if isinstance(value, tuple):
        return [write_value(item) for item in value]
    if isinstance(value, PortRange):
        return [value.first, value.last]
    if isinstance(value, PolicyDocument):
        return write_policy(value)
    return _record(value)


def _record(record: Any) -> dict[str, Any]:
    assert is_dataclass(record)
    plain: dict[str, Any] = {}
    for part in fields(record):
        value = getattr(record, part.name)
        if value == part.default:
            continue
        # Routes to a prefix list have the one key for both kinds of destination.
        key = "Destination" if part.name == "destination_prefix_list_id" else pascal(part.name)
        is_forwards = isinstance(value, tuple) and value and isinstance(value[0], ForwardRule)
        plain[key] = write_forwards(value) if is_forwards else write_value(value)
        if part.name == "vpc_endpoint_id":
            plain["VpcEndpointType"] = "Gateway" if isinstance(record, GatewayEndpoint) else "Interface"
    return plain


def write_forwards(rules: Iterable[ForwardRule]) -> str:
    """Rules of a DNS server in the grammar of `Dns` and `Forwards`."""
    return "; ".join(f"forward {rule.domain} to {rule.to}" for rule in rules)


def write_policy(document: PolicyDocument) -> dict[str, Any]:
    """A policy as IAM JSON."""
    return {
        "Version": document.version,
        "Statement": [_statement(statement) for statement in document.statements],
    }


def _statement(statement: PolicyStatement) -> dict[str, Any]:
    conditions: dict[str, dict[str, Any]] = {}
    for condition in statement.conditions:
        conditions.setdefault(condition.name, {})[condition.key] = _one_or_list(condition.values)
    written = {
        "Sid": statement.sid,
        "Effect": str(statement.effect),
        "Principal": _principals(statement.principals),
        "NotPrincipal": _principals(statement.not_principals),
        "Action": _one_or_list(statement.actions),
        "NotAction": _one_or_list(statement.not_actions),
        "Resource": _one_or_list(statement.resources),
        "NotResource": _one_or_list(statement.not_resources),
        "Condition": conditions or None,
    }
    return _without_none(written)


def _principals(principals: tuple[str, ...] | None) -> Any:
    if principals is None or principals == ("*",):
        return None if principals is None else "*"
    kinds: dict[str, list[str]] = {}
    for principal in principals:
        kind, colon, name = principal.partition(":")
        # Kinds other than AWS stand in front of the name; an ARN has a colon too.
        if not colon or kind == "arn":
            kind, name = "AWS", principal
        kinds.setdefault(kind, []).append(name)
    return {kind: _one_or_list(tuple(names)) for kind, names in kinds.items()}


def _one_or_list(values: tuple[str, ...] | None) -> Any:
    if values is None:
        return None
    return values[0] if len(values) == 1 else list(values)


class _Dumper(yaml.SafeDumper):
    """SafeDumper that quotes what YAML 1.2 would not read as text, and names nothing by alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        # Lists stand below their key, not beside it.
        super().increase_indent(flow, False)


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    try:
        is_text = isinstance(scalar(text), str)
    except ValueError:
        is_text = False
    style = None if is_text else "'"
    node: yaml.ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
    return node


_Dumper.add_representer(str, _represent_text)
