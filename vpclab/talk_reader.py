"""Reads the talks that authors write, `content/talks/<id>.yaml`. `docs/talks.md` tells the format."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from vpclab.errors import ContentError, Problem
from vpclab.network import Leg, Request
from vpclab.sandbox.choice_texts import unreadable
from vpclab.sandbox.setup import Setup, design_of, request_of, walk_of
from vpclab.sandbox.shown import SUCCESS, setup_of, shown_by
from vpclab.talks import MAX_OFFERS, Offer, Slide, Talk, with_offer
from vpclab.texts import Text
from vpclab.words import SingleKeyLoader, languages

TALKS_FOLDER = Path(__file__).resolve().parent.parent / "content" / "talks"

SAY_LENGTH: Mapping[str, int] = {"ja": 45, "zh": 45, "ko": 45}
"""Letters of the line to the room: what one line holds on a projector, in languages with wide ones."""
MOST_SAY_LENGTH = 90
"""The same in every other language."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TALK_KEYS = ("title", "about", "minutes", "slides")
_SLIDE_KEYS = ("id", "minutes", "heading", "say", "note")
_NETWORK_KEYS = ("choices", "shows", "compare", "opens", "leg", "predict", "offers")
_ONE_NETWORK_KEYS = ("opens", "leg", "predict", "ask", "offers")
_OPTIONAL_SLIDE_KEYS = ("start", "ask", *_NETWORK_KEYS)

_Place = tuple[str | int, ...]


@lru_cache(maxsize=4)
def load_talks(folder: Path = TALKS_FOLDER) -> tuple[Talk, ...]:
    """All talks, the shortest first.

    Raises ContentError with everything that is wrong in any file, each with its place.
    """
    talks: list[Talk] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.yaml")):
        reader = _Reader()
        talk = reader.talk(file)
        if talk is not None and not reader.problems:
            talks.append(talk)
        problems += [replace(problem, path=(file.stem, *problem.path)) for problem in reader.problems]
    if problems:
        raise ContentError(tuple(problems))
    return tuple(sorted(talks, key=lambda talk: (talk.minutes, talk.id)))


def _asks(setup: Setup) -> tuple[object, Request]:
    return design_of(setup)[0], request_of(setup)


