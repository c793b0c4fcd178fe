"""What a lab keeps: the network as it is now, the hints that were taken, how far the solution is shown.

The address carries the network and the hints, so that a refresh and a link bring them back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from ui import learner, session
from vpclab.exchange.permalink import MAX_LENGTH, decode, encode
from vpclab.learning.lab_models import Lab, NamedMove
from vpclab.learning.labs import attempt, made_of, make, moves_between, replay, stars, start_of
from vpclab.sandbox.choice_texts import CHOICES, to_texts
from vpclab.sandbox.setup import Setup, choose

LAB, LINK, NETWORK, HINTS = "id", "lab", "s", "hints"
"""Query parameters: a lab of the course, or one of a link; its network, the hints taken."""

_NOW: Final = "lab-now"
_HINTS: Final = "lab-hints-taken"
_SHOWN: Final = "lab-shown"
_TOLD: Final = "lab-told"


def key(lab: Lab) -> str:
    """What the widgets of a lab are called after."""
    return lab.id or "own"


@dataclass(frozen=True, slots=True)
class _Now:
    lab: Lab
    text: str
    """What the address says of the network."""
    setup: Setup


def arrive(lab: Lab) -> None:
    """Take over the network that the address brings, if this session did not write it itself."""
    text = st.query_params.get(NETWORK, "")
    kept: _Now | None = st.session_state.get(_NOW)
    if kept is None or kept.text != text or kept.lab != lab:
        st.session_state[_NOW] = _Now(lab, text, _found(lab, text))


def setup(lab: Lab) -> Setup:
    """The network as it is now.

    Not what the address says: with a change the browser sends the address that it had when the change was
    made, which can be older than the change before.
    """
    kept: _Now | None = st.session_state.get(_NOW)
    return kept.setup if kept is not None and kept.lab == lab else start_of(lab)


def _found(lab: Lab, text: str) -> Setup:
    """The network of an address; one that no allowed moves lead to is the start."""
    if not text or len(text) > MAX_LENGTH:
        return start_of(lab)
    found = decode(text)
    is_sound = not found.left_out and not found.other_version
    return found.setup if is_sound and _is_within(lab, found.setup) else start_of(lab)


def _is_within(lab: Lab, found: Setup) -> bool:
    """Whether a network differs from the start in nothing but what the lab lets one change."""
    start = start_of(lab)
    _, by_hand = made_of(lab, found)
    fixed = (name for name in CHOICES if name not in lab.plan.moves)
    same = all(getattr(found.choices, name) == getattr(start.choices, name) for name in fixed)
    texts = to_texts(found.choices)
    same = same and all(
        getattr(found.choices, name) == getattr(start.choices, name)
        or set(texts[name].split("+")) <= {*allowed, *to_texts(start.choices)[name].split("+"), ""}
        for name, allowed in lab.plan.only.items()
    )
    return same and not by_hand and found.request is None and found.edits[: len(lab.edits)] == lab.edits


def hints(lab: Lab) -> int:
    """How many hints were taken."""
    text = st.query_params.get(HINTS, "")
    told = min(int(text), len(lab.plan.hints)) if text in ("1", "2", "3") else 0
    # What was read stays read, whatever Back makes of the address.
    most = max(told, st.session_state.get(f"{_HINTS}:{key(lab)}", 0))
    st.session_state[f"{_HINTS}:{key(lab)}"] = most
    return most


def take(lab: Lab, changed: Setup) -> None:
    """Make the network another one; a lab that it solves is kept as solved."""
    _write(lab, changed, hints(lab))
    _keep(lab, changed)


def choose_options(lab: Lab, changes: Mapping[str, Any]) -> None:
    """Make choices."""
    here = setup(lab)
    take(lab, choose(here, replace(here.choices, **changes)))


def switch(lab: Lab, name: str, *, made: bool) -> None:
    """Make a move that has a name, or take it back."""
    take(lab, make(lab, setup(lab), NamedMove(name=name, made=made)))


def take_hint(lab: Lab) -> None:
    """Show one more hint."""
    _write(lab, setup(lab), min(hints(lab) + 1, len(lab.plan.hints)))


def reset(lab: Lab) -> None:
    """Back to the network that was handed over; hints that were read stay read."""
    st.session_state.pop(_SHOWN, None)
    _write(lab, start_of(lab), hints(lab))


def _write(lab: Lab, changed: Setup, taken: int) -> None:
    text = encode(changed) if changed != start_of(lab) else ""
    st.session_state[_NOW] = _Now(lab, text, changed)
    wanted = {NETWORK: text} if text else {}
    if taken:
        wanted[HINTS] = str(taken)
    session.replace_parameters(wanted, kept=(LAB, LINK))


def _keep(lab: Lab, changed: Setup) -> None:
    """Keep a solution once: labs of the course count, others are played for themselves."""
    if not lab.id:
        return
    tried = attempt(lab, changed)
    told = (lab.id, encode(changed), hints(lab))
    if not tried.solved or st.session_state.get(_TOLD) == told:
        return
    st.session_state[_TOLD] = told
    has_cost = lab.plan.traffic_gb is not None
    learner.tried_lab(
        lab.id,
        solved=True,
        moves=moves_between(lab, start_of(lab), changed),
        stars=stars(lab, changed, hints(lab)),
        month_usd=float(tried.month.total) if has_cost else None,
    )


# --- the solution, move by move ------------------------------------------------------------------------


def shown(lab: Lab) -> int | None:
    """How many moves of the solution are shown; None while one tries oneself."""
    kept: tuple[str, int] | None = st.session_state.get(_SHOWN)
    return kept[1] if kept is not None and kept[0] == key(lab) else None


def show(lab: Lab, count: int | None) -> None:
    """Show the network after so many moves of the solution; None goes back to one's own."""
    if count is None:
        st.session_state.pop(_SHOWN, None)
    else:
        st.session_state[_SHOWN] = (key(lab), max(0, min(count, len(replay(lab)) - 1)))
