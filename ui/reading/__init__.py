"""Course text as a component: terms and facts open notes, links stay in the session, depths change in place.

Both depths travel at once, so that changing the depth needs no answer from Python; the browser keeps the
section where it is while everything above it grows or shrinks, also when the language changes.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from vpclab.words import Words

DEPTHS = ("easy", "deep")

_HERE = Path(__file__).resolve().parent
_LINK = re.compile(r"(chapters|faq|glossary|sandbox|labs)/([a-z0-9-]{1,80})(?:/([a-z0-9-]{1,80}))?")

_mount = st.components.v2.component(
    "reading",
    html='<div class="reading"></div><div class="note" popover="manual" role="dialog" tabindex="-1"></div>',
    css=(_HERE / "reading.css").read_text(encoding="utf-8"),
    js=(_HERE / "reading.js").read_text(encoding="utf-8"),
)


def packed(html: str, notes: dict[str, str], t: Words, *, deep: str = "") -> str:
    """What the browser needs of a text, as JSON: it is hashed and sent as it is, and worth keeping.

    `html` is the only depth, or the easy one where there is a `deep` one.
    """
    words = {"copy": t("course.copy"), "copied": t("course.copied"), "language": t.language}
    return json.dumps({"easy": html, "deep": deep, "notes": notes, "words": words}, ensure_ascii=False)


def reading(
    text: str,
    *,
    key: str,
    on_go: Callable[[str, str, str], None],
    depth: str = "easy",
    on_depth: Callable[[str], None] | None = None,
    top: bool = False,
) -> None:
    """Show a text made by `packed`; `on_go` gets the page, the id and the part of it that a link leads to.

    `on_depth` gets the depth that was asked for. `top` shows the page from its top when this text is new.
    """

    def go() -> None:
        found = checked_link(_sent(key, "go"))
        if found is not None:
            on_go(*found)

    def change_depth() -> None:
        asked = _sent(key, "depth")
        if on_depth is not None and asked in DEPTHS:
            on_depth(str(asked))

    _mount(
        key=key,
        data={"text": text, "depth": depth, "top": top},
        on_go_change=go,
        on_depth_change=change_depth,
    )


def checked_link(sent: object) -> tuple[str, str, str] | None:
    """The page, the id and the part that a link from the browser leads to; None where it makes no sense."""
    found = _LINK.fullmatch(sent) if isinstance(sent, str) else None
    return None if found is None else (found[1], found[2], found[3] or "")


def _sent(key: str, event: str) -> object:
    told = st.session_state.get(key)
    return None if told is None else told.get(event)
