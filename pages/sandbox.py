"""Sandbox: change a network, send a request, watch it walk; compare, share, take away."""

import streamlit as st

from ui import changes, comparison, controls, expert, panels, sandbox_bar, sandbox_state, share
from ui.sandbox_state import Side
from ui.scene import scene_of
from ui.scene_view import show_scene
from ui.words import words

t = words()
view = sandbox_state.view()
scenes = {side: scene_of(sandbox_state.setup(side), t) for side in (Side if view.compare else (Side.A,))}
changing = scenes[view.side]

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.title(t("interface.sandbox.title"), width="content")
    st.space("stretch")
    controls.moves(t)
    changes.changes(changing, t)
    sandbox_bar.switches(t)
    share.share(changing, t)
sandbox_bar.link_remarks(t)
sandbox_bar.side_picker(t)
controls.choices(t)
sandbox_bar.lost_edits(changing, t)

if view.compare:
    comparison.side_by_side(scenes[Side.A], scenes[Side.B], t)
else:
    show_scene(changing, t)
if sandbox_state.is_expert():
    expert.expert_view(changing, t)
panels.hops(changing.walk, t)
panels.notes(changing.walk, t)
