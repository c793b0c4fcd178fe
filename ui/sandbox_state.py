"""What stands on the sandbox's stage, over reruns, refreshes and links: two histories, a step, a leg.

The address carries it all, so that a refresh, a link and the browser's Back bring it back; what the address
does not carry is the history, and what somebody has typed that cannot be read yet.
"""

from dataclasses import dataclass, replace
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

_HISTORY: Final = "sandbox-history"
_VIEW: Final = "sandbox-view"
_ADDRESS: Final = "sandbox-address"
_LEFT_OUT: Final = "sandbox-left-out"
_DRAFT: Final = "sandbox-draft"
_EXPERT: Final = "sandbox-expert-view"

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


def arrive() -> None:
    """Take over what the address brings, if this session did not write it itself.

    An address that cannot be read completely opens the nearest state; `left_out` then tells what is missing.
    """
    ours = {*PARAMETERS, *_FIRST_VERSION}
    here = {name: text for name, text in st.query_params.to_dict().items() if name in ours}
    if _HISTORY in st.session_state and (not here or here == st.session_state.get(_ADDRESS)):
        return
    if here == {} and _HISTORY not in st.session_state:
        _start({Side.A: Decoded(setup=starting_setup())}, View())
        return
    if "s" not in here:
        first = {name: text for name, text in here.items() if name in CHOICES}
        _start({Side.A: decode_first_version(first)}, View())
        return
    sides = {Side.A: _decoded(here["s"])}
    if "b" in here:
        sides[Side.B] = _decoded(here["b"])
    _start(sides, _view_of(here))


def _decoded(text: str) -> Decoded:
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


def _start(sides: dict[Side, Decoded], view: View) -> None:
    for side, decoded in sides.items():
        keep_history(History(present=decoded.setup), side)
    keep_view(view)
    st.session_state[_LEFT_OUT] = [
        "version" if decoded.other_version else name
        for decoded in sides.values()
        for name in (decoded.left_out or (("",) if decoded.other_version else ()))
    ]


def left_out() -> list[str]:
    """What of the link that was opened could not be read; `version` where it was another version's."""
    return list(st.session_state.get(_LEFT_OUT, []))


# --- histories ---------------------------------------------------------------------------------------


def history(side: Side) -> History:
    """The history of a side; B begins where A is."""
    kept: History | None = st.session_state.get(_history_key(side))
    if kept is not None:
        return kept
    return History(present=starting_setup() if side is Side.A else history(Side.A).present)


def keep_history(kept: History, side: Side) -> None:
    """Remember a side's history. It is a value of values, so nobody can change what is remembered."""
    st.session_state[_HISTORY] = True
    st.session_state[_history_key(side)] = kept


def setup(side: Side | None = None) -> Setup:
    """The setup of a side: of the one that is being changed, if none is named."""
    return history(side or view().side).present


def take(changed: Setup, side: Side | None = None) -> None:
    """Make a move on a side; the hop that was open closes, since the walk is another."""
    where = side or view().side
    keep_history(history(where).take(changed), where)
    keep_view(replace(view(), step=-1))
    st.session_state[_LEFT_OUT] = []


def undo() -> None:
    """Take the last move back."""
    keep_history(history(view().side).undo(), view().side)


def redo() -> None:
    """Make the move that was taken back again."""
    keep_history(history(view().side).redo(), view().side)


def reset() -> None:
    """Back to the example that the setup started from; a move like any other, which can be undone."""
    start = setup().start
    take(starting_setup(next((preset for preset in load_presets() if preset.id == start), None)))


def _history_key(side: Side) -> str:
    return f"{_HISTORY}-{side}"


# --- the view ----------------------------------------------------------------------------------------


def view() -> View:
    """How the stage is looked at."""
    kept: View | None = st.session_state.get(_VIEW)
    return kept or View()


def keep_view(kept: View) -> None:
    """Remember how the stage is looked at."""
    st.session_state[_VIEW] = kept


def is_expert() -> bool:
    """Whether the design file is open."""
    return bool(st.session_state.get(_EXPERT, False))


def keep_expert(is_open: bool) -> None:
    """Remember whether the design file is open."""
    st.session_state[_EXPERT] = is_open


def draft() -> str | None:
    """A design file that was typed and cannot be read yet."""
    return st.session_state.get(_DRAFT)


def keep_draft(text: str | None) -> None:
    """Remember what was typed; None once it is on the stage or thrown away."""
    st.session_state[_DRAFT] = text


# --- the address -------------------------------------------------------------------------------------


def address() -> dict[str, str]:
    """The query parameters of the present state; what is as usual is left out.

    A setup that is too long for an address is replaced by its choices without the edits.
    """
    seen = view()
    parameters = {"s": _short(setup(Side.A))}
    if seen.compare:
        parameters["b"] = _short(setup(Side.B))
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
    st.session_state[_ADDRESS] = wanted
    session.write_parameters(wanted, ours=(*PARAMETERS, *_FIRST_VERSION))


def _short(kept: Setup) -> str:
    text = encode(kept)
    return text if len(text) <= MAX_LENGTH else encode(replace(kept, edits=(), request=None))
