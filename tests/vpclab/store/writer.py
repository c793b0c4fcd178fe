"""Writers in processes of their own: `python -m tests.vpclab.store.writer keep | kill ...`."""

import os
import random
import signal
import sys
import time
from itertools import count

from tests.vpclab.store.records import NOW, OTHER_FACT, answered, visited
from vpclab.learning.schedule import Rating
from vpclab.store.events import Event
from vpclab.store.progress import ProgressStore

LONGEST_SECONDS = 0.02
"""How long a writer lives at most after its first answer was acknowledged; an answer takes a tenth of it."""


def secret_of(number: int) -> str:
    """The learner of a round."""
    return f"learner-{number}"


def sent(number: int) -> list[Event]:
    """What a page sends as one: two answers about facts that others are about as well, and a visit."""
    rating = tuple(Rating)[number % 4]
    one = answered(
        2 * number, exercise=f"c/{number % 7}", rating=rating, facts=(f"fact-{number % 3}", OTHER_FACT)
    )
    other = answered(2 * number + 1, rating=rating)
    return [one, other, visited(number)]


def _keep(url: str, first: int, number_of: int) -> None:
    """Keep some answers of one learner, beside others who do the same."""
    store = ProgressStore(url)
    for number in range(first, first + number_of):
        store.keep(secret_of(0), sent(number), NOW)
    store.close()


def _kill(url: str, rounds: int, seed: int) -> None:
    """Kill a writer again and again; print how many answers of each were acknowledged before."""
    moments = random.Random(seed)  # noqa: S311 - any moment will do
    # What is loaded once here, each writer has for nothing; connections it makes itself.
    store = ProgressStore(url)
    store.keep("warm-up", sent(0), NOW)
    store.close()
    for number in range(rounds):
        told = _acknowledged(store, number, moments.uniform(0, LONGEST_SECONDS))
        sys.stdout.write(f"{told}\n")


def _acknowledged(store: ProgressStore, number: int, seconds: float) -> int:
    readable, writable = os.pipe()
    child = os.fork()  # a fresh interpreter for each of hundreds would take minutes
    if child == 0:
        os.close(readable)
        _write_until_killed(store, number, writable)
    os.close(writable)
    with os.fdopen(readable, "rb", buffering=0) as acknowledged:
        first = acknowledged.read(1)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the writer ended by itself"
        return len(first) + len(acknowledged.read())


def _write_until_killed(store: ProgressStore, number: int, acknowledge: int) -> None:
    try:
        for turn in count():
            store.keep(secret_of(number), sent(turn), NOW)
            os.write(acknowledge, b".")
    finally:
        os._exit(1)


if __name__ == "__main__":
    what, address, *numbers = sys.argv[1:]
    {"keep": _keep, "kill": _kill}[what](address, *map(int, numbers))
