"""What a session keeps of its presentation; the address carries it, so that a refresh comes back to it."""

from dataclasses import replace
from typing import Final

import streamlit as st

from ui import sandbox_state, session, shell
from ui.sandbox_state import Side
from ui.stage_place import SHOWN, Place, at_slide, can_hide, hops_of, slide_of, talk_of
from vpclab.network import Leg
from vpclab.talks import MAX_OFFERS, Offer
from vpclab.words import Words

PARAMETERS: Final = ("talk", "slide", "s", "b", "step", "leg", "hidden", "guess", "offers", "show")
_KEPT: Final = "stage-place"
_WRITTEN: Final = "stage-written"


def place() -> Place | None:
    """Where this session's presentation is; None where nothing is presented."""
    kept: Place | None = st.session_state.get(_KEPT)
    return kept


def keep(kept: Place | None) -> None:
    """Remember where the presentation is."""
    st.session_state[_KEPT] = kept


def arrive() -> None:
    """Take over what the address brings, if this session did not write it itself."""
    here = {name: text for name, text in st.query_params.to_dict().items() if name in PARAMETERS}
    if here != st.session_state.get(_WRITTEN):
        keep(place_of(here))


def place_of(here: dict[str, str]) -> Place | None:
    """The nearest place that an address names; None where it names neither a talk nor a network."""
    if "s" in here and "talk" not in here:
        began = _own(here["s"], here.get("b"))
    else:
        began = at_slide(Place(talk=here.get("talk", "")), _number(here.get("slide"), 1) - 1)
        if talk_of(began) is None:
            return None
    if "step" in here:
        began = replace(began, step=_number(here["step"], -1))
    shown = frozenset(key for key in SHOWN if str(key) in here.get("show", "").split("."))
    offers = dict.fromkeys(_number(text, -1) for text in here.get("offers", "").split("."))
    return replace(
        began,
        leg=Leg.RETURN if here.get("leg") == Leg.RETURN else began.leg,
        hidden={"yes": can_hide(began), "no": False}.get(here.get("hidden", ""), began.hidden),
        guess=min(_number(here.get("guess"), 0), 4),
        offers=tuple(number for number in offers if 0 <= number < MAX_OFFERS),
        shown=shown,
    )


def _own(text: str, beside: str | None) -> Place:
    """The place that presents one network by itself, or two that are compared."""
    found, other = sandbox_state.decoded(text), None if beside is None else sandbox_state.decoded(beside)
    return Place(
        setup=found.setup,
        compare=None if other is None else other.setup,
        is_nearest=any(one.left_out or one.other_version for one in (found, other) if one is not None),
    )


def within(place: Place, own: tuple[Offer, ...] = ()) -> Place:
    """The place with a step that its walk has, whatever an address says."""
    return replace(place, step=min(place.step, hops_of(place, own) - 1)) if place.step > -1 else place


def _number(text: str | None, otherwise: int) -> int:
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) <= 3
    return int(text) if text is not None and is_number else otherwise


def address_of(place: Place) -> dict[str, str]:
    """The query parameters of a place; what is as usual is left out."""
    slide = slide_of(place)
    if slide is None:
        networks = {"s": place.setup, "b": place.compare}
        parameters = {
            name: sandbox_state.address_text(setup) for name, setup in networks.items() if setup is not None
        }
    else:
        parameters = {"talk": place.talk, "slide": str(place.slide + 1)}
    if place.step != at_slide(place, place.slide).step if slide is not None else place.step >= 0:
        parameters["step"] = str(place.step) if place.step >= 0 else "none"
    if place.leg is Leg.RETURN:
        parameters["leg"] = str(place.leg)
    if place.hidden != (slide is not None and slide.predict):
        parameters["hidden"] = "yes" if place.hidden else "no"
    if place.guess:
        parameters["guess"] = str(place.guess)
    if place.offers:
        parameters["offers"] = ".".join(map(str, place.offers))
    if place.shown:
        parameters["show"] = ".".join(sorted(map(str, place.shown)))
    return parameters


def write_address(place: Place | None) -> None:
    """Put the place into the address, so that a refresh comes back to it."""
    wanted = {} if place is None else address_of(place)
    st.session_state[_WRITTEN] = wanted
    session.write_parameters(wanted, ours=PARAMETERS)


def of_sandbox() -> Place:
    """The place that shows the sandbox as it stands: its network and open hop, or both that it compares."""
    view = sandbox_state.view()
    if view.compare:
        return Place(setup=sandbox_state.setup(Side.A), compare=sandbox_state.setup(Side.B))
    return Place(setup=sandbox_state.setup(), step=view.step, leg=view.leg)


def show(place: Place, t: Words) -> None:
    """Go to the stage and present this place, which may be more than an address can carry."""
    wanted = address_of(place)
    keep(place)
    st.session_state[_WRITTEN] = wanted
    st.switch_page(
        shell.PAGES_FOLDER / "stage.py", query_params={session.LANGUAGE_PARAMETER: t.language, **wanted}
    )
