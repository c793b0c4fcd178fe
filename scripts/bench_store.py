"""How long an answer takes to be on the disk, for a new learner and for one with thousands of answers."""

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter

from scripts.figures import Figure, at_most
from vpclab.learning.schedule import Rating
from vpclab.store.database import database_url
from vpclab.store.events import Answered
from vpclab.store.progress import ProgressStore

ROUNDS, WARM_UP = 200, 10
MANY, EXERCISES, FACTS = 10_000, 300, 250
START = datetime(2026, 1, 1, tzinfo=UTC)
NEW, OLD = "a learner who begins", "a learner of long standing"


def keeping() -> list[Figure]:
    """`keep` and `progress` on SQLite, both learners in turns in the same file."""
    with (
        tempfile.TemporaryDirectory(prefix="vpclab-bench-") as folder,
        closing(ProgressStore(database_url({}, Path(folder)))) as store,
    ):
        store.migrate()
        made = _answers()
        store.keep(OLD, [next(made) for _ in range(MANY)], START)
        kept: dict[str, list[float]] = {NEW: [], OLD: []}
        read: list[float] = []
        for _ in range(ROUNDS + WARM_UP):
            for secret, times in kept.items():
                answer = next(made)
                start = perf_counter()
                store.keep(secret, [answer], answer.at)
                times.append(perf_counter() - start)
            start = perf_counter()
            store.progress(OLD)
            read.append(perf_counter() - start)
    return [
        at_most("an answer kept, SQLite, none before", _median_ms(kept[NEW]), "ms", 10),
        at_most(f"an answer kept, SQLite, {MANY:,} before", _median_ms(kept[OLD]), "ms", 10),
        Figure(name=f"progress read, {MANY:,} answers", value=_median_ms(read), unit="ms"),
    ]


def _median_ms(times: list[float]) -> float:
    return statistics.median(times[WARM_UP:]) * 1000


def _answers() -> Iterator[Answered]:
    """Answers without end, one in a while, over all exercises and facts of a course."""
    for number in count():
        yield Answered(
            id=f"{number:032x}",
            at=START + number * timedelta(minutes=20),
            exercise=f"chapter-{number % EXERCISES // 20}/question-{number % EXERCISES}",
            kind="one",
            place="review",
            made=(f"choice-{number % 4}",),
            score=float(number % 5 > 0),
            millis=20_000,
            rating=Rating.GOOD if number % 5 else Rating.AGAIN,
            facts=(f"fact-{number % FACTS}", f"fact-{number * 7 % FACTS}"),
        )
