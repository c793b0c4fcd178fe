"""What stands on the sandbox's stage, over reruns, refreshes and links: two histories, a step, a leg.

The address carries it all, so that a refresh, a link and the browser's Back bring it back; what the address
does not carry is the history, and what somebody has typed that cannot be read yet.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import streamlit as st

from ui import session
from vpclab.exchange.permalink import (
    MAX_LENGTH,
    Decoded,
    decode,
    decode_first_version,
    encode,
    starting_setup,
)
from vpclab.network import Leg
from vpclab.presets import load_presets
from vpclab.sandbox.choice_texts import CHOICES
from vpclab.sandbox.setup import History, Setup

_STATE: Final = "sandbox"

PARAMETERS: Final = ("s", "b", "side", "step", "leg")
"""Query parameters of the sandbox: both setups, and how they are looked at."""

_FIRST_VERSION: Final = ("v", *CHOICES)


class Side(StrEnum):
    """The network itself, and the one that it is compared with."""

    A = "a"
    B = "b"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How the stage is looked at: which side changes, which hop is open (-1: none), which leg is drawn."""

    compare: bool = False
    side: Side = Side.A
    step: int = -1
    leg: Leg = Leg.FORWARD


@dataclass(slots=True)
class _State:
    """All that a session keeps of its sandbox, in one place: each look into the session takes time."""

    histories: dict[Side, History] = field(default_factory=dict)
    view: View = View()
    left_out: tuple[str, ...] = ()
    is_expert: bool = False
    draft: str | None = None
    written: dict[str, str] = field(default_factory=dict)


def _state() -> _State:
    kept: _State | None = st.session_state.get(_STATE)
    if kept is None:
        kept = st.session_state[_STATE] = _State()
    return kept


def arrive() -> None:
    """Take over what the address brings, if this session did not write it itself.

    An address that cannot be read completely opens the nearest state; `left_out` then tells what is missing.
    """
    ours = {*PARAMETERS, *_FIRST_VERSION}
    here = {name: text for name, text in st.query_params.to_dict().items() if name in ours}
    state = _state()
    if here == state.written or (not here and state.histories):
        return
    if "s" in here or "b" in here:
        arrived = {Side.A: decoded(here.get("s", ""))}
        if "b" in here:
            arrived[Side.B] = decoded(here["b"])
    else:
        texts = {name: text for name, text in here.items() if name in CHOICES}
        arrived = {Side.A: decode_first_version(texts)}
    state.histories = {side: History(present=found.setup) for side, found in arrived.items()}
    state.view = _view_of(here)
    state.left_out = tuple(
        "version" if found.other_version else name
        for found in arrived.values()
        for name in (("",) if found.other_version else found.left_out)
    )


def decoded(text: str) -> Decoded:
    """What an address says of one setup, the nearest if it cannot be read completely."""
    if len(text) > MAX_LENGTH:
        return Decoded(setup=starting_setup(), left_out=("length",))
    return decode(text)


def _view_of(here: dict[str, str]) -> View:
    step = here.get("step", "")
    compare = "b" in here
    return View(
        compare=compare,
        side=Side.B if compare and here.get("side") == Side.B else Side.A,
        step=int(step) if step.isdecimal() and step.isascii() and len(step) <= 3 else -1,
        leg=Leg.RETURN if here.get("leg") == Leg.RETURN else Leg.FORWARD,
    )


def left_out() -> tuple[str, ...]:
    """What of the link that was opened could not be read; `version` where it was another version's."""
    return _state().left_out


# --- histories ---------------------------------------------------------------------------------------


def history(side: Side) -> History:
    """The history of a side; B begins where A is."""
    return _history(_state(), side)


def _history(state: _State, side: Side) -> History:
    kept = state.histories.get(side)
    if kept is not None:
        return kept
    return History(present=starting_setup() if side is Side.A else _history(state, Side.A).present)


def setup(side: Side | None = None) -> Setup:
    """The setup of a side: of the one that is being changed, if none is named."""
    state = _state()
    return _history(state, side or state.view.side).present


def take(changed: Setup, side: Side | None = None) -> None:
    """Make a move on a side."""
    where = side or view().side
    _move(where, history(where).take(changed))


def undo() -> None:
    """Take the last move back."""
    side = view().side
    _move(side, history(side).undo())


def redo() -> None:
    """Make the move that was taken back again."""
    side = view().side
    _move(side, history(side).redo())


def _move(side: Side, moved: History) -> None:
    """A side has another network: the hop that was open closes, and what a link lacked is past."""
    state = _state()
    state.histories[side] = moved
    state.view = replace(state.view, step=-1)
    state.left_out = ()


def reset() -> None:
    """Back to the example that the setup started from; a move like any other, which can be undone."""
    start = setup().start
    take(starting_setup(next((preset for preset in load_presets() if preset.id == start), None)))


# --- the view ----------------------------------------------------------------------------------------


def view() -> View:
    """How the stage is looked at."""
    return _state().view


def keep_view(kept: View) -> None:
    """Remember how the stage is looked at."""
    _state().view = kept


def is_expert() -> bool:
    """Whether the design file is open."""
    return _state().is_expert


def keep_expert(is_open: bool) -> None:
    """Remember whether the design file is open."""
    _state().is_expert = is_open


def draft() -> str | None:
    """A design file that was typed and cannot be read yet."""
    return _state().draft


def keep_draft(text: str | None) -> None:
    """Remember what was typed; None once it is on the stage or thrown away."""
    _state().draft = text


# --- the address -------------------------------------------------------------------------------------


def address() -> dict[str, str]:
    """The query parameters of the present state; what is as usual is left out."""
    state = _state()
    seen = state.view
    parameters = {"s": address_text(_history(state, Side.A).present)}
    if seen.compare:
        parameters["b"] = address_text(_history(state, Side.B).present)
        if seen.side is Side.B:
            parameters["side"] = str(Side.B)
    if seen.step >= 0:
        parameters["step"] = str(seen.step)
    if seen.leg is Leg.RETURN:
        parameters["leg"] = str(Leg.RETURN)
    return parameters


def fits_address() -> bool:
    """Whether the whole state goes into an address."""
    sides = (Side.A, Side.B) if view().compare else (Side.A,)
    return all(len(encode(setup(side))) <= MAX_LENGTH for side in sides)


def write_address() -> None:
    """Put the state into the address, so that it can be kept or sent."""
    wanted = address()
    _state().written = wanted
    session.write_parameters(wanted, ours=(*PARAMETERS, *_FIRST_VERSION))


def address_text(kept: Setup) -> str:
    """A setup as an address carries it; one that is too long is replaced by its choices without the edits."""
    text = encode(kept)
    return text if len(text) <= MAX_LENGTH else encode(replace(kept, edits=(), request=None))
