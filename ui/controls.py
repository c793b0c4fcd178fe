"""Widgets of the sandbox: each shows what the setup chooses and makes a move when a person changes it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from ui import learner, sandbox_state, session, shell
from ui.choice_board import choice_board
from ui.providers import library
from vpclab.exchange.permalink import encode, starting_setup
from vpclab.presets import Preset, load_presets
from vpclab.sandbox.setup import choose
from vpclab.words import Words

PRESET = "preset"

DOORS_IN_A_ROW = 4


def choices(t: Words) -> None:
    """Every choice of the side that is being changed; a choice is a move, which can be taken back."""

    def choose_all(changed: Mapping[str, Any]) -> None:
        setup = sandbox_state.setup()
        sandbox_state.take(choose(setup, replace(setup.choices, **changed)))

    history = sandbox_state.history(sandbox_state.view().side)
    possible = {"undo": history.past, "redo": history.future}
    choice_board(
        history.present.choices,
        t,
        key=session.widget("choices"),
        on_choose=choose_all,
        moves={"undo": sandbox_state.undo, "redo": sandbox_state.redo},
        possible=tuple(name for name, others in possible.items() if others),
    )


def examples(t: Words) -> None:
    """A menu of ready-made networks; picking one is a move like any other."""
    presets = {preset.id: preset for preset in load_presets()}
    key = session.widget(PRESET)

    def take() -> None:
        preset = presets.get(st.session_state[key] or "")
        if preset is not None:
            sandbox_state.take(starting_setup(preset))

    st.menu_button(
        t("sandbox.preset.label"),
        list(presets),
        key=key,
        format_func=lambda name: t(f"presets.{name}.title"),
        on_click=take,
        icon=":material/menu_book:",
        type="tertiary",
    )


def open_in_sandbox(preset: Preset, label: str, t: Words) -> None:
    """A link that opens an example in the sandbox, in a new tab too."""
    st.page_link(
        shell.PAGES_FOLDER / "sandbox.py",
        label=label,
        icon=":material/arrow_forward:",
        query_params={session.LANGUAGE_PARAMETER: t.language, "s": encode(starting_setup(preset))},
    )


def preset_doors(presets: Sequence[Preset], t: Words) -> None:
    """Links to examples, each with one line of what it shows."""
    for row in range(0, len(presets), DOORS_IN_A_ROW):
        in_row = presets[row : row + DOORS_IN_A_ROW]
        for preset, column in zip(in_row, st.columns(DOORS_IN_A_ROW), strict=False):
            with column, st.container(border=True, height="stretch"):
                open_in_sandbox(preset, f"**{t(f'presets.{preset.id}.title')}**", t)
                st.markdown(t(f"presets.{preset.id}.remark"))


def go_on(t: Words) -> None:
    """The way back to where one left the course; nothing for somebody who has not been there."""
    place = learner.progress().places.get("chapters")
    name, _, step = place.where.partition("/") if place is not None else ("", "", "")
    chapter = library().chapters.get(name)
    if chapter is None:
        return
    st.page_link(
        shell.PAGES_FOLDER / "chapters.py",
        label=t("home.go_on", title=chapter.texts[t.language].title),
        icon=":material/history:",
        query_params={session.LANGUAGE_PARAMETER: t.language, "id": name, "at": step},
    )


def doors(pages: Mapping[str, str], t: Words) -> None:
    """The ways in, side by side: what one can do, and the page for it."""
    for (name, page), column in zip(pages.items(), st.columns(len(pages)), strict=True):
        with column, st.container(border=True, height="stretch"):
            st.page_link(
                shell.PAGES_FOLDER / f"{page}.py",
                label=f"**{t(f'home.door.{name}')}**",
                icon=":material/arrow_forward:",
                query_params={session.LANGUAGE_PARAMETER: t.language},
            )
            st.markdown(t(f"home.door.{name}_about"))
