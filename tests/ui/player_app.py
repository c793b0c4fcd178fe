"""A page of the tests' own around the walk player: what Python got stands beside the picture as text.

The address chooses: `?lang=ja&preset=<id>&name=<the caller's id>`, and with any value `room`, `bare`,
`predict`, `deaf` (nobody listens), `twin` (a second player) and `evil` (an SVG with all that must not get
through).
"""

from dataclasses import replace

import streamlit as st

from diagrams import draw
from ui.walk_player import Move, walk_player
from vpclab.network import Leg, walk
from vpclab.presets import load_presets
from vpclab.sandbox import ask, build
from vpclab.words import load_words

EVIL = """<script>window.hacked = 1</script><image href="x" onerror="window.hacked = 1"/>
<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="window.hacked = 1"/></foreignObject>
<a href="javascript:window.hacked = 1"><text id="bait" onclick="window.hacked = 1">bait</text></a>
<g id="odd" onload="window.hacked = 1" style="fill: url(https://vpc.test/x)" fill="u\\72l(https://vpc.test/x)"/>
<style>* { display: none }</style><set attributeName="onload" to="window.hacked = 1"/><use href="#bait"/>"""

asked = st.query_params
t = load_words(asked.get("lang", "en"))
kept = st.session_state
presets = {preset.id: preset.choices for preset in load_presets()}
names = [asked.get("preset", "s3-over-nat"), "s3-over-gateway-endpoint", "endpoint-group-without-rules"]


def move(made: Move) -> None:
    if made.step is not None:
        kept["step"] = made.step
    if made.leg is not None:
        kept["leg"] = made.leg
    kept["moves"] = kept.get("moves", 0) + 1


def change() -> None:
    kept["design"] = (kept.get("design", 0) + 1) % len(names)


st.button("Change", on_click=change)
st.button("Forget", on_click=lambda: kept.update(step=-1))
hidden = st.checkbox("Hide")
st.text_input("Note")
st.radio("Colour", ("red", "green"), key="colour")

choices = presets[names[kept.get("design", 0)]]
design, request = build(choices), ask(choices)
if "name" in asked:
    named = {request.source: asked["name"]}
    workloads = tuple(replace(one, id=named.get(one.id, one.id)) for one in design.workloads)
    design, request = replace(design, workloads=workloads), replace(request, source=asked["name"])
journey = walk(design, request)
leg = Leg(kept.get("leg", Leg.FORWARD))
step = kept.get("step", -1)
drawing = draw(design, None if "predict" in asked else journey, t, leg=leg)
if "evil" in asked:
    drawing = replace(drawing, svg=drawing.svg.replace("</desc>", f"</desc>{EVIL}"))
if not hidden:
    walk_player(
        drawing,
        t,
        key="player",
        step=step,
        leg=leg,
        has_return=journey.reachable,
        on_move=None if "deaf" in asked else move,
        controls="bare" not in asked,
        room="room" in asked,
        predict="predict" in asked,
    )
if "twin" in asked:
    walk_player(drawing, t, key="twin")
hops = journey.told.hops
chosen = t(f"walk.kind.{hops[step].kind}") if 0 <= step < len(hops) else "nothing"
st.text(f"chosen: {chosen}")
st.text(f"leg: {leg}")
st.text(f"moves: {kept.get('moves', 0)}")
st.html('<div style="height: 1200px">below</div>')
