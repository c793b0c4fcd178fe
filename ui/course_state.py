"""What the course keeps over a rerun: the depth, guesses, answers, and what was tried on each stage."""

from collections.abc import Mapping

import streamlit as st

from ui import session
from ui.reading import DEPTHS
from vpclab.sandbox.choice_texts import from_texts, to_texts
from vpclab.sandbox.choices import Choices

DEPTH_PARAMETER = "depth"


def depth() -> str:
    """How detailed the texts are. The address alone says it, so that Back takes back what was chosen last."""
    asked = st.query_params.get(DEPTH_PARAMETER)
    return str(asked) if asked in DEPTHS else DEPTHS[0]


def keep_depth(chosen: str) -> None:
    """Write a depth into the address; the usual one is left out."""
    if chosen == DEPTHS[0]:
        st.query_params.pop(DEPTH_PARAMETER, None)
    else:
        st.query_params[DEPTH_PARAMETER] = chosen


def go(page: str, name: str, part: str) -> None:
    """Follow a link inside the course."""
    if page == "sandbox":
        session.ask_for_page(page, {"s": f"2.{name}"})
        return
    wanted = {"id": name, **({"at": part} if part else {})}
    if page == "chapters" and depth() != DEPTHS[0]:
        wanted[DEPTH_PARAMETER] = depth()
    session.ask_for_page(page, wanted)


def tried(stage: str, start: Choices) -> Choices:
    """The choices that were tried on a stage, else those that it starts with."""
    texts: Mapping[str, str] = st.session_state.get(f"course-tried:{stage}", {})
    return from_texts(texts, start)


def keep_tried(stage: str, choices: Choices | None) -> None:
    """Remember what was tried on a stage; None goes back to the start."""
    if choices is None:
        st.session_state.pop(f"course-tried:{stage}", None)
    else:
        st.session_state[f"course-tried:{stage}"] = to_texts(choices)
    keep_step(stage, -1)


def step(stage: str) -> int:
    """The decision that is open on a stage; -1 for none."""
    return int(st.session_state.get(f"course-step:{stage}", -1))


def keep_step(stage: str, number: int) -> None:
    """Remember the decision that is open."""
    st.session_state[f"course-step:{stage}"] = number


def guess(stage: str) -> str | None:
    """What was guessed before the walk; None before that."""
    made: str | None = st.session_state.get(f"course-guess:{stage}")
    return made


def keep_guess(stage: str, made: str) -> None:
    """Remember a guess."""
    st.session_state[f"course-guess:{stage}"] = made


ASKED_AGAIN: tuple[str, ...] = ()
"""What stands for an answer that was taken back."""


def answer(question: str) -> tuple[str, ...] | None:
    """What was answered in this session; None before that, `ASKED_AGAIN` once it was taken back."""
    made: tuple[str, ...] | None = st.session_state.get(f"course-answer:{question}")
    return made


def keep_answer(question: str, made: tuple[str, ...]) -> None:
    """Remember an answer for this session."""
    st.session_state[f"course-answer:{question}"] = made


def ask_again(question: str) -> None:
    """Take an answer back: the next attempt is another one."""
    keep_answer(question, ASKED_AGAIN)
    st.session_state[f"course-attempt:{question}"] = attempt(question) + 1


def attempt(question: str) -> int:
    """Which attempt at a question this is, counted from 0."""
    return int(st.session_state.get(f"course-attempt:{question}", 0))
