"""Goals of labs in words: what a goal says where nobody has written a sentence for it."""

from vpclab.learning.lab_models import HALF, MAIN, AbsentGoal, Goal, MonthGoal, PresentGoal, RequestGoal
from vpclab.words import Words


def goal_words(goal: Goal, t: Words) -> str:
    """A goal as a sentence."""
    match goal:
        case PresentGoal():
            return t("builder.goal.present", component=t(f"builder.component.{goal.present}"))
        case AbsentGoal():
            return t("builder.goal.absent", component=t(f"builder.component.{goal.absent}"))
        case MonthGoal():
            if goal.month_below == HALF:
                return t("builder.goal.month_half")
            return t("builder.goal.month", usd=f"{goal.month_below:,.2f}")
        case _:
            return _request_words(goal, t)


def _request_words(goal: RequestGoal, t: Words) -> str:
    """What is asked of a request; a request other than the network's own is named."""
    parts = _answer_words(goal, t)
    if goal.stopped_by is not None:
        parts.append(t("builder.goal.stopped_by", code=goal.stopped_by))
    told = parts[0]
    for other in parts[1:]:
        told = t("builder.goal.and", one=told, other=other)
    return told if goal.request == MAIN else t("builder.goal.of_request", name=goal.request, told=told)


def _answer_words(goal: RequestGoal, t: Words) -> list[str]:
    address = None if goal.public_address is None else "public" if goal.public_address else "private"
    if goal.through is None and goal.reaches and address is not None:
        return [t(f"builder.goal.answered_{address}")]
    parts = []
    if goal.through is not None:
        parts.append(t("builder.goal.through", way=t(f"builder.way.{goal.through}")))
    elif goal.reaches is not None:
        parts.append(t("builder.goal.answered" if goal.reaches else "builder.goal.stopped"))
    if address is not None:
        parts.append(t(f"builder.goal.{address}"))
    return parts
