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
