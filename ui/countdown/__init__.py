"""The time that is left, counted in the browser; Python hears of it once, when it is over."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_mount = st.components.v2.component(
    "countdown",
    html='<p class="left"><span class="words"></span> <time role="timer"></time></p>',
    css=(
        ".left { margin: 0; color: var(--st-text-color); } "
        "time { font-variant-numeric: tabular-nums; font-weight: 600; }"
    ),
    js=(Path(__file__).resolve().parent / "countdown.js").read_text(encoding="utf-8"),
)


def countdown(left_seconds: float, label: str, *, key: str, on_over: Callable[[], None]) -> None:
    """Count down; `on_over` runs before the page does.

    How long is left comes from here, so that a wrong clock in the browser does no harm.
    """
    data = {"left": max(0, round(left_seconds * 1000)), "label": label}
    _mount(key=key, data=data, on_over_change=on_over)
