"""Labs that somebody else has made: opened from a link or a file, or told what is wrong with it."""

from functools import lru_cache
from html import escape
from typing import Final

import streamlit as st

from ui import lab_state, sandbox_state, session
from ui.lab_builder_state import BUILD, form
from ui.lab_view import lab_view
from vpclab.errors import Problem
from vpclab.exchange.problem_text import bracketed, printable, sentence
from vpclab.learning.lab_exchange import MAX_CHARACTERS, MAX_LINK, decode_lab, encode_lab, read_lab
from vpclab.learning.lab_models import Lab
from vpclab.words import Words

FROM_FILE: Final = "file"
"""What the address says of a lab of a file that is too long for it: the session has the text."""

_FILE: Final = "lab-file"
_BROKEN: Final = "lab-file-broken"
_OPENED: Final = "lab-opened"

_MOST_BYTES = 4 * MAX_CHARACTERS
_MOST_SHOWN = 20

linked_lab = lru_cache(maxsize=64)(decode_lab)
"""The lab of a link, kept: every run of its page asks for it, and reading it walks its network."""

_read_file = lru_cache(maxsize=16)(read_lab)


def opened_lab(text: str, t: Words) -> None:
    """The lab that the address brings, to be played; else what is wrong with it."""
    lab = _lab_of(text)
    if isinstance(lab, Lab):
        if st.session_state.get(_OPENED) != text:
            # The solution of another lab may stand open, under the same name.
            lab_state.show(lab, None)
            st.session_state[_OPENED] = text
        st.markdown(t("builder.open.by_others"))
        lab_view(lab, t)
        return
    st.title(t("interface.labs.title"))
    if lab is None:
        st.warning(t("builder.open.file_gone"), icon=":material/upload_file:")
    else:
        st.error(t("builder.open.link_broken"), icon=":material/link_off:")
        problem_list(lab, t)
    st.button(
        t("builder.open.all"),
        key="lab-all",
        icon=":material/arrow_back:",
        on_click=session.replace_parameters,
        args=({},),
    )


def _lab_of(text: str) -> Lab | tuple[Problem, ...] | None:
    """The lab, its problems, or None for a file that the session no longer has."""
    if text != FROM_FILE:
        # A long text is not kept: who sends many of them fills nothing.
        return linked_lab(text) if len(text) <= MAX_LINK else decode_lab(text)
    kept: str | None = st.session_state.get(_FILE)
    return None if kept is None else _read_file(kept)


def own_labs(t: Words) -> None:
    """Beside the labs of the course: make one, go on with the one that is being made, open one of a file."""
    build = form().build
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            t("builder.go_on" if build else "builder.make_own"),
            key="lab-build",
            icon=":material/construction:",
            type="tertiary",
            on_click=session.replace_parameters,
            args=({BUILD: build or sandbox_state.address()["s"]},),
        )
        with st.popover(t("builder.open.label"), icon=":material/upload_file:", type="tertiary"):
            _open_file(t)


def _open_file(t: Words) -> None:
    st.file_uploader(
        t("builder.open.file"),
        type=["yaml", "yml"],
        key="lab-upload",
        max_upload_size=1,
        on_change=_take_file,
    )
    problems = st.session_state.get(_BROKEN)
    if problems is None:
        return
    if not problems:
        st.error(t("builder.open.not_read"))
        return
    st.error(t("builder.open.file_broken", count=len(problems)))
    problem_list(problems, t)


def _take_file() -> None:
    """Go to the lab of the file that was given; without one, and with a broken one, stay."""
    st.session_state.pop(_BROKEN, None)
    given = st.session_state["lab-upload"]
    if given is None:
        return
    data = given.getvalue()
    try:
        text = data.decode("utf-8-sig") if len(data) <= _MOST_BYTES else None
    except UnicodeDecodeError:
        text = None
    lab = () if text is None else _read_file(text)
    if not isinstance(lab, Lab):
        st.session_state[_BROKEN] = lab
        return
    packed = encode_lab(lab)
    if len(packed) > MAX_LINK:
        packed, st.session_state[_FILE] = FROM_FILE, text
    st.session_state.pop(_OPENED, None)
    session.replace_parameters({lab_state.LINK: packed})


def problem_list(problems: tuple[Problem, ...], t: Words) -> None:
    """Every problem with its line and place; what they quote is a stranger's."""
    rows = "".join(_row(problem, t) for problem in problems[:_MOST_SHOWN])
    st.html(f'<div class="vpclab"><ul class="problems">{rows}</ul></div>')


def _row(problem: Problem, t: Words) -> str:
    line = "" if problem.line is None else t("builder.open.line", line=problem.line)
    place = bracketed(problem.path[1:])
    code = f"<code>{escape(place)}</code>" if place else ""
    return f"<li><strong>{escape(line)}</strong> {code} {escape(printable(_told(problem, t)))}</li>"


def _told(problem: Problem, t: Words) -> str:
    """What is wrong; codes of lab files have their sentences with those of all content."""
    key = f"content.problem.{problem.code}"
    if t.has(key):
        return t(key, **problem.facts)
    return sentence(problem, t) if t.has(f"problems.{problem.code}") else problem.code
