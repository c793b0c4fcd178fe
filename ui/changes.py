"""What a person has changed since the example that the network started from, in words."""

from functools import lru_cache
from html import escape

import streamlit as st

from ui import session
from ui.controls import option_words
from ui.scene import Scene
from vpclab.edit_words import tell_edit
from vpclab.exchange.permalink import starting_setup
from vpclab.network import Design
from vpclab.network.diff import diff
from vpclab.network.edits import Edit
from vpclab.presets import load_presets
from vpclab.sandbox.ask import ask
from vpclab.sandbox.setup import Setup, design_of
from vpclab.words import Words


def changes(scene: Scene, t: Words) -> None:
    """A popover with every change to the network and the request, and how many there are on its button."""
    start = next((preset for preset in load_presets() if preset.id == scene.setup.start), None)
    begun = starting_setup(start)
    lines = list(_lines(begun, scene, t))
    with st.popover(
        t("sandbox.changes.label", count=len(lines)),
        icon=":material/difference:",
        key=session.widget("changes"),
        type="tertiary",
    ):
        if not lines:
            st.markdown(t("sandbox.changes.none"))
            return
        since = escape(t("sandbox.changes.since", start=t(f"presets.{begun.start}.title")))
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        st.html(f'<div class="vpclab"><p>{since}</p><ul>{items}</ul></div>')


def _lines(begun: Setup, scene: Scene, t: Words) -> list[str]:
    before, now = begun.choices, scene.setup.choices
    lines = [
        t(f"sandbox.changes.{key}", value=option_words(name, str(getattr(now, name)), t))
        for key, name in (("source", "source"), ("request", "destination"))
        if getattr(before, name) != getattr(now, name)
    ]
    if scene.setup.request is not None or (len(lines) == 0 and ask(before) != ask(now)):
        call = scene.walk.told.call
        lines.append(t("sandbox.changes.request", value=f"{call.action} {call.host}"))
    design, _ = design_of(begun)
    return lines + [tell_edit(edit, t) for edit in edits_between(design, scene.design)]


@lru_cache(maxsize=256)
def edits_between(before: Design, after: Design) -> tuple[Edit, ...]:
    """The edits between two networks; kept, since most reruns ask for the same two."""
    return diff(before, after)
