"""Home: the two paths to S3 side by side, and the ways on."""

import streamlit as st

from ui import controls, panels
from ui.scene import picture_of, scene_of
from ui.walk_player import walk_player
from ui.words import words
from vpclab.exchange.permalink import starting_setup
from vpclab.markdown import as_text
from vpclab.narrate import headline
from vpclab.presets import load_presets

TWO_ROADS = ("s3-over-nat", "s3-over-gateway-endpoint")

t = words()
st.title(t("interface.home.title"))
st.markdown(t("home.what"))
st.markdown(t("home.lead"))

controls.go_on(t)
controls.doors({"learn": "chapters", "look": "faq", "try": "sandbox"}, t)

presets = {preset.id: preset for preset in load_presets()}
for name, column in zip(TWO_ROADS, st.columns(2, gap="large"), strict=True):
    scene = scene_of(starting_setup(presets[name]), t)
    with column:
        st.header(t(f"presets.{name}.title"))
        walk_player(picture_of(scene, t, compact=True), t, key=f"home-{name}", controls=False)
        st.markdown(as_text(headline(scene.walk, t)))
        panels.way_in_figures(scene.walk, t)
        controls.open_in_sandbox(presets[name], t("home.open"), t)

st.header(t("home.more"))
st.markdown(t("home.more_lead"))
controls.preset_doors([preset for preset in presets.values() if preset.id not in TWO_ROADS], t)
