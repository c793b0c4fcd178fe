"""Whether a lab that is being made can be solved, and the lab to take away: a file, a link, a try."""

from html import escape

import streamlit as st

from ui import lab_builder_state as state
from ui import lab_opening, session, share
from ui.lab_builder_draft import MOST_EDITS, Asked, finished, has_words, look_for_solution, missing
from ui.lab_state import LINK
from vpclab.errors import Problem
from vpclab.learning.lab_exchange import MAX_LINK, encode_lab, lab_text
from vpclab.learning.lab_models import MOST_MOVES, ChoiceMove, Lab, Move
from vpclab.learning.lab_search import Search
from vpclab.sandbox.choice_texts import options
from vpclab.sandbox.given import choice_words
from vpclab.words import Words

FILE_NAME = "lab.yaml"


def check(asked: Asked, t: Words) -> None:
    """Whether it can be solved; then the lab to take away. What was found counts until something changes."""
    st.header(t("builder.check_title"))
    st.markdown(t("builder.check_lead", most=MOST_MOVES))
    lacking = missing(asked)
    limits = {"limit": MOST_EDITS}
    for name in lacking:
        st.info(t(f"builder.missing.{name}", **limits))
    pressed = st.button(
        t("builder.check"), key="builder-check", type="primary", disabled=bool(lacking), width="content"
    )
    if pressed and not lacking:
        with st.spinner(t("builder.checking")):
            found = look_for_solution(asked)
        if isinstance(found, Search):
            state.keep_checked(asked, found)
        else:
            _problems(found, t)
    known = state.checked(asked)
    if known is not None:
        _outcome(known, t)
        if known.moves != ():
            _take_away(asked, known, t)


def _problems(problems: tuple[Problem, ...], t: Words) -> None:
    st.error(t("builder.problems", count=len(problems)), icon=":material/edit_note:")
    lab_opening.problem_list(problems, t)


def _outcome(found: Search, t: Words) -> None:
    """What the search says."""
    if found.moves == ():
        st.warning(t("builder.already"), icon=":material/flag:")
    elif found.moves:
        rows = "".join(
            f"<li><span>{number}.</span><span>{escape(_move_words(move, t))}</span></li>"
            for number, move in enumerate(found.moves, start=1)
        )
        told = escape(t("builder.solvable", count=len(found.moves)))
        kept = escape(t("builder.solution_kept"))
        st.html(f'<div class="vpclab" role="status"><p><b>{told}</b></p><ol>{rows}</ol><p>{kept}</p></div>')
    else:
        key = "unsolvable" if found.is_complete else "unknown"
        st.warning(t(f"builder.{key}", most=MOST_MOVES, walks=found.walks), icon=":material/search_off:")
        st.markdown(t("builder.unsolved_kept"))


def _move_words(move: Move, t: Words) -> str:
    """A move in words; labs that are made here have no others than choices."""
    assert isinstance(move, ChoiceMove)  # noqa: S101 - tells the type checker
    return choice_words(move.choice, move.text, t, tuple(map(str, options(move.choice))))


def _take_away(asked: Asked, found: Search, t: Words) -> None:
    """The lab as a file, as a link, and to be played."""
    st.header(t("builder.take"))
    form, language = state.form(), state.language(t.language)
    if not has_words(form):
        st.info(t("builder.missing.words"))
        return
    lab = finished(form, asked, found, language)
    if not isinstance(lab, Lab):
        _problems(lab, t)
        return
    packed = encode_lab(lab)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            t("builder.file"),
            data=lab_text(lab).encode(),
            file_name=FILE_NAME,
            mime="application/yaml",
            key="builder-file",
            on_click="ignore",
            icon=":material/download:",
        )
        if len(packed) <= MAX_LINK:
            st.button(
                t("builder.play"),
                key="builder-play",
                icon=":material/play_arrow:",
                on_click=session.replace_parameters,
                args=({LINK: packed},),
            )
    if len(packed) > MAX_LINK:
        st.info(t("builder.no_link"))
        return
    link = share.link_of({session.LANGUAGE_PARAMETER: language, LINK: packed}, "labs")
    st.markdown(f"**{t('builder.link')}**")
    share.copy_link(link, t("builder.link"), t, key="builder-copy")
    share.show_qr(link, t("builder.qr"), t)
