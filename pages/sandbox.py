"""Sandbox: change a network, send a request, watch it walk; compare, share, take away."""

import streamlit as st

from ui import changes, comparison, controls, expert, panels, sandbox_bar, sandbox_state, share
from ui.sandbox_state import Side
from ui.scene import Scene, scene_of
from ui.scene_view import show_scene
from ui.words import words

t = words()


def scenes() -> dict[Side, Scene]:
    """What stands on the stage: one network, or two that are compared."""
    sides = Side if sandbox_state.view().compare else (Side.A,)
    return {side: scene_of(sandbox_state.setup(side), t) for side in sides}


def bar() -> None:
    """What a choice does not change: it stays as it is while choices are made."""
    changing = scenes()[sandbox_state.view().side]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(t("interface.sandbox.title"), width="content")
        st.space("stretch")
        controls.examples(t)
        changes.changes(changing, t)
        sandbox_bar.switches(t)
        share.share(changing, t)
        sandbox_bar.stage_button(t)


@st.fragment
def stage() -> None:
    """The choices and all that they change."""
    sandbox_state.write_address()
    shown, view = scenes(), sandbox_state.view()
    changing = shown[view.side]
    sandbox_bar.remarks(changing, t)
    if view.compare:
        sandbox_bar.side_picker(t)
    controls.choices(t)
    if view.compare:
        comparison.side_by_side(shown[Side.A], shown[Side.B], t)
    else:
        show_scene(changing, t)
    if sandbox_state.is_expert():
        expert.expert_view(changing, t)
    panels.hops(changing, t, selected=view.step)


sandbox_state.arrive()
sandbox_bar.go_to_stage_if_asked(t)
bar()
stage()
