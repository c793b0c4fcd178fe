"""The choices of a network as one component: native controls that the browser shows and Python checks.

A Streamlit widget for each choice would cost the server some thirty messages for every change; this is one.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import streamlit as st

from vpclab.sandbox.choice_texts import CHOICES, is_several, options, read, text_of, to_texts
from vpclab.sandbox.choices import Choices, PrivateDns
from vpclab.sandbox.destinations import DESTINATIONS
from vpclab.sandbox.given import option_words
from vpclab.sandbox.offers import (
    RDS,
    effective,
    interface_services,
    offers_inbound_only,
    tables_of,
    why_not,
    zones_of,
)
from vpclab.words import Words, load_words

FIRST = ("source", "destination", "way_out", "gateway_endpoint", "interface_endpoint")
"""The five choices that are always open."""

GROUPS: Mapping[str, Sequence[str]] = {
    "places": ("zones", "gateway_tables", "interface_zones", "public_access_block"),
    "names": (
        "private_dns",
        "asked_name",
        "dns_support",
        "dns_hostnames",
        "dns_server",
        "hosted_zone",
        "inbound_resolver",
        "site_dns",
        "site_internet",
    ),
    "filters": ("caller_group", "endpoint_group", "network_acl"),
    "policies": ("endpoint_policy", "bucket_policy", "bucket_region"),
}
"""All other choices, by what they are about; each group unfolds."""

Allowed = tuple[tuple[str, tuple[str, ...]], ...]
"""The options that are left of some choices, by name: as pairs, which can be kept."""

MOVES = ("undo", "redo")
"""What can be done with the last change."""

_HERE = Path(__file__).resolve().parent
_MOST_CHANGES, _MOST_MOVES, _MOST_CHANGES_EVER = len(CHOICES), 200, 2**31

_CSS = (_HERE / "board.css").read_text(encoding="utf-8")
_JS = (_HERE / "board.js").read_text(encoding="utf-8")


@cache
def _board(language: str, only: tuple[str, ...]) -> Callable[..., Any]:
    """The component in a language. Its form is ours, and the same for everybody: it is part of the HTML.

    What travels in `data` is hashed twice on the way to the browser, which takes time with every choice.
    """
    # JSON is full of quotation marks and has no apostrophes but in words.
    written = escape(form(language, only), quote=False).replace("'", "&#39;")
    html = f"<div class='board' data-form='{written}'></div>"
    name = "_".join(("choice_board", language, *only))
    return st.components.v2.component(name, html=html, css=_CSS, js=_JS)


def choice_board(
    chosen: Choices,
    t: Words,
    *,
    key: str,
    on_choose: Callable[[Mapping[str, Any]], None],
    moves: Mapping[str, Callable[[], None]] = MappingProxyType({}),
    possible: Sequence[str] = (),
    only: tuple[str, ...] = (),
    allowed: Allowed = (),
) -> None:
    """Show every choice; `on_choose` gets what a person changed, by name, before the page runs.

    A choice that cannot be made stays in its place, switched off, and says why. `moves` does each of `MOVES`,
    of which the `possible` ones can be made now. `only` names the choices to show, without undo and redo;
    `allowed` leaves some of them only these options.
    """
    seen, moved = f"{key}:seen", f"{key}:moved"

    def sent(event: str) -> object:
        told = st.session_state.get(key)
        return told.get(event) if told is not None else None

    def answer() -> None:
        changes, number = checked_changes(sent("chosen"), st.session_state.get(seen, 0))
        if only:
            changes = {
                name: value
                for name, value in changes.items()
                if name in only and _is_allowed(name, value, allowed)
            }
        if changes:
            on_choose(changes)
        # Only now: a newer request ends this at any look into the session, and what was not seen comes again.
        st.session_state[seen] = number

    def move() -> None:
        asked, number = checked_moves(sent("moved"), st.session_state.get(moved, 0))
        st.session_state[moved] = number
        for name in asked:
            if name in moves:
                moves[name]()

    data = {
        "state": state(chosen, t.language, only, allowed),
        "moves": possible,
        "seen": st.session_state.get(seen, 0),
        "moved": st.session_state.get(moved, 0),
    }
    _board(t.language, only)(key=key, data=data, on_chosen_change=answer, on_moved_change=move)


def checked_changes(sent: object, seen: int) -> tuple[dict[str, Any], int]:
    """The changes after the one numbered `seen`, and the number of the last; what makes no sense is none."""
    changes: dict[str, Any] = {}
    number = seen
    told = sent.get("changes") if isinstance(sent, dict) else None
    for change in told[:_MOST_CHANGES] if isinstance(told, list) else ():
        if not isinstance(change, dict):
            continue
        name, text, count = change.get("name"), change.get("value"), change.get("number")
        if (
            name not in CHOICES
            or not isinstance(text, str)
            or type(count) is not int
            or not seen < count < _MOST_CHANGES_EVER
        ):
            continue
        value = read(name, text)
        number = max(number, count)
        if value is not None:
            changes[name] = value
    return changes, number


def checked_moves(sent: object, seen: int) -> tuple[list[str], int]:
    """The moves after the one numbered `seen`, in order, and the number of the last; no others."""
    moves: list[str] = []
    told = sent.get("moves") if isinstance(sent, dict) else None
    for move in told[:_MOST_MOVES] if isinstance(told, list) else ():
        name, count = (move.get("name"), move.get("number")) if isinstance(move, dict) else (None, None)
        if name in MOVES and type(count) is int and seen < count < _MOST_CHANGES_EVER:
            moves.append(name)
            seen = count
    return moves, seen


@lru_cache
def form(language: str, only: tuple[str, ...] = ()) -> str:
    """What can be chosen, with all words, as JSON: everything, or the choices in `only`."""
    t = load_words(language)
    if only:
        chosen = [_choice(name, t) for name in only]
        return json.dumps({"first": chosen, "groups": [], "moves": {}}, ensure_ascii=False)
    groups = [
        {"label": t(f"sandbox.group.{group}"), "choices": [_choice(name, t) for name in names]}
        for group, names in GROUPS.items()
    ]
    moves = {name: t(f"sandbox.{name}") for name in MOVES}
    first = [_choice(name, t) for name in FIRST]
    return json.dumps({"first": first, "groups": groups, "moves": moves}, ensure_ascii=False)


def _choice(name: str, t: Words) -> dict[str, Any]:
    truth = options(name) == (False, True)
    return {
        "name": name,
        "kind": "switch" if truth else "several" if is_several(name) else "one",
        "label": t(f"sandbox.{name}.label"),
        "options": [] if truth else [_option(name, str(option), t) for option in options(name)],
    }


def _option(name: str, text: str, t: Words) -> list[str]:
    """An option's text, what it is called, and for a destination its family."""
    if name != "destination":
        return [text, option_words(name, text, t)]
    return [text, option_words(name, text, t), t(f"destinations.family.{DESTINATIONS[text].family}")]


