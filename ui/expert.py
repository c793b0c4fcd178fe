"""The expert view: the network and the request as a design file, edited in place."""

from functools import lru_cache
from html import escape

import streamlit as st

from ui import sandbox_state, session
from ui.scene import Scene, operation_words
from vpclab.errors import Problem
from vpclab.exchange.design_writer import to_yaml, write_case
from vpclab.exchange.one_case import OneCase, read_one_case
from vpclab.exchange.problem_text import bracketed, sentence
from vpclab.network import Design, Request
from vpclab.sandbox.setup import typed
from vpclab.words import Words

FILE_NAME = "network.yaml"
HEIGHT = 480
MAX_LETTERS = 300_000


def expert_view(scene: Scene, t: Words) -> None:
    """The design file of the side that is being changed.

    Text that cannot be read is kept, with its mistakes named.
    """
    key = session.widget("expert")
    draft = sandbox_state.draft()
    st.session_state[key] = design_text(scene.design, scene.request) if draft is None else draft

    def apply() -> None:
        _apply(st.session_state[key], scene, t)

    st.header(t("sandbox.expert.title"))
    st.caption(t("sandbox.expert.hint"))
    st.text_area(
        t("sandbox.expert.text"),
        key=key,
        height=HEIGHT,
        max_chars=MAX_LETTERS,
        on_change=apply,
    )
    if draft is not None:
        _problems(read(draft).problems, t)
        st.button(
            t("sandbox.expert.discard"),
            key=session.widget("discard"),
            on_click=lambda: sandbox_state.keep_draft(None),
        )


@lru_cache(maxsize=64)
def design_text(design: Design, request: Request) -> str:
    """The network and the request as a design file with one case."""
    return to_yaml(write_case(design, request, "my-network"))


def _apply(text: str, scene: Scene, t: Words) -> None:
    """Take valid text over; keep any other for the person to mend."""
    if text == design_text(scene.design, scene.request):
        sandbox_state.keep_draft(None)
        return
    found = read(text)
    if found.case is None:
        sandbox_state.keep_draft(text)
        return
    operation = operation_words(scene.setup, t)
    sandbox_state.take(typed(scene.setup, found.case.design, found.case.request, operation=operation))
    sandbox_state.keep_draft(None)


@lru_cache(maxsize=64)
def read(text: str) -> OneCase:
    """Read a text as a design file with one case; kept, since each rerun asks for the same draft."""
    return read_one_case(text, FILE_NAME)


def _problems(problems: tuple[Problem, ...], t: Words) -> None:
    st.error(t("sandbox.expert.problems", count=len(problems)), icon=":material/edit_note:")
    rows = "".join(_row(problem, t) for problem in problems[:50])
    kept = escape(t("sandbox.expert.kept"))
    st.html(f'<div class="vpclab"><ul class="problems">{rows}</ul><p>{kept}</p></div>')


def _row(problem: Problem, t: Words) -> str:
    line = "" if problem.line is None else t("sandbox.expert.line", line=problem.line)
    place = f"<code>{escape(bracketed(problem.path))}</code>" if problem.path else ""
    return f"<li><strong>{escape(line)}</strong> {place} {escape(sentence(problem, t))}</li>"
