"""What an author has put into the lab builder: kept in the session, over reruns, pages and languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import streamlit as st

from vpclab.learning.lab_models import Component, Way
from vpclab.learning.lab_search import Search

BUILD: Final = "build"
"""Query parameter: the network that a lab is made of, as a permalink."""

_FORM: Final = "lab-builder"
_CHECKED: Final = "lab-builder-checked"

HINTS: Final = ("hint-1", "hint-2", "hint-3")

LONGEST: Mapping[str, int] = MappingProxyType(
    {"title": 120, "story": 2_000, "task": 600, "explain": 3_000, **dict.fromkeys(HINTS, 600)}
)
"""The words of a lab, each with the letters that it may have."""

LONGEST_SENTENCE: Final = 300
MOST_GOALS: Final = 10
MOST_USD: Final = Decimal("999999.99")
MOST_GB: Final = 10_000_000


class GoalKind(StrEnum):
    """What a goal can ask for."""

    ANSWERED = "answered"
    STOPPED = "stopped"
    THROUGH = "through"
    PRIVATE = "private"
    PUBLIC = "public"
    PRESENT = "present"
    ABSENT = "absent"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A goal as it is put in; the widgets of a row are called after its `number`.

    Each kind reads what it needs; the rest waits until the kind changes back. An empty `sentence` stands for
    the one that the goal says by itself.
    """

    number: int
    kind: GoalKind = GoalKind.ANSWERED
    way: Way = Way.GATEWAY_ENDPOINT
    component: Component = Component.NAT_GATEWAY
    usd: Decimal = Decimal(50)
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """All that an author decides. None is what is suggested; `language` is empty for the one on display."""

    build: str = ""
    language: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[GoalRow, ...] | None = None
    moves: tuple[str, ...] | None = None
    traffic_gb: int = 0


def form() -> Form:
    """What was put in by now."""
    kept: Form | None = st.session_state.get(_FORM)
    return kept or Form()


def change(**parts: Any) -> None:
    """Keep some parts of the form in place of what they were."""
    st.session_state[_FORM] = replace(form(), **parts)


def arrive(build: str) -> None:
    """Take the network of the address over; the words stay, since an author goes to and fro."""
    if form().build != build:
        change(build=build)


def write(name: str, text: str, language: str) -> None:
    """Keep words; the first ones decide in which language all of them are."""
    texts = {**form().texts, name: text[: LONGEST[name]]}
    change(texts=texts, language=form().language or language)


def start_afresh() -> None:
    """Forget all but the network."""
    st.session_state[_FORM] = Form(build=form().build)
    st.session_state.pop(_CHECKED, None)


def shown(key: str, value: object) -> str:
    """The key of a widget that shows what is kept, whatever the browser has made of it."""
    st.session_state[key] = value
    return key


def typed(key: str, value: str | int | float) -> dict[str, Any]:
    """The same for a field to type into, as its arguments.

    It is set only where it shows something else: what somebody is typing while an answer comes stays. Then
    `value` is what the browser begins with, should the run that set it have been overtaken by another.
    """
    if st.session_state.get(key) != value:
        st.session_state[key] = value
        return {"key": key}
    return {"key": key, "value": value}


def language(displayed: str) -> str:
    """In which language the words are: until somebody writes or chooses, the one on display."""
    return form().language or displayed


# --- goals ---------------------------------------------------------------------------------------------
#
# `suggested` are the goals on display: they are kept with the first change, and what was kept since counts.


def add_goal(suggested: tuple[GoalRow, ...]) -> None:
    """One more goal."""
    rows = _rows(suggested)
    if len(rows) < MOST_GOALS:
        number = max((row.number for row in rows), default=-1) + 1
        change(rows=(*rows, GoalRow(number=number)))


def remove_goal(suggested: tuple[GoalRow, ...], number: int) -> None:
    """One goal less."""
    change(rows=tuple(row for row in _rows(suggested) if row.number != number))


def change_goal(suggested: tuple[GoalRow, ...], number: int, **parts: Any) -> None:
    """Another kind, another part or another sentence for one of the goals."""
    rows = _rows(suggested)
    change(rows=tuple(replace(row, **parts) if row.number == number else row for row in rows))


def _rows(suggested: tuple[GoalRow, ...]) -> tuple[GoalRow, ...]:
    kept = form().rows
    return suggested if kept is None else kept


# --- what was found ------------------------------------------------------------------------------------


def keep_checked(asked: object, found: Search) -> None:
    """Remember what a search has found for what was asked of it."""
    st.session_state[_CHECKED] = (asked, found)


def checked(asked: object) -> Search | None:
    """What was found for exactly this; None when something has changed since, or nothing was searched."""
    kept: tuple[object, Search] | None = st.session_state.get(_CHECKED)
    return kept[1] if kept is not None and kept[0] == asked else None
