"""Whether a lab of the course holds together: what it refers to, and its words in every language."""

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from vpclab.cost.month import CENT
from vpclab.errors import Problem
from vpclab.learning import markup
from vpclab.learning.content_files import ContentFile
from vpclab.learning.lab_models import Lab, LabPlan, LabText, MonthGoal
from vpclab.learning.labs import attempt, replay
from vpclab.learning.references import Known, every_text, is_taught, repeated, text_problems, unknown

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def plan_problems(file: ContentFile, plan: LabPlan, known: Known) -> Iterator[Problem]:
    """The facts that a lab stands on, and where it is taught."""
    yield from unknown(file, ("facts",), plan.facts, known.facts, "unknown_fact")
    yield from repeated(file, ("hints",), plan.hints)
    if not is_taught(plan.chapter, known):
        yield file.problem(("chapter",), "dangling_link", target=plan.chapter)


def shape_problems(
    file: ContentFile, words: LabText, plan: LabPlan, *, is_complete: bool = True
) -> Iterator[Problem]:
    """Words that are missing for a part of the plan, or belong to none."""
    wanted: Mapping[str, Collection[str]] = {
        "hints": plan.hints,
        "requests": plan.requests,
        "named_moves": plan.named_moves,
    }
    for key, ids in wanted.items():
        found = getattr(words, key)
        for name in ids:
            if name not in found:
                yield file.problem((key, name), "missing_key", name=name)
        for name in found:
            if name not in ids:
                yield file.problem((key, name), "unknown_key", name=name)
    # A lab that somebody made may leave its goals to speak for themselves.
    if len(words.goals) != len(plan.goal) and (words.goals or is_complete):
        count = {"found": len(words.goals), "expected": len(plan.goal)}
        yield file.problem(("goals",), "goals_differ", **count)


def text_problems_of(
    file: ContentFile, words: LabText, figures: Collection[Decimal], known: Known
) -> Iterator[Problem]:
    """What the words mark that there is not, and numbers that are neither facts nor figures of the lab."""
    for place, text in every_text((), words):
        for problem in text_problems(file, place, text, known):
            is_own = problem.code == "typed_number" and figure_in(str(problem.facts["number"])) in figures
            if not is_own:
                yield problem


def language_problems(files: Mapping[str, ContentFile], texts: Mapping[str, LabText]) -> Iterator[Problem]:
    """Texts that use other values in one language than in another."""
    first, *others = texts
    ours = dict(every_text((), texts[first]))
    for other in others:
        theirs = dict(every_text((), texts[other]))
        for place in sorted(ours.keys() & theirs.keys(), key=str):
            if set(markup.values(ours[place])) != set(markup.values(theirs[place])):
                yield files[other].problem(place, "placeholders_differ", name=str(place[-1]))


def figures_of(lab: Lab) -> frozenset[Decimal]:
    """The numbers that a lab's words may say: its traffic and bounds, and what its networks cost a month.

    They are computed or stand in the plan; words that no longer agree with them are found by that.
    """
    plan = lab.plan
    bounds = [goal.month_below for goal in plan.goal if isinstance(goal, MonthGoal)]
    par = plan.par.month if plan.par is not None else None
    given = [number for number in (plan.traffic_gb, par, *bounds) if isinstance(number, Decimal)]
    months = [attempt(lab, setup).month for setup in replay(lab)]
    start = months[0].total
    amounts = [line.amount for month in months for line in month.lines if line.amount is not None]
    sums = [start / 2, *amounts, *(total for month in months for total in (month.total, start - month.total))]
    rounded = [amount.quantize(to, ROUND_HALF_UP) for amount in sums for to in (CENT, Decimal(1))]
    return frozenset((*given, *rounded))


def figure_in(text: str) -> Decimal | None:
    """The number in a text such as `1,024 GB`."""
    match = _FIGURE.search(text)
    try:
        return Decimal(match[0].replace(",", "")) if match else None
    except InvalidOperation:
        return None
