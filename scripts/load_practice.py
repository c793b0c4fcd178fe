"""Many learners answer at once: `python -m scripts.load_practice [--learners N] [--processes N]`.

Starts servers on this machine, one for each of two processors, that share a data folder of their own. Each
learner has a cookie and a connection, answers what the review asks every five seconds, more or less, and goes
on in between. The time of an answer runs from sending it to the end of the run that shows it as kept. At last
the servers are killed, not asked to end, and what was acknowledged is compared with what is in the file:
nothing may be lost, nothing be there twice. Learners and servers share the processors, so what the learners
took of them is told too.

Ends with 1 when an aim is missed.
"""

import argparse
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from scripts.bench_server import Server, serving
from scripts.figures import Figure, at_most, report
from scripts.reviewer import Reviewer
from ui.learner_cookie import new_secret
from vpclab.store.database import FILE

PAUSE_SECONDS, SPREAD = 5.0, 1 / 3
"""How long a learner takes for a question, on average, and by which share it can be less or more."""

WARM_UP_SECONDS = 10
MOST_LEARNERS, MOST_SECONDS, MOST_PROCESSES = 500, 300, 4
COME_AT_ONCE = 8
THREAD_BYTES = 256 * 1024

Kept = Counter[tuple[str, str]]
"""How often each answer is there, by the SHA-256 of its learner's secret and its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many learners answer, for how long after the warm-up, and how many processes serve them.

    Several processes share one file, as they do behind a proxy that keeps each learner with one of them.
    """

    learners: int
    seconds: float
    processes: int = 1
    warm_up: float = WARM_UP_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """What one learner saw: seconds of answers and of next questions after the warm-up; an error ends it."""

    answers: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Answers sent, acknowledged, found in the file; and what should not be."""

    sent: int
    acknowledged: int
    found: int
    lost: int
    doubled: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What the server's process has used so far: megabytes of memory now, seconds of processors."""

    memory: float
    seconds: float


def measure(load: Load) -> list[Figure]:
    """Let the learners answer, and tell what came of it."""
    threading.stack_size(THREAD_BYTES)
    with tempfile.TemporaryDirectory(prefix="vpclab-load-") as folder:
        data = Path(folder)
        with ExitStack() as visits:
            servers = [visits.enter_context(serving("app.py", data)) for _ in range(load.processes)]
            before = [_settle(server) for server in servers]
            first = used(servers)
            reviewers = _open_all([server.address for server in servers], load.learners, visits)
            opened = used(servers)
            mine = time.process_time()
            attended = attend_all(reviewers, load)
            mine = time.process_time() - mine
            last = used(servers)
            for server in servers:
                server.process.kill()
                server.process.wait()
        compared = compare((*before, *reviewers), kept_answers(data / FILE))
    for error, count in Counter(error for one in attended for error in one.errors).most_common(5):
        print(f"{count} x {error}", file=sys.stderr)
    whole = load.warm_up + load.seconds
    return [
        *of_answers(attended),
        *of_file(compared),
        *of_memory(first, opened, last, load.learners),
        Figure(name="processors: the server", value=(last.seconds - opened.seconds) / whole, unit="cores"),
        Figure(name="processors: the learners", value=mine / whole, unit="cores"),
        Figure(name="load of the machine, last minute", value=os.getloadavg()[0], unit=""),
    ]


def of_answers(attended: Sequence[Attended]) -> list[Figure]:
    """How long the learners waited."""
    answers = [seconds * 1000 for one in attended for seconds in one.answers]
    others = [seconds * 1000 for one in attended for seconds in one.others]
    return [
        Figure(name="answers measured", value=len(answers), unit=""),
        Figure(name="answer to end of run, p50", value=percentile(answers, 50), unit="ms"),
        at_most("answer to end of run, p95", percentile(answers, 95), "ms", 500),
        Figure(name="answer to end of run, p99", value=percentile(answers, 99), unit="ms"),
        Figure(name="next question, p50", value=percentile(others, 50), unit="ms"),
        Figure(name="next question, p95", value=percentile(others, 95), unit="ms"),
        at_most("errors", sum(len(one.errors) for one in attended), "", 0),
    ]


def of_file(compared: Compared) -> list[Figure]:
    """What became of the answers."""
    return [
        Figure(name="answers sent", value=compared.sent, unit=""),
        Figure(name="answers acknowledged", value=compared.acknowledged, unit=""),
        Figure(name="answers in the file after a kill", value=compared.found, unit=""),
        at_most("acknowledged and lost", compared.lost, "", 0),
        at_most("in the file twice", compared.doubled, "", 0),
        at_most("in the file and never sent", compared.unknown, "", 0),
    ]


def of_memory(first: Used, opened: Used, last: Used, learners: int) -> list[Figure]:
    """What the server's memory came to; what it keeps for all of them is in the last line too."""
    grown = 1000 / learners
    return [
        Figure(name="server memory, one learner was there", value=first.memory, unit="MB"),
        Figure(name="server memory, all have begun", value=opened.memory, unit="MB"),
        Figure(name="server memory, at the end", value=last.memory, unit="MB"),
        Figure(name="memory per session, begun", value=(opened.memory - first.memory) * grown, unit="kB"),
        Figure(name="memory per session, at the end", value=(last.memory - first.memory) * grown, unit="kB"),
    ]