def _is_allowed(name: str, value: Any, allowed: Allowed) -> bool:
    """Whether every option in a value may be chosen."""
    texts = dict(allowed).get(name)
    return texts is None or set(text_of(value).split("+")) <= {*texts, ""}


@lru_cache(maxsize=1024)
def state(chosen: Choices, language: str, only: tuple[str, ...] = (), allowed: Allowed = ()) -> str:
    """Each choice as JSON: its value, whether it is off, what is told below it, its options if not all."""
    t = load_words(language)
    reasons = why_not(chosen)
    texts, plain = to_texts(chosen), to_texts(effective(chosen))
    told = [
        {
            "name": name,
            "value": plain[name] if name in reasons or name == "private_dns" else texts[name],
            "off": name in reasons,
            "told": t(f"sandbox.why_not.{reasons[name]}") if name in reasons else _told(name, chosen, t),
            "shown": _left(name, _shown(name, chosen), allowed),
        }
        for name in only or CHOICES
    ]
    return json.dumps(told, ensure_ascii=False)


def _told(name: str, chosen: Choices, t: Words) -> str:
    """What is told below a choice that can be made; the first five stay short until they are chosen."""
    if name == "interface_endpoint":
        if not chosen.interface_endpoint:
            return ""
        services = ", ".join(interface_services(chosen.destination))
        key = "help_rds" if chosen.destination == RDS else "help"
        return t(f"sandbox.interface_endpoint.{key}", services=services)
    if name == "gateway_endpoint" and not chosen.gateway_endpoint:
        return ""
    if name == "destination":
        return t(f"destinations.{chosen.destination}.about")
    return "" if name in FIRST and name != "gateway_endpoint" else t(f"sandbox.{name}.help")


def _left(name: str, shown: list[str], allowed: Allowed) -> list[str]:
    """Of the options that are shown those that are allowed; an empty list stands for all."""
    texts = dict(allowed).get(name)
    if texts is None:
        return shown
    return [text for text in shown if text in texts] if shown else list(texts)


def _shown(name: str, chosen: Choices) -> list[str]:
    """The options that can be chosen now: zones and tables that the VPC has."""
    if name == "interface_zones":
        return [str(zone) for zone in zones_of(chosen)]
    if name == "gateway_tables":
        return [str(table) for table in tables_of(chosen)]
    if name == "private_dns" and not offers_inbound_only(chosen):
        return [str(option) for option in PrivateDns if option is not PrivateDns.INBOUND]
    return []
