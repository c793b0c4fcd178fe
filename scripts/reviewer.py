"""A learner without a browser who reviews: answers what is asked, goes on, and begins again at the end."""

import json
import random
import time
from collections.abc import Mapping
from secrets import token_hex
from types import TracebackType
from typing import Any, Self

from scripts.visit import is_failure
from scripts.visitor import Run, RunFailed, Visitor
from ui.learner_cookie import NAME
from vpclab.learning.quiz import FALSE, PAIR, TRUE

CARD = "card:review"


class Reviewer:
    """One learner with a cookie of their own on the page for reviews; use as a context manager.

    `sent` has the ids of all answers, `acknowledged` those that the page showed as answered.
    """

    def __init__(self, address: str, secret: str, dice: random.Random) -> None:
        self.secret = secret
        self.sent: list[str] = []
        self.acknowledged: list[str] = []
        self._dice = dice
        self._visitor = Visitor(address, "/review", cookie=f"{NAME}={secret}")

    def __enter__(self) -> Self:
        """Open the page and begin a session."""
        self._visitor.__enter__()
        try:
            self._visitor.change("review-begin", True)
        except BaseException:
            self._visitor.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._visitor.__exit__(kind, error, traceback)

    def answer(self) -> Run:
        """Answer what is asked, and check that the page shows it as kept. Raises RunFailed."""
        name = token_hex(16)
        made = answer_to(json.loads(self._card()["card"]), self._dice)
        self.sent.append(name)
        run = self._visitor.trigger(CARD, "answered", {"event": name, "made": made, "millis": 9_000})
        check_shown(run)
        if not self._card()["locked"]:
            raise RunFailed("the page does not show what was answered")
        self.acknowledged.append(name)
        return run

    def go_on(self) -> Run:
        """Go on to the next question. Raises RunFailed. After the last one a new session begins, untimed."""
        run = self._visitor.change("review-next", True)
        check_shown(run)
        if "done" in self._visitor.parameters:
            time.sleep(1)  # a session has all that was answered from the second on in which it began
            self._visitor.change("review-again", True)
        if self._card()["locked"]:
            raise RunFailed("the page asks nothing new")
        return run

    def _card(self) -> dict[str, Any]:
        """What the page shows of the question."""
        if CARD not in self._visitor.components:
            raise RunFailed("the page shows no question")
        shown: dict[str, Any] = json.loads(self._visitor.components[CARD].data)
        return shown


def check_shown(run: Run) -> None:
    """Raise RunFailed when a run showed an error, or that what was answered is not kept."""
    for message in run.messages:
        if message.WhichOneof("type") == "delta" and is_failure(message.delta.new_element):
            raise RunFailed(str(message.delta.new_element).strip())


def answer_to(card: Mapping[str, Any], dice: random.Random) -> list[str]:
    """An answer that the card of a question lets its learner give, right or wrong."""
    choices = [choice for choice, _ in card["choices"]]
    match card["kind"]:
        case "number":
            return [str(dice.randrange(1, 1000))]
        case "true-or-false":
            return [dice.choice((TRUE, FALSE)), dice.choice(choices)]
        case "order":
            return dice.sample(choices, len(choices))
        case "match":
            targets = [target for target, _ in card["targets"]]
            return [f"{choice}{PAIR}{dice.choice(targets)}" for choice in choices]
        case _:
            return [dice.choice(choices)]
