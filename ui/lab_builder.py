"""The lab builder: a network of the sandbox becomes a lab, with goals, moves and words, and is checked."""

from html import escape
from typing import Any

import streamlit as st

from ui import lab_builder_state as state
from ui import panels, sandbox_state, session, shell
from ui.lab_builder_check import check
from ui.lab_builder_draft import Asked, asked_of
from ui.lab_builder_goals import goals
from ui.scene import scene_of
from vpclab.sandbox.choice_texts import CHOICES
from vpclab.sandbox.given import given
from vpclab.sandbox.setup import Setup
from vpclab.words import Words, languages, load_words


def lab_builder(build: str, t: Words) -> None:
    """The whole form, for the network that the address names."""
    state.arrive(build)
    asked = asked_of(state.form())
    with st.container(key="lab-builder"):
        st.title(t("builder.title"))
        st.markdown(t("builder.lead"))
        _network(build, asked.setup, t)
        _words(t)
        goals(asked.setup, t)
        _moves(asked, t)
        _hints(t)
        check(asked, t)
        _afresh(t)


def _network(build: str, setup: Setup, t: Words) -> None:
    """The network that is handed over, in words; the picture is in the sandbox."""
    found = sandbox_state.decoded(build)
    st.header(t("builder.network"))
    if found.left_out or found.other_version:
        st.warning(t("builder.broken_network"), icon=":material/link_off:")
    if found.setup.request is not None:
        st.info(t("builder.typed_request"))
    panels.verdict(scene_of(setup, t), t, brief=True)
    rows = "".join(f"<li>{escape(line)}</li>" for line in given(setup, t))
    st.html(f'<div class="vpclab"><ul>{rows}</ul></div>')
    st.page_link(
        shell.PAGES_FOLDER / "sandbox.py",
        label=t("builder.sandbox"),
        icon=":material/arrow_back:",
        query_params={session.LANGUAGE_PARAMETER: t.language, "s": build},
        width="content",
    )


# --- words ---------------------------------------------------------------------------------------------


def _text(name: str, t: Words, *, rows: int = 1) -> None:
    key = f"builder-{name}"
    more: dict[str, Any] = {
        **state.typed(key, state.form().texts.get(name, "")),
        "max_chars": state.LONGEST[name],
        "help": t(f"builder.text.{name}_help") if t.has(f"builder.text.{name}_help") else None,
        "on_change": lambda: state.write(name, st.session_state[key], t.language),
    }
    if rows == 1:
        st.text_input(t(f"builder.text.{name}"), **more)
    else:
        st.text_area(t(f"builder.text.{name}"), height=24 + 28 * rows, **more)


def _words(t: Words) -> None:
    st.header(t("builder.words"))
    _text("title", t)
    _text("story", t, rows=3)
    _text("task", t, rows=2)
    _text("explain", t, rows=3)
    key = state.shown("builder-language", state.language(t.language))
    st.segmented_control(
        t("builder.language"),
        languages(),
        key=key,
        format_func=lambda language: load_words(language)("interface.language.name"),
        required=True,
        on_change=lambda: state.change(language=st.session_state[key]),
    )


def _hints(t: Words) -> None:
    with st.expander(t("builder.hints")):
        st.markdown(t("builder.hints_lead"))
        for name in state.HINTS:
            _text(name, t)


# --- moves ---------------------------------------------------------------------------------------------


def _moves(asked: Asked, t: Words) -> None:
    st.header(t("builder.moves"))
    key = state.shown("builder-moves", list(asked.moves))

    def keep() -> None:
        chosen = st.session_state[key]
        state.change(moves=tuple(name for name in CHOICES if name in chosen))

    st.multiselect(
        t("builder.moves_label"),
        CHOICES,
        key=key,
        format_func=lambda name: t(f"sandbox.{name}.label"),
        help=t("builder.moves_help"),
        on_change=keep,
    )
    if state.form().moves is not None:
        st.button(
            t("builder.moves_again"),
            key="builder-moves-again",
            type="tertiary",
            on_click=state.change,
            kwargs={"moves": None},
        )
    traffic = "builder-traffic"
    st.number_input(
        t("builder.traffic"),
        **state.typed(traffic, state.form().traffic_gb),
        min_value=0,
        max_value=state.MOST_GB,
        step=10,
        help=t("builder.traffic_help"),
        on_change=lambda: state.change(traffic_gb=st.session_state[traffic]),
    )


def _afresh(t: Words) -> None:
    with st.popover(t("builder.afresh"), type="tertiary", icon=":material/restart_alt:"):
        st.markdown(t("builder.afresh_means"))
        st.button(t("builder.afresh_now"), key="builder-afresh", on_click=state.start_afresh)
