"""How long a learner waits in the review, for what an answer was worth and for the next question.

An answer is shown only when it is on the disk, so its time has that in it.
"""

import random
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scripts.bench_server import median_ms, served, serving, slowest_of_twenty_ms
from scripts.figures import Figure, at_most
from scripts.reviewer import Reviewer
from scripts.visitor import Run, Visitor
from ui.learner_cookie import new_secret
from vpclab.learning.exercise import exercises
from vpclab.learning.library import load_library
from vpclab.learning.schedule import Rating
from vpclab.store.database import FOLDER_NAME, database_url
from vpclab.store.events import Answered
from vpclab.store.progress import ProgressStore

ROUNDS, WARM_UP = 40, 6
LONG_AGO = timedelta(days=60)
NEW, OLD = "a learner who begins", "one with all facts due"


def review() -> list[Figure]:
    """A learner without a past, and one for whom all facts are due, in turns with the one-button app."""
    secrets = {NEW: new_secret(), OLD: new_secret()}
    answered: dict[str, list[Run]] = {name: [] for name in secrets}
    went_on: dict[str, list[Run]] = {name: [] for name in secrets}
    pressed: list[Run] = []
    with ExitStack() as opened:
        data = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="vpclab-bench-")))
        _keep_past(data, secrets[OLD])
        ours = opened.enter_context(serving("app.py", data)).address
        presser = opened.enter_context(Visitor(opened.enter_context(served("scripts/one_button.py"))))
        dice = random.Random(20)  # noqa: S311 - the same answers each time, so that figures can be compared
        reviewers = {
            name: opened.enter_context(Reviewer(ours, secret, dice)) for name, secret in secrets.items()
        }
        for _ in range(ROUNDS + WARM_UP):
            for name, reviewer in reviewers.items():
                answered[name].append(reviewer.answer())
                pressed.append(presser.change("press", True))
                went_on[name].append(reviewer.go_on())
                pressed.append(presser.change("press", True))
    base = median_ms(pressed[WARM_UP:])
    figures = [Figure(name="server time of the one-button app", value=base, unit="ms")]
    for name in secrets:
        runs, after = answered[name][WARM_UP:], went_on[name][WARM_UP:]
        figures += [
            at_most(f"review, {name}, answer : one-button app", median_ms(runs) / base, "times", 3),
            Figure(name="  slowest of twenty", value=slowest_of_twenty_ms(runs), unit="ms"),
            at_most(f"review, {name}, next : one-button app", median_ms(after) / base, "times", 3),
        ]
    return figures


def _keep_past(data: Path, secret: str) -> None:
    """Every question of the course was answered once, so long ago that all of its facts are due."""
    with closing(ProgressStore(database_url({FOLDER_NAME: str(data)}, data))) as store:
        store.migrate()
        store.keep(secret, list(_past()), datetime.now(UTC) - LONG_AGO)


def _past() -> Iterator[Answered]:
    start = datetime.now(UTC) - LONG_AGO
    for number, exercise in enumerate(exercises(load_library())):
        yield Answered(
            id=f"{number:032x}",
            at=start + number * timedelta(minutes=1),
            exercise=exercise.id,
            kind=str(exercise.question.kind),
            place="chapter",
            made=exercise.question.choices[:1],
            score=1.0,
            millis=20_000,
            rating=Rating.GOOD,
            facts=exercise.facts,
        )
