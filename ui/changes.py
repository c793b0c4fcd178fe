"""What a person has changed since the example that the network started from, in words."""

from functools import lru_cache
from html import escape

import streamlit as st

from ui import sandbox_state, session
from ui.choice_board import option_words
from ui.scene import Scene
from vpclab.edit_words import tell_edit
from vpclab.exchange.permalink import starting_setup
from vpclab.network import Design
from vpclab.network.diff import diff
from vpclab.network.edits import Edit
from vpclab.presets import load_presets
from vpclab.sandbox.setup import Setup, design_of
from vpclab.words import Words


def changes(scene: Scene, t: Words) -> None:
    """A button that opens to tell every change since the start, and to go back there."""
    box = st.popover(
        t("sandbox.changes.label"),
        icon=":material/difference:",
        key=session.widget("changes"),
        on_change="rerun",
        type="tertiary",
    )
    if not box.open:
        return
    begun = _start_of(scene.setup)
    asked = _asked(begun, scene)
    edits = edits_between(design_of(begun)[0], scene.design)
    with box:
        _list(begun, [_asked_words(name, scene, t) for name in asked], edits, t)
        st.button(
            t("sandbox.reset"),
            key=session.widget("reset"),
            icon=":material/restart_alt:",
            help=t("sandbox.reset_help"),
            disabled=scene.setup == begun,
            on_click=sandbox_state.reset,
        )


def _list(begun: Setup, asked: list[str], edits: tuple[Edit, ...], t: Words) -> None:
    lines = [*asked, *(tell_edit(edit, t) for edit in edits)]
    if not lines:
        st.html(f'<div class="vpclab"><p>{escape(t("sandbox.changes.none"))}</p></div>')
        return
    since = escape(t("sandbox.changes.since", start=t(f"presets.{begun.start}.title")))
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(f'<div class="vpclab"><p>{since}</p><ul>{items}</ul></div>')


def _start_of(setup: Setup) -> Setup:
    """The setup before any move: that of its example."""
    return starting_setup(next((preset for preset in load_presets() if preset.id == setup.start), None))


def _asked(begun: Setup, scene: Scene) -> list[str]:
    """What of the request differs from the start: who asks, what is asked, or how."""
    before, now = begun.choices, scene.setup.choices
    names = [name for name in ("source", "destination") if getattr(before, name) != getattr(now, name)]
    how = scene.setup.request is not None or (not names and before.asked_name != now.asked_name)
    return [*names, "request"] if how else names


def _asked_words(name: str, scene: Scene, t: Words) -> str:
    if name == "request":
        call = scene.walk.told.call
        return t("sandbox.changes.request", value=f"{call.action} {call.host}")
    return t(f"sandbox.changes.{name}", value=option_words(name, getattr(scene.setup.choices, name), t))


@lru_cache(maxsize=256)
def edits_between(before: Design, after: Design) -> tuple[Edit, ...]:
    """The edits between two networks; kept, since most reruns ask for the same two."""
    return diff(before, after)
