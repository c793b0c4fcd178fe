"""The keys of the stage: pressed in the browser, checked and carried out in Python."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from vpclab.words import Words

_HERE = Path(__file__).resolve().parent
_MOST, _LONGEST = 50, 20

_mount = st.components.v2.component(
    "stage_keys",
    html='<div class="black" role="img" hidden></div><div class="clock" role="timer" hidden></div>',
    css=(_HERE / "keys.css").read_text(encoding="utf-8"),
    js=(_HERE / "keys.js").read_text(encoding="utf-8"),
)


def stage_keys(t: Words, *, key: str, hidden: bool, minutes: float, on_press: Callable[[str], None]) -> None:
    """Listen to the keyboard; `on_press` gets each key's meaning, or a digit, before the page runs.

    `hidden` says that the outcome waits for its reveal; after `minutes` the clock warns (0: never).
    """
    seen = f"{key}:seen"

    def answer() -> None:
        told = st.session_state.get(key)
        pressed, number = checked_presses(
            None if told is None else told.get("pressed"), st.session_state.get(seen, 0)
        )
        st.session_state[seen] = number
        for name in pressed:
            on_press(name)

    words = (("black", t("stage.black")),)
    data = {
        "hidden": hidden,
        "minutes": minutes,
        "seen": st.session_state.get(seen, 0),
        "words": words,
    }
    _mount(key=key, data=data, on_pressed_change=answer, height=1)


def checked_presses(sent: object, seen: int) -> tuple[list[str], int]:
    """The keys pressed after the one numbered `seen`, and the number of the last; nonsense is none."""
    presses = sent.get("presses") if isinstance(sent, dict) else None
    pressed: list[str] = []
    number = seen
    for press in presses[:_MOST] if isinstance(presses, list) else ():
        if not isinstance(press, dict):
            continue
        name, count = press.get("key"), press.get("number")
        if isinstance(name, str) and len(name) <= _LONGEST and type(count) is int and number < count < 2**31:
            pressed.append(name)
            number = count
    return pressed, number
