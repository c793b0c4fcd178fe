"""The picture of a walk as a component: inline SVG that follows the theme and is replaced without a flash.

The component is registered once, at import. Everything that can differ travels in `data`; nothing of a
learner's ever becomes HTML or script, since the browser parses the SVG as data and keeps known elements only.
"""

from pathlib import Path

import streamlit as st

from diagrams import Drawing, theme

_HERE = Path(__file__).resolve().parent

_mount = st.components.v2.component(
    "walk_player",
    html='<div class="stage"></div>',
    css=(_HERE / "player.css").read_text(encoding="utf-8") + theme.css("component"),
    js=(_HERE / "player.js").read_text(encoding="utf-8"),
)


def walk_player(drawing: Drawing, *, key: str) -> None:
    """Show a drawing; with the same `key` a new drawing takes the place of the old one."""
    _mount(key=key, data={"svg": drawing.svg, "width": drawing.width})
