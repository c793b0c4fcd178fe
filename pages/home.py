"""Home: the two paths to S3 side by side, and the ways on."""

import streamlit as st

from diagrams import draw
from ui import controls, panels
from ui.walk_player import walk_player
from ui.words import words
from vpclab.narrate import headline
from vpclab.network import walk
from vpclab.presets import load_presets
from vpclab.sandbox import ask, build

TWO_ROADS = ("s3-over-nat", "s3-over-gateway-endpoint")

t = words()
st.title(t("interface.home.title"))
st.markdown(t("home.what"))
st.markdown(t("home.lead"))

presets = {preset.id: preset for preset in load_presets()}
for name, column in zip(TWO_ROADS, st.columns(2, gap="large"), strict=True):
    chosen = presets[name].choices
    design = build(chosen)
    journey = walk(design, ask(chosen, operation=t("sandbox.operation")))
    with column:
        st.header(t(f"presets.{name}.title"))
        walk_player(draw(design, journey, t, compact=True), t, key=f"home-{name}", controls=False)
        st.markdown(panels.as_text(headline(journey, t)))
        panels.way_in_figures(journey, t)
        controls.open_in_sandbox(presets[name], t("home.open"), t)

st.header(t("home.more"))
st.markdown(t("home.more_lead"))
controls.preset_doors([preset for preset in presets.values() if preset.id not in TWO_ROADS], t)
