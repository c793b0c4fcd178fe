"""Typed names for everything that survives a rerun.

Session state holds plain values (ids, text, numbers); designs are rebuilt from them on each run.
A name that is not in this file is not kept.
"""

from typing import Final

import streamlit as st

from vpclab.sandbox import Choices, from_texts, to_texts

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
    """Return the key of the sandbox widget for one choice."""
    return f"sandbox-{name}"


_CHOICES: Final = "sandbox-choices"
_ADDRESS: Final = "sandbox-address"

VERSION_PARAMETER: Final = "v"
VERSION: Final = "1"
"""Marks an address that carries sandbox choices; a later form of them gets another number."""


def choices() -> Choices:
    """Return the sandbox's choices: those of the address if it is new, else those of this session.

    A link, a refresh and the browser's Back bring an address that this session did not write itself.
    Switching pages drops the parameters, and the session's choices remain.
    """
    here = {name: st.query_params[name] for name in to_texts(Choices()) if name in st.query_params}
    arrived = st.query_params.get(VERSION_PARAMETER) == VERSION and here != st.session_state.get(_ADDRESS)
    if arrived or _CHOICES not in st.session_state:
        keep_choices(from_texts(here))
    return from_texts(st.session_state[_CHOICES])


def keep_choices(chosen: Choices) -> None:
    """Remember the sandbox's choices for the next runs of this session."""
    st.session_state[_CHOICES] = to_texts(chosen)


def address_of(chosen: Choices) -> dict[str, str]:
    """Return the query parameters that open the sandbox with these choices; defaults are left out."""
    default = to_texts(Choices())
    texts = {name: text for name, text in to_texts(chosen).items() if text != default[name]}
    return {VERSION_PARAMETER: VERSION, **texts}


def write_address(chosen: Choices) -> None:
    """Put the choices into the address, so that it can be kept or sent.

    The language goes with them, so that both are one step in the browser's history.
    """
    wanted = address_of(chosen)
    st.session_state[_ADDRESS] = {name: text for name, text in wanted.items() if name != VERSION_PARAMETER}
    wanted = {LANGUAGE_PARAMETER: language() or "", **wanted}
    ours = (LANGUAGE_PARAMETER, VERSION_PARAMETER, *to_texts(Choices()))
    if {name: st.query_params[name] for name in ours if name in st.query_params} != wanted:
        others = {name: text for name, text in st.query_params.items() if name not in ours}
        st.query_params.from_dict({**others, **wanted})
