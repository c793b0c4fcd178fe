"""A form that changes the learner's cookie: it is sent as a page is, not through the websocket."""

from pathlib import Path

import streamlit as st

from vpclab.words import Words

_HERE = Path(__file__).resolve().parent

_mount = st.components.v2.component(
    "learner_form",
    html=(
        '<form method="post"><label></label><div><input name="code" autocomplete="off" '
        'autocapitalize="characters" spellcheck="false" maxlength="40"><input type="hidden" name="lang">'
        '<button type="submit"></button></div></form>'
    ),
    css=(_HERE / "form.css").read_text(encoding="utf-8"),
    js=(_HERE / "form.js").read_text(encoding="utf-8"),
)


def learner_form(
    deed: str, t: Words, *, key: str, button: str, label: str = "", code: str = "", asks: bool = False
) -> None:
    """Show a form for `deed`: `continue` or `erase`. With `asks` it has a box for a code."""
    data = {
        "deed": deed,
        "language": t.language,
        "button": button,
        "label": label,
        "code": code,
        "asks": asks,
    }
    _mount(key=key, data=data)