def attend_all(reviewers: Sequence[Reviewer], load: Load) -> list[Attended]:
    """All learners at once, until the time is over."""
    start = time.monotonic()
    with ThreadPoolExecutor(max_workers=len(reviewers)) as pool:
        jobs = [
            pool.submit(attend, reviewer, _dice(number), start, load)
            for number, reviewer in enumerate(reviewers)
        ]
        return [job.result() for job in jobs]


def attend(reviewer: Reviewer, dice: random.Random, start: float, load: Load) -> Attended:
    """One learner: answer, read for half of the pause, go on, read, and again."""
    seen = Attended()
    measured, end = start + load.warm_up, start + load.warm_up + load.seconds
    at = start + dice.uniform(0, PAUSE_SECONDS)
    try:
        while wait_until(at) < end:
            is_measured = at >= measured
            taken = reviewer.answer().seconds
            pause = PAUSE_SECONDS * dice.uniform(1 - SPREAD, 1 + SPREAD)
            wait_until(at + pause / 2)
            on = reviewer.go_on().seconds
            if is_measured:
                seen.answers.append(taken)
                seen.others.append(on)
            at += pause
    except Exception as error:  # whatever it is, it is told and counted
        seen.errors.append(f"{type(error).__name__}: {error}")
    return seen


def wait_until(moment: float) -> float:
    """Sleep until then; the time by now."""
    time.sleep(max(0.0, moment - time.monotonic()))
    return time.monotonic()


def compare(reviewers: Iterable[Reviewer], kept: Kept) -> Compared:
    """Each learner's answers against what is in the file under their own secret."""
    sent: set[tuple[str, str]] = set()
    acknowledged: set[tuple[str, str]] = set()
    for reviewer in reviewers:
        learner = sha256(reviewer.secret.encode()).hexdigest()
        sent.update((learner, name) for name in reviewer.sent)
        acknowledged.update((learner, name) for name in reviewer.acknowledged)
    return Compared(
        sent=len(sent),
        acknowledged=len(acknowledged),
        found=kept.total(),
        lost=len(acknowledged - kept.keys()),
        doubled=sum(count - 1 for count in kept.values()),
        unknown=len(kept.keys() - sent),
    )


def kept_answers(file: Path) -> Kept:
    """The answers in a file of SQLite, read without the store's own code."""
    asked = "SELECT secret_hash, id FROM answers JOIN devices ON devices.learner_id = answers.learner_id"
    with closing(sqlite3.connect(file)) as connection:
        return Counter(tuple(row) for row in connection.execute(asked))


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent keep within; nan for none."""
    if len(values) < 2:
        return values[0] if values else float("nan")
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def used(servers: Iterable[Server]) -> Used:
    """What Linux tells of all processes together."""
    pages = ticks = 0
    for server in servers:
        folder = Path("/proc") / str(server.process.pid)
        pages += int((folder / "statm").read_text().split()[1])
        ticks += sum(map(int, (folder / "stat").read_text().rpartition(")")[2].split()[11:13]))
    return Used(memory=pages * os.sysconf("SC_PAGE_SIZE") / 1e6, seconds=ticks / os.sysconf("SC_CLK_TCK"))


def _settle(server: Server) -> Reviewer:
    """One learner comes and goes, so that all is loaded that the process loads once."""
    with Reviewer(server.address, new_secret(), _dice(-1)) as reviewer:
        reviewer.answer()
        reviewer.go_on()
    return reviewer


def _open_all(addresses: Sequence[str], count: int, visits: ExitStack) -> list[Reviewer]:
    """Let the learners come, a few at a time, to each server in turn."""

    def come(number: int) -> Reviewer:
        reviewer = Reviewer(addresses[number % len(addresses)], new_secret(), _dice(number))
        visits.push(reviewer.__exit__)
        return reviewer.__enter__()

    with ThreadPoolExecutor(max_workers=COME_AT_ONCE) as pool:
        return list(pool.map(come, range(count)))


def _dice(number: int) -> random.Random:
    return random.Random(number)  # noqa: S311 - the same answers each time, so that figures can be compared


def _at_most(most: int, text: str) -> int:
    value = int(text)
    if not 1 <= value <= most:
        raise argparse.ArgumentTypeError(f"from 1 to {most}")
    return value


def main() -> int:
    """Measure, print, and say whether all aims were met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=lambda text: _at_most(MOST_LEARNERS, text), default=300)
    parser.add_argument("--seconds", type=lambda text: _at_most(MOST_SECONDS, text), default=60)
    parser.add_argument("--processes", type=lambda text: _at_most(MOST_PROCESSES, text), default=2)
    asked = parser.parse_args()
    figures = measure(Load(learners=asked.learners, seconds=asked.seconds, processes=asked.processes))
    report(figures)
    return 1 if any(figure.met is False for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
