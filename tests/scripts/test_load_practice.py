"""The load of many learners: what is counted, and what is found in the file; the times are not tested."""

import math
import random
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from scripts import load_practice
from scripts.load_practice import (
    PAUSE_SECONDS,
    SPREAD,
    Attended,
    Compared,
    Load,
    attend,
    compare,
    kept_answers,
    main,
    of_answers,
    of_file,
    percentile,
)
from scripts.visitor import Run, RunFailed
from vpclab.learning.schedule import Rating
from vpclab.store.database import FILE, FOLDER_NAME, database_url
from vpclab.store.events import Answered
from vpclab.store.progress import ProgressStore

LOAD = Load(learners=1, seconds=60, warm_up=10)


@dataclass
class Pretended:
    """A learner who answers at once, on a clock that only waiting moves; `fails` at that answer."""

    secret: str = "s"
    fails: int = 0
    sent: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    def answer(self) -> Run:
        self.sent.append(f"{len(self.sent)}")
        if len(self.sent) == self.fails:
            raise RunFailed("not kept")
        return Run(seconds=0.25, sent_bytes=0, messages=())

    def go_on(self) -> Run:
        return Run(seconds=0.125, sent_bytes=0, messages=())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The moments that learners wait for, which come at once."""
    moments: list[float] = []

    def wait_until(moment: float) -> float:
        moments.append(moment)
        return moment

    monkeypatch.setattr(load_practice, "wait_until", wait_until)
    return moments


def dice() -> random.Random:
    return random.Random(3)  # noqa: S311 - nothing secret is drawn


def test_a_learner_answers_every_five_seconds_more_or_less_until_the_time_is_over(clock: list[float]):
    learner = Pretended()

    attend(learner, dice(), 100.0, LOAD)

    answered, went_on = clock[0::2], clock[1::2]
    gaps = [later - before for before, later in pairwise(answered)]
    assert 100 <= answered[0] <= 100 + PAUSE_SECONDS
    assert min(gaps) >= PAUSE_SECONDS * (1 - SPREAD)
    assert max(gaps) <= PAUSE_SECONDS * (1 + SPREAD)
    assert max(gaps) - min(gaps) > 1
    assert all(before < between for before, between in zip(answered, went_on, strict=False))
    assert answered[-2] < 170 <= answered[-1]
    assert len(learner.sent) == len(answered) - 1


def test_what_is_answered_in_the_warm_up_is_not_measured(clock: list[float]):
    learner = Pretended()

    seen = attend(learner, dice(), 0.0, LOAD)

    warm = sum(moment < LOAD.warm_up for moment in clock[0::2])
    assert warm > 0
    assert seen.answers == [0.25] * (len(learner.sent) - warm)
    assert seen.others == [0.125] * len(seen.answers)


@pytest.mark.usefixtures("clock")
def test_an_error_is_told_and_ends_the_learner():
    learner = Pretended(fails=4)

    seen = attend(learner, dice(), 0.0, LOAD)

    assert seen.errors == ["RunFailed: not kept"]
    assert len(learner.sent) == 4


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def test_lost_doubled_and_unknown_answers_are_counted():
    first = Pretended("a", sent=["1", "2", "3"], acknowledged=["1", "2"])
    second = Pretended("b", sent=["4"], acknowledged=["4"])
    # The first learner's second answer lies with somebody else.
    kept = Counter(
        {(hashed("a"), "1"): 2, (hashed("a"), "3"): 1, (hashed("b"), "4"): 1, (hashed("b"), "2"): 1}
    )

    compared = compare((first, second), kept)

    assert compared == Compared(sent=4, acknowledged=3, found=5, lost=1, doubled=1, unknown=1)
    assert [figure.met for figure in of_file(compared) if figure.aim] == [False, False, False]


def test_an_answer_that_was_kept_and_not_acknowledged_is_no_fault():
    learner = Pretended(sent=["1"], acknowledged=[])

    compared = compare((learner,), Counter({(hashed("s"), "1"): 1}))

    assert [figure.met for figure in of_file(compared) if figure.aim] == [True, True, True]


def test_the_file_is_read_by_learner_and_answer(tmp_path: Path):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    answers = [
        Answered(
            id=f"{number:032x}",
            at=now,
            exercise="cost/hours",
            kind="one",
            place="review",
            made=("a",),
            score=1.0,
            millis=None,
            rating=Rating.GOOD,
            facts=("nat",),
        )
        for number in range(3)
    ]
    with closing(ProgressStore(database_url({FOLDER_NAME: str(tmp_path)}, tmp_path))) as store:
        store.migrate()
        store.keep("a", answers[:2], now)
        store.keep("b", answers[1:], now)

    found = kept_answers(tmp_path / FILE)

    assert found == Counter(
        [(hashed("a"), answer.id) for answer in answers[:2]]
        + [(hashed("b"), answer.id) for answer in answers[1:]]
    )


def test_percentiles_lie_between_the_values_measured():
    values = [float(value) for value in range(101)]

    assert [percentile(values, percent) for percent in (50, 95, 99)] == [50, 95, 99]
    assert percentile([7.0], 95) == 7
    assert math.isnan(percentile([], 95))


def test_nothing_measured_does_not_count_as_quick_enough():
    figures = {figure.name: figure for figure in of_answers([Attended(errors=["RunFailed: not kept"])])}

    assert figures["answer to end of run, p95"].met is False
    assert figures["errors"].met is False


@pytest.mark.parametrize("asked", [["--learners", "501"], ["--learners", "0"], ["--seconds", "301"]])
def test_a_load_is_bounded(asked: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.argv", ["load_practice", *asked])
    monkeypatch.setattr(load_practice, "measure", lambda _: pytest.fail("it was measured"))

    with pytest.raises(SystemExit, match="2"):
        main()
