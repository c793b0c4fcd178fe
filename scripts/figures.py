"""What a measurement says, as a table; and how to measure calls in this process."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

ROUNDS, BATCH_SECONDS = 15, 0.05


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table; `aim` says what we want it to be."""

    name: str
    value: float
    unit: str
    aim: str = ""
    met: bool | None = None


def at_most(name: str, value: float, unit: str, aim: float) -> Figure:
    """A figure that should not be larger than `aim`."""
    return Figure(name=name, value=value, unit=unit, aim=f"<= {aim:g}", met=value <= aim)


def at_least(name: str, value: float, unit: str, aim: float) -> Figure:
    """A figure that should not be smaller than `aim`."""
    return Figure(name=name, value=value, unit=unit, aim=f">= {aim:,.0f}", met=value >= aim)


def at_share(name: str, value: float, aim: float) -> Figure:
    """A share of one that should not be smaller than `aim`."""
    return Figure(name=name, value=value, unit="", aim=f">= {aim:g}", met=value >= aim)


def report(figures: list[Figure]) -> None:
    """The figures as a table."""
    marks = {None: "", True: "met", False: "MISSED"}
    for figure in figures:
        value = f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:.2f}"
        print(f"{figure.name:58} {value:>10} {figure.unit:9} {figure.aim:12} {marks[figure.met]}".rstrip())


def seconds_each(*jobs: Callable[[], object]) -> list[float]:
    """Median seconds of one call of each job: batches of every job in turn, round after round."""
    counts = [batch_size(job) for job in jobs]
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, count, times in zip(jobs, counts, taken, strict=True):
            start = perf_counter()
            for _ in range(count):
                job()
            times.append((perf_counter() - start) / count)
    return [statistics.median(times) for times in taken]


def batch_size(job: Callable[[], object]) -> int:
    """How many calls fill a batch; calling the job for this also fills what it keeps for later."""
    job()
    start = perf_counter()
    job()
    return max(1, round(BATCH_SECONDS / max(perf_counter() - start, 1e-7)))
