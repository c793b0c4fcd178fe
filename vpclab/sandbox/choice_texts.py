"""Choices as plain text by name, and back: for addresses, presets and talks.

A truth is `yes` or `no`, several of a kind are joined by `+`, in the order of the kind.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any, get_args, get_type_hints

from vpclab.sandbox.choices import MAX_ZONES, Choices
from vpclab.sandbox.destinations import DESTINATIONS

CHOICES = tuple(part.name for part in fields(Choices))
"""Names of all choices, in the order in which they are offered."""

_TRUTHS = {"yes": True, "no": False}


def to_texts(choices: Choices) -> dict[str, str]:
    """All choices by name."""
    return {name: text_of(getattr(choices, name)) for name in CHOICES}


def from_texts(texts: Mapping[str, str], start: Choices | None = None) -> Choices:
    """`start` (else the defaults) with what can be read of the texts, so that an old link still opens."""
    values = {name: read(name, text) for name, text in texts.items() if name in CHOICES}
    known = {name: value for name, value in values.items() if value is not None}
    return replace(start or Choices(), **known)


def unreadable(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The names in `texts` that are no choice, or whose text names nothing that can be chosen."""
    return tuple(name for name, text in texts.items() if name not in CHOICES or read(name, text) is None)


def options(name: str) -> tuple[Any, ...]:
    """All that can be chosen under a name; for a choice of several, its single members."""
    if name == "destination":
        return tuple(DESTINATIONS)
    if name == "zones":
        return tuple(range(1, MAX_ZONES + 1))
    kind = _kinds()[name]
    if kind is bool:
        return (False, True)
    return tuple(get_args(kind)[0] if get_args(kind) else kind)


def is_several(name: str) -> bool:
    """Whether any number of the options can be chosen at once."""
    return bool(get_args(_kinds()[name]))


def read(name: str, text: str) -> Any:
    """The value that a text stands for; None where it stands for none."""
    if _kinds()[name] is bool:
        return _TRUTHS.get(text)
    by_text = {str(option): option for option in options(name)}
    if not is_several(name):
        return by_text.get(text)
    words = text.split("+") if text else []
    if not set(words) <= by_text.keys():
        return None
    return tuple(option for word, option in by_text.items() if word in words)


def text_of(value: Any) -> str:
    """The text of a value that can be chosen, or of one member of it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "+".join(value) if isinstance(value, tuple) else str(value)


@cache
def _kinds() -> dict[str, Any]:
    return get_type_hints(Choices)
