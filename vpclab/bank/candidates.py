"""From what a file says to a question that the course can take: the checks that every format shares.

A reader fills in a Candidate; `Settler.settle` makes an Item of it, or says why it cannot.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from vpclab.bank.gift_text import weight
from vpclab.bank.records import READABLE, Item, ItemChoice, Target, credited, figure_words
from vpclab.bank.report import LeftOut, Report, check_lengths
from vpclab.learning.questions import Guess, Network, QuestionKind
from vpclab.learning.texts import ID, LONGEST_ID
from vpclab.words import Words

FEWEST, MOST = 3, 6
"""How many choices, and how many targets, a question has."""
NAMES = ("first", "second", "third", "fourth", "fifth", "sixth")
WIDEST = Decimal("0.2")

_ONE_RIGHT = (
    QuestionKind.ONE,
    QuestionKind.TRUTH,
    QuestionKind.NUMBER,
    QuestionKind.PREDICT,
    QuestionKind.POINT,
)
_NEAR = Fraction(1, 1000)
"""Weights have five digits, so that a third is not quite one."""
_NO_ID = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True, kw_only=True)
class Candidate:
    """A question as a file tells it. `weights` are the credits that it gives, by the ids of the choices."""

    line: int
    kind: QuestionKind
    given_id: str = ""
    title: str = ""
    language: str = ""
    prompt: str = ""
    choices: list[ItemChoice] = field(default_factory=list)
    weights: dict[str, Fraction] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    holds: bool | None = None
    unit: str = ""
    tolerance: Decimal = Decimal(0)
    section: str = ""
    facts: tuple[str, ...] = ()
    misconception: str = ""
    network: Network | None = None
    guess: Guess | None = None
    picture: tuple[str, ...] = ()
    verdict: str = ""


class Settler:
    """Makes Items of one file for one chapter, each with an id of its own."""

    def __init__(self, chapter: str, t: Words, report: Report) -> None:
        self.chapter = chapter
        self.t = t
        self.report = report
        self.lines: dict[str, int] = {}
        self.counts: dict[str, int] = {}

    def settle(self, found: Candidate) -> Item:
        """The question as the course can take it. Raises LeftOut after telling why not."""
        if found.language not in ("", self.t.language):
            self.leave_out(found, "other_language", language=found.language, expected=self.t.language)
        if not found.prompt:
            self.leave_out(found, "empty_prompt")
        self.check_texts(found)
        self.check_right(found)
        if found.kind is QuestionKind.NUMBER:
            self.check_number(found)
        self.pad(found)
        choices = credited(found.kind, found.choices)
        self.compare_weights(found, choices)
        is_ours = found.given_id.partition("/")[0] == self.chapter
        if found.section and not is_ours:
            self.report.tell(found.line, "other_chapter", given=found.given_id, expected=self.chapter)
        return Item(
            id=f"{self.chapter}/{self.name(found)}",
            kind=found.kind,
            language=self.t.language,
            prompt=found.prompt,
            choices=choices,
            targets=tuple(found.targets),
            holds=found.holds,
            unit=found.unit,
            tolerance=found.tolerance,
            section=found.section if is_ours else "",
            facts=found.facts,
            misconception=found.misconception if is_ours else "",
            network=found.network,
            guess=found.guess,
            picture=found.picture,
            verdict=found.verdict,
        )

    def leave_out(self, found: Candidate, code: str, **facts: object) -> None:
        """Say why a question cannot be kept, and end its reading."""
        self.report.tell(found.line, code, **facts)
        raise LeftOut

    # --- what it says ----------------------------------------------------------------------------------

    def check_texts(self, found: Candidate) -> None:
        texts = [found.prompt, *_texts(found)]
        check_lengths(texts, found.line, self.report)
        if len(found.choices) > MOST or len(found.targets) > MOST:
            self.leave_out(found, "too_many_choices", count=max(len(found.choices), len(found.targets)))
        if found.kind is not QuestionKind.NUMBER:
            for words in (
                [choice.text for choice in found.choices],
                [target.text for target in found.targets],
            ):
                if "" in words:
                    self.leave_out(found, "empty_choice")
                repeated = next((text for text in words if words.count(text) > 1), None)
                if repeated is not None:
                    self.leave_out(found, "repeated_choice", text=repeated)
        silent = sum(not choice.why for choice in found.choices)
        if silent:
            self.report.tell(found.line, "why_missing", count=silent)

    def check_right(self, found: Candidate) -> None:
        right = sum(choice.is_right for choice in found.choices)
        if not found.choices:  # a statement without reasons: told by its reader
            return
        if right == 0:
            self.leave_out(found, "no_right_choice")
        if found.kind in _ONE_RIGHT and right > 1:
            self.leave_out(found, "several_right", count=right)
        if found.kind is QuestionKind.SEVERAL and right == len(found.choices):
            self.leave_out(found, "every_choice_is_right")

    def check_number(self, found: Candidate) -> None:
        units = sorted(key.rpartition(".")[2] for key in self.t.texts if key.startswith("practice.unit."))
        if found.unit not in units:
            self.report.tell(found.line, "unit_unknown", known=", ".join(units))
            found.unit = ""
        if found.tolerance > WIDEST:
            given = f"{found.tolerance:.3f}"
            self.report.tell(found.line, "tolerance_too_wide", given=given, expected=str(WIDEST))
            found.tolerance = WIDEST
        found.choices = [
            replace(choice, text=figure_words(choice.figure, found.unit, self.t))
            for choice in found.choices
            if choice.figure is not None
        ]

    def pad(self, found: Candidate) -> None:
        """Add empty choices, and targets, up to the fewest that a question may have."""
        is_short = len(found.choices) < FEWEST or 0 < len(found.targets) < FEWEST
        if found.choices and is_short:
            count = min(len(found.choices), len(found.targets) or FEWEST)
            self.report.tell(found.line, "too_few_choices", count=count)
        everywhere = found.kind in (QuestionKind.MATCH, QuestionKind.ORDER)
        for name in _free([choice.id for choice in found.choices]):
            is_right = everywhere or not found.choices
            target = found.targets[0].id if found.targets else ""
            found.choices.append(ItemChoice(id=name, text="", is_right=is_right, target=target))
        if found.targets:
            found.targets += [
                Target(id=name, text="") for name in _free([target.id for target in found.targets])
            ]

    def compare_weights(self, found: Candidate, choices: Sequence[ItemChoice]) -> None:
        """Tell where the file gives other credits than grading does."""
        weighed = [choice for choice in choices if choice.id in found.weights]
        given = [found.weights[choice.id] for choice in weighed]
        ours = [choice.credit for choice in weighed]
        if any(abs(one - other) > _NEAR for one, other in zip(given, ours, strict=True)):
            told = {"given": ", ".join(map(weight, given)), "expected": ", ".join(map(weight, ours))}
            self.report.tell(found.line, "credit_not_ours", **told)

    # --- ids -------------------------------------------------------------------------------------------

    def name(self, found: Candidate) -> str:
        """An id that no other question of the file has: the file's own, else one made of its title."""
        chapter, _, given = found.given_id.rpartition("/")
        if chapter and not is_id(chapter):
            given = ""
        wanted = given if is_id(given) else slug(found.title) or "imported"
        name = wanted
        while name in self.lines:
            self.counts[wanted] = self.counts.get(wanted, 1) + 1
            suffix = f"-{self.counts[wanted]}"
            name = wanted[: LONGEST_ID - len(suffix)].rstrip("-") + suffix
        if not is_id(given):
            self.report.tell(found.line, "id_made", name=name)
        elif name != given:
            self.report.tell(found.line, "id_taken", given=given, first=self.lines[wanted], name=name)
        self.lines[name] = found.line
        return name


def _texts(found: Candidate) -> Iterator[str]:
    for choice in found.choices:
        yield choice.text
        yield choice.why
    yield from (target.text for target in found.targets)


def _free(taken: Sequence[str]) -> list[str]:
    """Ids for the choices that are missing."""
    free = [name for name in NAMES if name not in taken]
    return free[: max(0, FEWEST - len(taken))]


def is_id(text: str) -> bool:
    """Whether a text is an id as the course has them."""
    return len(text) <= LONGEST_ID and ID.fullmatch(text) is not None


def slug(text: str) -> str:
    """An id made of the Latin letters and digits of a text; empty where it has none."""
    return _NO_ID.sub("-", text.lower())[:LONGEST_ID].strip("-")


def ids_for(count: int, given: Sequence[str]) -> tuple[str, ...]:
    """The ids that a file gives to its choices, if they fit; else first, second and so on."""
    if len(given) == count == len(set(given)) and all(map(is_id, given)):
        return tuple(given)
    return tuple(NAMES[number] if number < len(NAMES) else f"choice-{number + 1}" for number in range(count))


def known_kinds() -> str:
    """The types that can be read, for people."""
    return ", ".join(READABLE)