class _Reader:
    """Reads one file and collects what is wrong with it; what it returns counts when nothing is."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def talk(self, file: Path) -> Talk | None:
        if not _ID.fullmatch(file.stem):
            self._tell((), "not_an_id", file.stem)
        try:
            data = yaml.load(file.read_text(encoding="utf-8"), Loader=SingleKeyLoader)  # noqa: S506 - a SafeLoader
        except ContentError as error:
            self.problems += error.problems
            return None
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self._tell((), "not_yaml", str(error))
            return None
        entry = self._mapping((), data, _TALK_KEYS)
        slides = self._list(("slides",), entry.get("slides", []))
        read = tuple(self._slide(("slides", number), slide) for number, slide in enumerate(slides))
        minutes = self._minutes(("minutes",), entry.get("minutes", 1))
        if "minutes" in entry and minutes != int(minutes):
            self._tell(("minutes",), "not_whole_minutes", minutes)
        ids = [slide.id for slide in read]
        for number, name in enumerate(ids):
            if name in ids[:number]:
                self._tell(("slides", number, "id"), "duplicate_id", name)
        total = sum(slide.minutes for slide in read)
        if abs(total - minutes) > 0.01:
            self._tell(("minutes",), "minutes_do_not_add_up", total)
        return Talk(
            id=file.stem,
            title=self._text(("title",), entry.get("title")),
            about=self._text(("about",), entry.get("about")),
            minutes=int(minutes),
            slides=read,
        )

    def _slide(self, place: _Place, data: object) -> Slide:
        entry = self._mapping(place, data, _SLIDE_KEYS, _OPTIONAL_SLIDE_KEYS)
        name = entry.get("id", "")
        if "id" in entry and not (isinstance(name, str) and _ID.fullmatch(name)):
            self._tell((*place, "id"), "not_an_id", name)
        setup = self._setup(place, entry) if "start" in entry else None
        self._check_together(place, entry)
        predict = entry.get("predict", False)
        if not isinstance(predict, bool):
            self._tell((*place, "predict"), "not_a_truth", predict)
        if "ask" in entry and predict is not True:
            self._tell((*place, "ask"), "ask_without_predict", name)
        if setup is not None:
            self._shows(place, entry, setup)
        step, leg = self._step(place, entry, setup)
        return Slide(
            id=str(name),
            minutes=self._minutes((*place, "minutes"), entry.get("minutes", 1)),
            heading=self._text((*place, "heading"), entry.get("heading")),
            say=self._text((*place, "say"), entry.get("say"), said=True),
            note=self._text((*place, "note"), entry.get("note")),
            setup=setup,
            compare=self._compare((*place, "compare"), entry["compare"]) if "compare" in entry else None,
            step=step,
            leg=leg,
            predict=predict is True,
            ask=self._text((*place, "ask"), entry["ask"], said=True) if "ask" in entry else None,
            offers=self._offers((*place, "offers"), entry.get("offers", []), setup),
        )

    def _check_together(self, place: _Place, entry: Mapping[str, Any]) -> None:
        """Tell the keys that say nothing beside the others, or without them."""
        if "start" not in entry:
            for key in _NETWORK_KEYS:
                if key in entry:
                    self._tell((*place, key), "needs_a_network", key)
        elif "compare" in entry:
            for key in _ONE_NETWORK_KEYS:
                if key in entry:
                    self._tell((*place, key), "not_beside_compare", key)

    def _compare(self, place: _Place, data: object) -> Setup | None:
        entry = self._mapping(place, data, ("start", "shows"), ("choices",))
        setup = self._setup(place, entry) if "start" in entry else None
        if setup is not None and "shows" in entry:
            self._shows(place, entry, setup)
        return setup

    def _setup(self, place: _Place, entry: Mapping[str, Any]) -> Setup | None:
        choices = self._choices((*place, "choices"), entry.get("choices", {}))
        setup = setup_of(str(entry["start"]), choices)
        if setup is None:
            self._tell((*place, "start"), "unknown_example", entry["start"])
        return setup

    def _step(self, place: _Place, entry: Mapping[str, Any], setup: Setup | None) -> tuple[int, Leg]:
        leg = entry.get("leg", Leg.FORWARD)
        if leg not in tuple(Leg):
            self._tell((*place, "leg"), "not_a_leg", leg)
            return -1, Leg.FORWARD
        if setup is None or not {"opens", "leg"} & entry.keys():
            return -1, Leg(leg)
        kinds = [str(hop.kind) for hop in walk_of(setup).hops if hop.leg is Leg(leg)]
        if not kinds:
            self._tell((*place, "leg"), "leg_not_walked", leg)
        elif "opens" in entry and entry["opens"] not in kinds:
            self._tell((*place, "opens"), "does_not_decide", f"{entry['opens']}; {', '.join(kinds)}")
        return kinds.index(entry["opens"]) if entry.get("opens") in kinds else -1, Leg(leg)

    def _shows(self, place: _Place, entry: Mapping[str, Any], setup: Setup) -> None:
        """Compare what the author says that is shown with what the walk shows."""
        shown = shown_by(walk_of(setup))
        if "shows" not in entry:
            self._tell((*place, "shows"), "missing_key", shown)
        elif entry["shows"] != shown:
            self._tell((*place, "shows"), "shows_something_else", shown)

    def _offers(self, place: _Place, data: object, setup: Setup | None) -> tuple[Offer, ...]:
        entries = self._list(place, data)
        if len(entries) > MAX_OFFERS:
            self._tell(place, "too_many_offers", len(entries))
        offers: list[Offer] = []
        for number, item in enumerate(entries):
            entry = self._mapping((*place, number), item, ("label", "choices"), ("shows",))
            label = self._text((*place, number, "label"), entry.get("label"))
            choices = self._choices((*place, number, "choices"), entry.get("choices", {}))
            offer = Offer(label=label, choices=choices)
            offers.append(offer)
            if setup is not None and not unreadable(choices):
                changed = with_offer(setup, offer)
                if _asks(changed) == _asks(setup):
                    self._tell((*place, number, "choices"), "changes_nothing", number)
                self._shows((*place, number), {"shows": SUCCESS, **entry}, changed)
        return tuple(offers)

    def _choices(self, place: _Place, data: object) -> Mapping[str, str]:
        if not isinstance(data, dict):
            self._tell(place, "expected_mapping", data)
            return {}
        texts: dict[str, str] = {}
        for name, value in data.items():
            if isinstance(value, str):
                texts[str(name)] = value
            else:
                self._tell((*place, str(name)), "unknown_choice", value)
        for name in unreadable(texts):
            self._tell((*place, name), "unknown_choice", texts[name])
        return texts

    def _text(self, place: _Place, data: object, *, said: bool = False) -> Text:
        if data is None:  # told as a missing key
            return Text(texts={})
        texts = self._mapping(place, data, languages())
        for language, text in texts.items():
            limit = SAY_LENGTH.get(language, MOST_SAY_LENGTH) if said else None
            if not isinstance(text, str) or not text.strip():
                self._tell((*place, language), "not_a_text", text)
            elif limit is not None and len(text) > limit:
                self._tell((*place, language), "text_too_long", len(text))
        return Text(texts=texts)

    def _minutes(self, place: _Place, data: object) -> float:
        if isinstance(data, int | float) and not isinstance(data, bool) and 0 < data < 1_000:
            return float(data)
        self._tell(place, "not_minutes", data)
        return 1

    def _mapping(
        self, place: _Place, data: object, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        if not isinstance(data, dict):
            self._tell(place, "expected_mapping", data)
            return {}
        for key in required:
            if data.get(key) is None:
                self._tell((*place, key), "missing_key", key)
        for key in data:
            if key not in (*required, *optional):
                self._tell((*place, str(key)), "unknown_key", key)
        return {
            key: value
            for key, value in data.items()
            if key in chain(required, optional) and value is not None
        }

    def _list(self, place: _Place, data: object) -> list[object]:
        if isinstance(data, list):
            return data
        self._tell(place, "expected_list", data)
        return []

    def _tell(self, place: _Place, code: str, value: object) -> None:
        self.problems.append(Problem(path=place, code=code, facts={"value": value}))
