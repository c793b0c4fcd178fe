"""Where a presentation is: talk and slide, what is revealed, what the room tries.

`press` is the whole of what keys do: a place and a key give the next place.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from vpclab.network import Leg
from vpclab.sandbox.setup import Setup, walk_of
from vpclab.talk_reader import load_talks
from vpclab.talks import Offer, Slide, Talk, with_offer


class Key(StrEnum):
    """What a key of the stage does. Digits stand beside them."""

    NEXT = "next"
    PREVIOUS = "previous"
    NEXT_SLIDE = "next-slide"
    PREVIOUS_SLIDE = "previous-slide"
    REVEAL = "reveal"
    PREDICT = "predict"
    NOTES = "notes"
    QR = "qr"
    SUBTITLES = "subtitles"
    KEYS = "keys"


SHOWN = (Key.NOTES, Key.QR, Key.SUBTITLES, Key.KEYS)
"""What is shown on request, each by its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a presentation is. Without a talk it shows `setup`, or what differs in `compare`.

    `step` -1 opens no hop.

    `hidden` says that the outcome waits for its reveal, `guess` (from 1; 0: none) is what the room expects,
    `offers` are the changes that the room tries, in the order in which it asked for them. `is_nearest` says
    that the link that led here could not be read completely.
    """

    talk: str = ""
    slide: int = 0
    setup: Setup | None = None
    compare: Setup | None = None
    step: int = -1
    leg: Leg = Leg.FORWARD
    hidden: bool = False
    guess: int = 0
    offers: tuple[int, ...] = ()
    shown: frozenset[Key] = frozenset()
    is_nearest: bool = False


def talk_of(place: Place) -> Talk | None:
    """The talk, if there is one by that name."""
    return next((talk for talk in load_talks() if talk.id == place.talk), None)


def slide_of(place: Place) -> Slide | None:
    """The slide of the talk; None where a network is presented by itself."""
    talk = talk_of(place)
    return None if talk is None else talk.slides[place.slide]


def at_slide(place: Place, number: int) -> Place:
    """The beginning of a slide, as near as the talk has one."""
    talk = talk_of(place)
    if talk is None:
        return place
    number = min(max(number, 0), len(talk.slides) - 1)
    slide = talk.slides[number]
    step = -1 if slide.predict else _open_hop(slide)
    return Place(
        talk=place.talk, slide=number, step=step, leg=slide.leg, hidden=slide.predict, shown=place.shown
    )


def offers_of(place: Place, own: tuple[Offer, ...] = ()) -> tuple[Offer, ...]:
    """What the room can try here: the slide's offers, or `own` where a network is presented by itself."""
    slide = slide_of(place)
    return own if slide is None else slide.offers


def setup_of(place: Place, own: tuple[Offer, ...] = ()) -> Setup | None:
    """The network on the stage, with all that the room tries; None on a slide of words."""
    slide = slide_of(place)
    setup = place.setup if slide is None else slide.setup
    offers = offers_of(place, own)
    for number in place.offers:
        if setup is not None and number < len(offers):
            setup = with_offer(setup, offers[number])
    return setup


def compared_with(place: Place) -> Setup | None:
    """The network that the one on the stage is compared with; None where it stands alone."""
    slide = slide_of(place)
    return place.compare if slide is None else slide.compare


def hops_of(place: Place, own: tuple[Offer, ...] = ()) -> int:
    """How many hops there are to step through; none where two networks are compared."""
    setup = setup_of(place, own)
    return 0 if setup is None or compared_with(place) is not None else len(walk_of(setup).hops)


def step_of(place: Place) -> int:
    """The hop that the slide opens by itself; -1 where it opens none."""
    slide = slide_of(place)
    return -1 if slide is None else _open_hop(slide)


def _open_hop(slide: Slide) -> int:
    """The hop that a slide opens, among all of the told call: talks count those of one leg."""
    if slide.step < 0 or slide.setup is None:
        return -1
    on_leg = [number for number, hop in enumerate(walk_of(slide.setup).hops) if hop.leg is slide.leg]
    return on_leg[slide.step]


def press(place: Place, key: str, own: tuple[Offer, ...] = ()) -> Place:
    """Where a key leads; one that means nothing here leads nowhere."""
    if key.isdigit() and key.isascii():
        return _digit(place, int(key), own)
    if key not in set(map(str, Key)):
        return place
    pressed = Key(key)
    if pressed in SHOWN:
        return replace(place, shown=place.shown ^ {pressed})
    if pressed in (Key.NEXT_SLIDE, Key.PREVIOUS_SLIDE):
        turned = at_slide(place, place.slide + (1 if pressed is Key.NEXT_SLIDE else -1))
        return place if turned.slide == place.slide else turned
    if pressed is Key.PREDICT:
        return replace(place, hidden=True, guess=0, step=-1) if can_hide(place) else place
    if pressed is Key.REVEAL:
        return _revealed(place)
    return _forward(place, own) if pressed is Key.NEXT else _back(place)


def can_hide(place: Place) -> bool:
    """Whether there is an outcome to predict: that of one network, on a slide only where the talk asks."""
    slide = slide_of(place)
    if compared_with(place) is not None or setup_of(place) is None:
        return False
    return slide is None or slide.predict


def _forward(place: Place, own: tuple[Offer, ...]) -> Place:
    """Reveal what is hidden, else the next hop, else the next slide."""
    if place.hidden:
        return _revealed(place)
    if place.step + 1 < hops_of(place, own):
        return replace(place, step=place.step + 1)
    talk = talk_of(place)
    if talk is None or place.slide + 1 >= len(talk.slides):
        return place
    return at_slide(place, place.slide + 1)


def _revealed(place: Place) -> Place:
    """The outcome, at the hop that the slide is about."""
    slide = slide_of(place)
    if not place.hidden:
        return place
    return replace(place, hidden=False, step=-1 if slide is None or place.offers else _open_hop(slide))


def _back(place: Place) -> Place:
    """The hop before, else the slide before."""
    if place.step >= 0 and not place.hidden:
        return replace(place, step=place.step - 1)
    return at_slide(place, place.slide - 1) if place.slide else place


def _digit(place: Place, digit: int, own: tuple[Offer, ...]) -> Place:
    """A guess while the outcome is hidden; then an offer, taken or taken back."""
    if place.hidden:
        return replace(place, guess=digit) if 1 <= digit <= 4 else place
    number = digit - 1
    if not 0 <= number < len(offers_of(place, own)):
        return place
    left = tuple(offer for offer in place.offers if offer != number)
    offers = left if number in place.offers else (*left, number)
    return replace(place, offers=offers, guess=0, step=-1)  # the guess was about another network
