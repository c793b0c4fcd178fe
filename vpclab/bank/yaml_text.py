"""Data as YAML that every reader understands alike: texts in quotes, ids as they are."""

import re
from decimal import Decimal
from typing import Any

import yaml

from vpclab.bank.records import plain_number

_BARE = re.compile(r"[a-z][a-z0-9-]*")
_NOT_BARE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that some reader of YAML takes for something else than text."""


class _Dumper(yaml.SafeDumper):
    """Writes numbers without exponents, and every text that is not plainly an id in quotes."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    is_bare = _BARE.fullmatch(text) and text not in _NOT_BARE
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_bare else '"')


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    text = plain_number(number)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


def _list(dumper: yaml.SafeDumper, entries: list[Any]) -> yaml.SequenceNode:
    is_short = all(isinstance(entry, str | Decimal | list) for entry in entries)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", entries, flow_style=is_short)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(Decimal, _number)


def to_yaml(data: Any) -> str:
    """The data as one document, in the order that it has."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000_000)
