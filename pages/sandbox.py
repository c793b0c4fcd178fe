"""Sandbox: change a design, send a request, watch it walk."""

import streamlit as st

from diagrams import draw
from ui import controls, panels, session
from ui.walk_player import walk_player
from ui.words import words
from vpclab.network import walk
from vpclab.sandbox import ask, build

t = words()
st.title(t("interface.sandbox.title"))

chosen = controls.choices(t)
session.write_address(chosen)

design = build(chosen)
journey = walk(design, ask(chosen, operation=t("sandbox.operation")))

panels.verdict(design, journey, t)
walk_player(draw(design, journey, t), t, key="sandbox-stage")
panels.hops(journey, t)
panels.notes(journey, t)
