"""Typed names for everything that survives a rerun.

What the sandbox keeps is in `sandbox_state`, what the stage keeps in `stage_state`; components number what
they have answered under their own keys. Designs are rebuilt from what is kept.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import streamlit as st

LANGUAGE_PICKER: Final = "language-picker"
"""Key of the language picker; the widget's own state."""

_LANGUAGE: Final = "language"

LANGUAGE_PARAMETER: Final = "lang"


def language() -> str | None:
    """Return the language in use, or None before the first run has chosen one."""
    chosen: str | None = st.session_state.get(_LANGUAGE)
    return chosen


def keep_language(chosen: str) -> None:
    """Remember the language for the next runs of this session."""
    st.session_state[_LANGUAGE] = chosen


_ASKED_PAGE: Final = "asked-page"


def ask_for_page(page: str, parameters: Mapping[str, str]) -> None:
    """Remember a page that a component's link leads to; the run that follows goes there."""
    st.session_state[_ASKED_PAGE] = (page, dict(parameters))


def asked_page() -> tuple[str, dict[str, str]] | None:
    """Return the page that a link has asked for, once."""
    asked: tuple[str, dict[str, str]] | None = st.session_state.pop(_ASKED_PAGE, None)
    return asked


def widget(name: str) -> str:
    """Return the key of a widget of the sandbox or the stage."""
    return f"sandbox-{name}"


def write_parameters(wanted: Mapping[str, str], *, ours: Iterable[str]) -> None:
    """Put a page's parameters into the address, with the language; of `ours` those not wanted go.

    Each writing of the address is a step in the browser's history, so everything goes in one, and only when
    something differs.
    """
    wanted = {LANGUAGE_PARAMETER: language() or "", **wanted}
    names = {LANGUAGE_PARAMETER, *ours}
    here = st.query_params.to_dict()
    if {name: text for name, text in here.items() if name in names} != wanted:
        others = {name: text for name, text in here.items() if name not in names}
        st.query_params.from_dict({**others, **wanted})


def replace_parameters(wanted: Mapping[str, str], *, kept: Iterable[str] = ()) -> None:
    """Leave only these parameters in the address, those `kept` as they are, and the language."""
    here = st.query_params.to_dict()
    names = {LANGUAGE_PARAMETER, *kept}
    wanted = {**{name: text for name, text in here.items() if name in names}, **wanted}
    if here != wanted:
        st.query_params.from_dict(wanted)
