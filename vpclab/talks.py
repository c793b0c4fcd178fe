"""Talks for a room, as values: `vpclab/talk_reader.py` reads them, the stage shows them.

A slide is words, or words beside a network; the network is an example with choices on top, and what happens
in it is walked when it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from vpclab.network import Leg
from vpclab.sandbox.choice_texts import from_texts
from vpclab.sandbox.setup import Setup, choose
from vpclab.texts import Text

MAX_OFFERS = 9
"""One for each of the keys 1 to 9."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A change of the slide's network that the room can try."""

    label: Text
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One picture or one sentence. `step` counts the hops of the told call on `leg`; -1 opens none."""

    id: str
    minutes: float
    heading: Text
    say: Text
    note: Text
    setup: Setup | None
    compare: Setup | None
    step: int
    leg: Leg
    predict: bool
    ask: Text | None
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Slides in order; their minutes add up to those of the talk."""

    id: str
    title: Text
    about: Text
    minutes: int
    slides: tuple[Slide, ...]


def with_offer(setup: Setup, offer: Offer) -> Setup:
    """The setup with the offer's choices on top."""
    return choose(setup, from_texts(offer.choices, setup.choices))
