"""The picture of a walk as a component: select a hop, play the walk, zoom, save.

The component is registered once, at import. Everything that can differ travels in `data`; nothing of a
learner's ever becomes HTML or script, since the browser parses the SVG as data and keeps known elements only.
What comes back from the browser is checked as anything from outside is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st

from diagrams import Drawing, theme
from vpclab.network import Leg
from vpclab.words import Words, load_words

NOTHING = -1
"""The step at which no hop is selected."""

MOST, MOST_IN_A_ROOM = 1.8, 4
"""How far a picture grows to fill its box."""

LEAST = 0.8
"""How far a picture shrinks to fit its box; a wider one scrolls, so that its words stay legible."""

_HERE = Path(__file__).resolve().parent
_MOST_MOVES = 2**31

# Strokes of the buttons' icons on 24 x 24, in the groups in which the buttons stand.
_ICONS = (
    {"previous": "M15 5l-7 7 7 7", "next": "M9 5l7 7-7 7"},
    {"play": "M7 4l13 8-13 8z", "return": "M9 5l-5 5 5 5M4 10h10a6 5 0 0 1 0 10h-4"},
    {
        "zoom_out": "M5 12h14",
        "fit": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M9 12h6",
        "zoom_in": "M12 5v14M5 12h14",
    },
    {
        "motion": "M3 8c3-4 6 4 9 0s6 4 9 0M3 16c3-4 6 4 9 0s6 4 9 0",
        "download": "M12 4v11M7 11l5 5 5-5M4 20h16",
        "full": "M9 4H4v5M4 4l6 6M15 20h5v-5M20 20l-6-6",
    },
)
_PAUSE = '<path class="of-pause" d="M8 5v14M16 5v14"/>'  # on the play button, in place of its own icon
_NAMED = ("return",)  # buttons whose icon alone would be a riddle
_TEXTS = ("toolbar", "stage", "failed", "keys", "pause", *(name for group in _ICONS for name in group))


def _button(name: str, strokes: str) -> str:
    look = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    paths = f'<path class="of-{name}" d="{strokes}"/>{_PAUSE if name == "play" else ""}'
    icon = f'<svg viewBox="0 0 24 24" aria-hidden="true" {look}>{paths}</svg>'
    hidden = "" if name in _NAMED else " hidden"
    return f'<button type="button" data-does="{name}">{icon}<span{hidden}></span></button>'


def _toolbar() -> str:
    groups = [[_button(name, strokes) for name, strokes in group.items()] for group in _ICONS]
    groups[0].insert(1, '<span class="at"></span>')
    return "".join(f"<div>{''.join(group)}</div>" for group in groups)


HTML = (
    f'<div class="player"><div class="bar" role="toolbar">{_toolbar()}</div>'
    '<div class="stage" role="group"><div class="sheet"></div></div>'
    '<p class="say" role="status"></p><p class="keys"></p></div>'
)
CSS = theme.css("component") + (_HERE / "player.css").read_text(encoding="utf-8")
JS = (_HERE / "player.js").read_text(encoding="utf-8")

_mount = st.components.v2.component("walk_player", html=HTML, css=CSS, js=JS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What the person did in the player: chose the hop at `step` (-1: none), or asked for the other leg."""

    step: int | None = None
    leg: Leg | None = None


def walk_player(
    drawing: Drawing,
    t: Words,
    *,
    key: str,
    step: int = NOTHING,
    leg: Leg = Leg.FORWARD,
    has_return: bool = False,
    on_move: Callable[[Move], None] | None = None,
    controls: bool = True,
    room: bool = False,
    predict: bool = False,
    least: float = LEAST,
) -> None:
    """Show a drawing; with the same `key` a new drawing takes the place of the old one.

    `step` is the selected hop, an index into the told call's hops. `on_move` runs before the page does;
    without it the player keeps the selection to itself and offers no other leg. `controls=False` gives the
    bare picture, `room` one for a projector. `predict` takes steps and play away; the page draws without a
    walk meanwhile. `least` is how far the picture shrinks before it scrolls.
    """
    told = () if predict or not (controls or room) else drawing.hop_labels
    asked = on_move if controls and not predict else None
    seen = f"{key}:moves-seen"

    def answer(move: Move | None, number: int | None) -> None:
        if move is None or number is None or asked is None:
            return
        asked(move)
        # Only now: a newer request ends this at any look into the session, and a move that was seen stands.
        st.session_state[seen] = max(number, st.session_state.get(seen, 0))

    def on_step() -> None:
        sent = _sent(key, "step")
        answer(_step_move(sent, len(told)), _whole(sent.get("number"), 0, _MOST_MOVES))

    def on_leg() -> None:
        sent = _sent(key, "leg")
        answer(_leg_move(sent, has_return), _whole(sent.get("number"), 0, _MOST_MOVES))

    _mount(
        key=key,
        data={
            "svg": drawing.svg if controls else _lit(drawing, step),
            "min": least,
            "max": MOST_IN_A_ROOM if room else MOST,
            "width": drawing.width,
            "height": drawing.height,
            "title": drawing.title,
            "labels": told,
            "stops": () if predict else _stops(drawing, leg),
            "step": step if asked is not None or room else None,
            "leg": leg,
            "back": has_return and asked is not None,
            "seen": st.session_state.get(seen, 0),
            "controls": controls,
            "room": room,
            # Pairs, since a mapping in here makes Streamlit import pandas to see whether it is a table.
            "words": _words(t.language) if controls else (),
        },
        on_step_change=on_step,
        on_leg_change=on_leg,
    )


def _lit(drawing: Drawing, step: int) -> str:
    """The picture with the card lit that decides at `step`: a player without controls knows no hops."""
    svg = drawing.svg
    for name in drawing.hop_ids[step] if 0 <= step < len(drawing.hop_ids) else ():
        svg = svg.replace(f'id="{name}" class="node ', f'id="{name}" class="node chosen ', 1)
    return svg


@lru_cache
def _words(language: str) -> tuple[tuple[str, str], ...]:
    """The toolbar's words in a language, by name."""
    t = load_words(language)
    return tuple((name, t(f"player.{name}")) for name in _TEXTS)


def _sent(key: str, event: str) -> dict[str, object]:
    """What the browser sent under `event`; nothing where it is no mapping."""
    told = st.session_state.get(key)
    sent = None if told is None else told.get(event)
    return sent if isinstance(sent, dict) else {}


def _whole(value: object, least: int, most: int) -> int | None:
    """A whole number from outside, or None; `True` is none, though Python counts it as one."""
    return value if type(value) is int and least <= value <= most else None


def _step_move(sent: dict[str, object], count: int) -> Move | None:
    step = _whole(sent.get("at"), NOTHING, count - 1)
    return None if step is None else Move(step=step)


def _leg_move(sent: dict[str, object], has_return: bool) -> Move | None:
    leg = next((leg for leg in Leg if leg == sent.get("leg")), None)
    return Move(leg=leg) if leg is not None and (has_return or leg is Leg.FORWARD) else None


def _stops(drawing: Drawing, leg: Leg) -> tuple[str, ...]:
    """The cards at which the packet stops, in order: where it starts, then the end of each stretch."""
    visited = [ids for ids in drawing.path_ids if ids]
    if not visited:
        return ()
    start = visited[0 if leg is Leg.FORWARD else -1][0]
    heads = {int(edge.removeprefix("edge-")): card for card, *edges in visited for edge in edges}
    stops = [start, *(heads[number] for number in sorted(heads))]
    blocked = drawing.blocked_id
    return (*stops, blocked) if blocked is not None and blocked not in stops else tuple(stops)
