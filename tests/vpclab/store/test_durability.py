"""What was acknowledged is kept: after a kill, and with others who write at the same time."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.vpclab.store.records import NOW, cards_of
from tests.vpclab.store.writer import secret_of, sent
from vpclab.store.events import Answered
from vpclab.store.progress import ProgressStore

ROOT = Path(__file__).resolve().parents[3]
KILLS = {"sqlite": 200, "postgresql": 40}
SEED = 20261102


def writer(*arguments: object) -> list[str]:
    """The command of a writer in a process of its own."""
    return [sys.executable, "-W", "error", "-m", "tests.vpclab.store.writer", *map(str, arguments)]


def answers_until(count: int) -> tuple[Answered, ...]:
    """The answers that were sent the first `count` times."""
    events = [event for number in range(count) for event in sent(number)]
    return tuple(event for event in events if isinstance(event, Answered))


def test_an_answer_that_was_acknowledged_is_there_after_a_kill(url: str, store: ProgressStore):
    rounds = KILLS[url.partition(":")[0]]

    told = subprocess.run(
        writer("kill", url, rounds, SEED), cwd=ROOT, check=True, capture_output=True, text=True
    )

    acknowledged = list(map(int, told.stdout.split()))
    assert len(acknowledged) == rounds
    assert min(acknowledged) >= 1
    for number, count in enumerate(acknowledged):
        kept = store.history(secret_of(number))
        # What was sent last may have been kept, whole, although nobody was told.
        assert kept in (answers_until(count), answers_until(count + 1))
        assert store.progress(secret_of(number)).cards == cards_of(kept)


def test_what_is_sent_again_after_a_kill_is_kept_once(url: str, store: ProgressStore):
    told = subprocess.run(
        writer("kill", url, 10, SEED + 1), cwd=ROOT, check=True, capture_output=True, text=True
    )

    for number, count in enumerate(map(int, told.stdout.split())):
        for turn in range(count - 1, count + 2):
            store.keep(secret_of(number), sent(turn), NOW)

        assert store.history(secret_of(number)) == answers_until(count + 2)
        assert store.progress(secret_of(number)).cards == cards_of(answers_until(count + 2))


def test_tabs_that_write_at_once_lose_nothing(store: ProgressStore):
    with ThreadPoolExecutor(8) as tabs:
        list(tabs.map(lambda number: store.keep("secret", sent(number), NOW), range(80)))

    assert store.history("secret") == answers_until(80)
    assert store.progress("secret").cards == cards_of(answers_until(80))


def test_tabs_that_send_the_same_at_once_keep_it_once(store: ProgressStore):
    with ThreadPoolExecutor(8) as tabs:
        list(tabs.map(lambda number: store.keep("secret", sent(number % 5), NOW), range(40)))

    assert store.history("secret") == answers_until(5)
    assert store.progress("secret").cards == cards_of(answers_until(5))


def test_learners_who_answer_at_once_each_get_their_own_answers_and_cards(store: ProgressStore):
    learners, each = 12, 6

    def turn(number: int) -> None:
        # The same ids and facts for all, some in the order of time and some against it.
        learner, step = number % learners, number // learners
        store.keep(secret_of(learner), sent(step if learner % 2 else each - 1 - step), NOW)

    with ThreadPoolExecutor(learners) as pages:
        list(pages.map(turn, range(learners * each)))

    everything = answers_until(each)
    for learner in range(learners):
        assert store.history(secret_of(learner)) == everything
        stands = store.progress(secret_of(learner))
        assert stands.cards == cards_of(everything)
        assert stands.places == store.progress(secret_of(0)).places


def test_processes_that_write_at_once_lose_nothing(url: str, store: ProgressStore):
    processes, each = 4, 25

    started = [
        subprocess.Popen(
            writer("keep", url, number * each, each), cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for number in range(processes)
    ]

    assert [process.communicate()[1] for process in started] == [""] * processes
    everything = answers_until(processes * each)
    assert store.history(secret_of(0)) == everything
    assert store.progress(secret_of(0)).cards == cards_of(everything)


def test_a_learner_who_is_erased_while_tabs_write_is_whole_or_gone(store: ProgressStore):
    with ThreadPoolExecutor(8) as tabs:
        writes = [tabs.submit(store.keep, "secret", sent(number), NOW) for number in range(40)]
        erasures = [tabs.submit(store.erase, "secret") for _ in range(5)]
        for done in (*writes, *erasures):
            done.result()

    assert store.progress("secret").cards == cards_of(store.history("secret"))
