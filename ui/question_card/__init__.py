"""A question as one component: native controls for every type, keys 1 to 9, Enter; it measures the time.

What is marked and not answered yet stays in the browser, over a refresh too. An answer comes back with an id
of its own, which the browser makes, so that an answer that is sent twice is kept once.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from vpclab.learning.quiz import LONGEST_NUMBER
from vpclab.words import Words

MOST_PARTS = 12
LONGEST_PART = 2 * 80 + 1
MOST_MILLIS = 24 * 3600 * 1000

_EVENT = re.compile(r"[0-9a-f]{32}")
_HERE = Path(__file__).resolve().parent
_WORDS = ("answer", "true", "false", "because", "choose", "several", "order", "match", "number", "keys")

_mount = st.components.v2.component(
    "question_card",
    html=(
        '<div class="question"></div><div class="verdict" role="status"></div><p class="progress" hidden></p>'
    ),
    css=(_HERE / "card.css").read_text(encoding="utf-8"),
    js=(_HERE / "card.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An answer from the browser: its own id, what was answered, how long it took (None: not known)."""

    event: str
    made: tuple[str, ...]
    millis: int | None


class Verdict(NamedTuple):
    """What an answer was worth: `right`, `partly` or `wrong`, and in a sentence."""

    key: str
    sentence: str


def packed(
    *,
    kind: str,
    ask: str,
    choices: Sequence[tuple[str, str]],
    targets: Sequence[tuple[str, str]] = (),
    unit: str = "",
    letters: bool = False,
    apart: bool = False,
    t: Words,
) -> str:
    """What the browser needs of a question, as JSON; texts are HTML of ours, choices go with their ids.

    `letters` names the choices as the picture does; with `apart` what is asked stands elsewhere on the page.
    """
    words: Mapping[str, str] = {name: t(f"practice.card.{name}") for name in _WORDS}
    data = {"kind": kind, "ask": ask, "choices": choices, "targets": targets, "unit": unit, "words": words}
    most = {"letters": letters, "apart": apart, "language": t.language, "longest": LONGEST_NUMBER}
    return json.dumps({**data, **most}, ensure_ascii=False)


def question_card(
    card: str,
    *,
    key: str,
    draft: str,
    on_answer: Callable[[Sent], None],
    answered: bool = False,
    verdict: Verdict | None = None,
    progress: str = "",
    on_next: Callable[[], None] | None = None,
) -> None:
    """Show a question made by `packed`; `on_answer` and `on_next` run before the page does.

    `draft` names the attempt under which the browser keeps what is marked. Once it is `answered` there is
    nothing to choose any more, and Enter goes on; the `verdict` stands in the place of the choices.
    `progress` says how far one is.
    """

    def answer() -> None:
        told = st.session_state.get(key)
        sent = checked(None if told is None else told.get("answered"))
        if sent is not None:
            on_answer(sent)

    def go_on() -> None:
        if (
            on_next is not None
            and st.session_state.get(key) is not None
            and st.session_state[key].get("next")
        ):
            on_next()

    data = {"card": card, "draft": draft, "locked": answered, "verdict": verdict, "progress": progress}
    _mount(key=key, data=data, on_answered_change=answer, on_next_change=go_on)


def checked(sent: object) -> Sent | None:
    """An answer as the browser sent it; None where it makes no sense."""
    if not isinstance(sent, dict):
        return None
    event, made, millis = sent.get("event"), sent.get("made"), sent.get("millis")
    if not isinstance(event, str) or not _EVENT.fullmatch(event):
        return None
    if not isinstance(made, list) or not 0 < len(made) <= MOST_PARTS:
        return None
    if not all(isinstance(part, str) and 0 < len(part) <= LONGEST_PART for part in made):
        return None
    is_time = type(millis) is int and 0 <= millis <= MOST_MILLIS
    return Sent(event=event, made=tuple(made), millis=millis if is_time else None)
