"""A search box that answers while one types, and waits while an input method composes.

The browser keeps the text in the address itself, by replacing the present step of its history: a step for
each letter would bury the page that one came from.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from vpclab.learning.search import MAX_QUERY

_HERE = Path(__file__).resolve().parent

_mount = st.components.v2.component(
    "search_box",
    html=(
        '<form class="search" role="search">'
        f'<input type="search" autocomplete="off" spellcheck="false" maxlength="{MAX_QUERY}"></form>'
    ),
    css=(_HERE / "search.css").read_text(encoding="utf-8"),
    js=(_HERE / "search.js").read_text(encoding="utf-8"),
)


def search_box(
    text: str, *, label: str, placeholder: str, parameter: str, key: str, on_type: Callable[[str], None]
) -> None:
    """Show the box with a text; `on_type` gets what a person has typed, before the page runs.

    `parameter` is the name under which the text is kept in the address.
    """

    def typed() -> None:
        told = st.session_state.get(key)
        sent = None if told is None else told.get("typed")
        if isinstance(sent, str):
            on_type(sent[:MAX_QUERY])

    words = (("label", label), ("placeholder", placeholder), ("parameter", parameter))
    _mount(key=key, data={"text": text, "words": words}, on_typed_change=typed)
