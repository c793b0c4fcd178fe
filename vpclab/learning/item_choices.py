"""What can be answered to a question, and which of it an answer takes: the rows of a table of choices."""

from collections.abc import Mapping
from dataclasses import dataclass

from vpclab.learning.questions import (
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    Question,
    SeveralQuestion,
    TruthQuestion,
)
from vpclab.learning.quiz import FALSE, PAIR, TRUE, answer_of, grade, order_of

STATEMENT, REASON = "statement", "reason"
"""What the two parts of the answer to a statement are about."""

OTHER = ""
"""The choice of an answer that takes nothing of what can be answered; what was typed is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that can be answered.

    `about` is what gets a place (order) or a target (match), or the part of the answer to a statement; else
    it is empty. `choice` is the choice, its place counted from 1, its target, or a known figure.
    """

    about: str = ""
    choice: str


def options(question: Question) -> Mapping[Option, bool]:
    """Everything that can be answered, and whether it is right."""
    names = question.choices
    match question:
        case TruthQuestion():
            said, reason = answer_of(question)
            return {
                **{Option(about=STATEMENT, choice=name): name == said for name in (TRUE, FALSE)},
                **{Option(about=REASON, choice=name): name == reason for name in names},
            }
        case OrderQuestion():
            right = order_of(question)
            places = range(len(right))
            return {
                Option(about=name, choice=str(place + 1)): right[place] == name
                for name in right
                for place in places
            }
        case MatchQuestion():
            return {
                Option(about=name, choice=target): question.pairs[name] == target
                for name in names
                for target in question.targets
            }
        case NumberQuestion():
            return {Option(choice=name): name in question.answer for name in names}
        case _:
            right = answer_of(question)
            return {Option(choice=name): name in right for name in names}


def taken(question: Question, made: tuple[str, ...]) -> frozenset[Option]:
    """The options that an answer takes, read as grading reads it; OTHER where it takes none."""
    names = question.choices
    match question:
        case TruthQuestion():
            said = next((name for name in made[:1] if name in (TRUE, FALSE)), OTHER)
            reason = next((name for name in made[1:2] if name in names), OTHER)
            parts = {STATEMENT: said, REASON: reason}
        case OrderQuestion():
            placed = dict.fromkeys(name for name in made if name in names)
            places = {name: str(place) for place, name in enumerate(placed, start=1)}
            parts = {name: places.get(name, OTHER) for name in names}
        case MatchQuestion():
            parts = dict.fromkeys(names, OTHER) | _targets(question, made)
        case SeveralQuestion():
            chosen = frozenset(Option(choice=name) for name in names if name in made)
            return chosen or frozenset({Option(choice=OTHER)})
        case NumberQuestion():
            parts = {"": grade(question, made).nearest or OTHER}
        case _:
            parts = {"": next((name for name in made if name in names), OTHER)}
    return frozenset(Option(about=about, choice=choice) for about, choice in parts.items())


def _targets(question: MatchQuestion, made: tuple[str, ...]) -> dict[str, str]:
    """The first target of each choice."""
    found: dict[str, str] = {}
    for pair in made:
        name, _, target = pair.partition(PAIR)
        if name in question.choices and target in question.targets:
            found.setdefault(name, target)
    return found
