"""Sandbox: change a network, send a request, watch it walk; compare, share, take away."""

import streamlit as st

from ui import changes, comparison, controls, expert, panels, sandbox_bar, sandbox_state, share
from ui.sandbox_state import Side
from ui.scene import scene_of
from ui.scene_view import show_scene
from ui.words import words

t = words()


@st.fragment
def sandbox() -> None:
    """All that a choice changes; the frame around the page stays as it is."""
    sandbox_state.write_address()
    view = sandbox_state.view()
    sides = Side if view.compare else (Side.A,)
    scenes = {side: scene_of(sandbox_state.setup(side), t) for side in sides}
    changing = scenes[view.side]

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(t("interface.sandbox.title"), width="content")
        st.space("stretch")
        controls.moves(t)
        changes.changes(changing, t)
        sandbox_bar.switches(t)
        share.share(changing, t)
    sandbox_bar.remarks(changing, t)
    sandbox_bar.side_picker(t)
    controls.choices(t)
    if view.compare:
        comparison.side_by_side(scenes[Side.A], scenes[Side.B], t)
    else:
        show_scene(changing, t)
    if sandbox_state.is_expert():
        expert.expert_view(changing, t)
    panels.hops(changing, t, selected=view.step)
    panels.notes(changing.walk, t)


sandbox_state.arrive()
sandbox()
