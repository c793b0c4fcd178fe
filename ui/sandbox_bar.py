"""The bar of the sandbox: what stands above the stage besides the choices themselves."""

from dataclasses import replace

import streamlit as st

from ui import sandbox_state, session, stage_state
from ui.sandbox_state import Side
from ui.scene import Scene
from vpclab.words import Words

STAGE_PARAMETER = "stage"


def remarks(scene: Scene, t: Words) -> None:
    """Say what of the link that was opened could not be read, and which edits by hand no longer fit."""
    if scene.lost:
        st.warning(t("sandbox.changes.lost", count=len(scene.lost)), icon=":material/edit_off:")
    parts = sandbox_state.left_out()
    if "version" in parts:
        st.warning(t("sandbox.link.newer"), icon=":material/link_off:")
    elif parts:
        known = (_part_words(part, t) for part in dict.fromkeys(parts))
        st.warning(t("sandbox.link.broken", parts=", ".join(known)), icon=":material/link_off:")


def _part_words(part: str, t: Words) -> str:
    """What a part of a link is called; a name that nobody knows is not repeated."""
    for key in (f"sandbox.link.part.{part}", f"sandbox.{part}.label"):
        if part.isidentifier() and t.has(key):
            return t(key)
    return t("sandbox.link.part.unknown")


def side_picker(t: Words) -> None:
    """While two networks are compared: which one the choices below change."""
    key = session.widget("side")
    st.session_state[key] = str(sandbox_state.view().side)

    def pick() -> None:
        view = sandbox_state.view()
        sandbox_state.keep_view(replace(view, side=Side(st.session_state[key]), step=-1))

    def copy() -> None:
        sandbox_state.take(sandbox_state.setup(Side.A), Side.B)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            t("sandbox.compare.side"),
            [str(side) for side in Side],
            key=key,
            format_func=lambda side: t(f"sandbox.compare.{side}"),
            required=True,
            on_change=pick,
        )
        st.button(
            t("sandbox.compare.copy"), key=session.widget("copy-a-to-b"), on_click=copy, type="tertiary"
        )


def switches(t: Words) -> None:
    """Compare and the expert view, on or off."""
    compare, expert = session.widget("compare"), session.widget("expert-view")
    st.session_state[compare] = sandbox_state.view().compare
    st.session_state[expert] = sandbox_state.is_expert()

    def turn() -> None:
        on = bool(st.session_state[compare])
        view = sandbox_state.view()  # choices and pictures change it without this bar
        # What is changed while comparing is B; A stays what it was.
        sandbox_state.keep_view(replace(view, compare=on, side=Side.B if on else Side.A, step=-1))

    st.toggle(t("sandbox.compare.label"), key=compare, on_change=turn, help=t("sandbox.compare.help"))
    st.toggle(
        t("sandbox.expert.label"),
        key=expert,
        on_change=lambda: sandbox_state.keep_expert(bool(st.session_state[expert])),
        help=t("sandbox.expert.help"),
    )


def stage_button(t: Words) -> None:
    """To the same state as a room sees it. A button, since choices change the state without this bar."""
    if st.button(
        t("sandbox.stage.open"), key=session.widget("to-stage"), icon=":material/slideshow:", type="tertiary"
    ):
        stage_state.show(stage_state.of_sandbox(), t)


def go_to_stage_if_asked(t: Words) -> None:
    """An address with `stage=1` shows its state to a room."""
    if st.query_params.get(STAGE_PARAMETER) == "1":
        stage_state.show(stage_state.of_sandbox(), t)
