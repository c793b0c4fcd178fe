"""Group commit: what is asked for during one transaction is the next one, and each gets what is theirs."""

import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, get_ident
from typing import Any

import pytest

from vpclab.store import group_commit
from vpclab.store.group_commit import GroupCommit

PATIENCE = 60


class Journal:
    """Transactions: what each of them wrote, unless it failed; the first can be held open."""

    def __init__(self) -> None:
        self.written: list[list[str]] = []
        self.begun = 0
        self.refuses: Exception | None = None
        self.held, self.may_end = Event(), Event()

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        self.begun += 1
        if self.refuses is not None:
            raise self.refuses
        lines: list[str] = []
        yield lines
        self.written.append(lines)

    def hold(self, lines: list[str], _: Sequence[None]) -> None:
        """Work that lasts until it may end."""
        self.held.set()
        assert self.may_end.wait(PATIENCE)
        lines.append("held")


def write(lines: list[str], brought: Sequence[str]) -> int:
    """Write what several bring, unless it is bad; how much it was."""
    if "bad" in brought:
        raise ValueError(f"bad in {brought}")
    lines.extend(brought)
    return len(brought)


def shout(lines: list[str], brought: Sequence[str]) -> int:
    return write(lines, [text.upper() for text in brought])


@pytest.fixture
def usual_interval() -> float:
    """Seconds, before anybody writes."""
    return sys.getswitchinterval()


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def group(journal: Journal) -> Iterator[GroupCommit]:
    yield GroupCommit(journal.transaction)
    journal.may_end.set()


@pytest.fixture
def callers(journal: Journal, group: GroupCommit) -> Iterator[ThreadPoolExecutor]:
    """Threads that ask while a transaction is held open."""
    with ThreadPoolExecutor(2 * group_commit.MOST) as pool:
        pool.submit(group.write, journal.hold, None, PATIENCE)
        assert journal.held.wait(PATIENCE)
        yield pool
        journal.may_end.set()


def ask(callers: ThreadPoolExecutor, group: GroupCommit, work: Any, mine: Any) -> Future[Any]:
    """Ask in a thread, and come back when the question has been taken."""
    before = len(group._waiting)
    asked = callers.submit(group.write, work, mine, PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while len(group._waiting) == before:
        assert time.monotonic() < deadline
        time.sleep(0.001)
    return asked


def test_what_is_asked_for_during_a_transaction_is_the_next_one(journal, group, callers):
    asked = [ask(callers, group, write, name) for name in "abc"]

    journal.may_end.set()

    assert [one.result(PATIENCE) for one in asked] == [3, 3, 3]
    assert journal.written == [["held"], ["a", "b", "c"]]
    assert journal.begun == 2


def test_only_who_asks_for_the_same_work_shares_a_transaction(journal, group, callers):
    asked = [
        ask(callers, group, work, name)
        for name, work in zip("abcde", (shout, shout, write, shout, write), strict=True)
    ]

    journal.may_end.set()

    assert [one.result(PATIENCE) for one in asked] == [2, 2, 1, 1, 1]
    assert journal.written == [["held"], ["A", "B"], ["c"], ["D"], ["e"]]


def test_an_error_is_told_to_who_asked_and_the_others_are_written(journal, group, callers):
    good, bad, other = (ask(callers, group, write, name) for name in ("a", "bad", "c"))

    journal.may_end.set()

    assert (good.result(PATIENCE), other.result(PATIENCE)) == (1, 1)
    with pytest.raises(ValueError, match="bad"):
        bad.result(PATIENCE)
    assert journal.written == [["held"], ["a"], ["c"]]


def test_a_database_that_cannot_be_begun_is_tried_once_for_all_who_wait(journal, group, callers):
    asked = [ask(callers, group, write, name) for name in "abc"]
    journal.refuses = ConnectionError("away")

    journal.may_end.set()

    for one in asked:
        with pytest.raises(ConnectionError):
            one.result(PATIENCE)
    assert journal.begun == 2


def test_who_waits_too_long_is_told_and_leaves_no_trace(journal, group, callers):
    with pytest.raises(TimeoutError):
        group.write(write, "late", 0.01)
    other = ask(callers, group, write, "other")

    journal.may_end.set()

    assert other.result(PATIENCE) == 1
    assert journal.written == [["held"], ["other"]]


def test_what_has_begun_is_waited_for_to_its_end(journal, group):
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(group.write, journal.hold, None, 0.01)
        assert journal.held.wait(PATIENCE)
        time.sleep(0.1)
        assert not asked.done()

        journal.may_end.set()

        assert asked.result(PATIENCE) is None
    assert journal.written == [["held"]]


def test_a_transaction_takes_so_many_and_leaves_the_others_to_the_next(
    journal, group, callers, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(group_commit, "MOST", 2)
    asked = [ask(callers, group, write, name) for name in "abcde"]

    journal.may_end.set()

    assert [one.result(PATIENCE) for one in asked] == [2, 2, 2, 2, 1]
    assert journal.written[1:] == [["a", "b"], ["c", "d"], ["e"]]


def test_who_is_alone_writes_at_once_in_the_own_thread(journal, group):
    assert [group.write(lambda *_: get_ident(), None, PATIENCE) for _ in range(3)] == [get_ident()] * 3
    assert journal.begun == 3


def test_one_who_is_refused_does_not_hold_up_those_who_ask_for_something_else(journal, group, callers):
    def refuse(*_: Any) -> None:
        raise PermissionError

    asked = [ask(callers, group, work, "a") for work in (write, refuse, write)]

    journal.may_end.set()

    assert [asked[0].result(PATIENCE), asked[2].result(PATIENCE)] == [1, 1]
    assert isinstance(asked[1].exception(PATIENCE), PermissionError)
    assert journal.begun == 4


def test_nobody_is_kept_to_write_what_others_ask_for_later(journal, group, callers, monkeypatch):
    monkeypatch.setattr(group_commit, "MOST", 1)
    asked = [ask(callers, group, lambda *_: get_ident(), None) for _ in range(3)]

    journal.may_end.set()

    assert len({one.result(PATIENCE) for one in asked}) == 3


def test_after_an_error_the_next_one_can_write(journal, group):
    journal.refuses = ConnectionError("away")
    with pytest.raises(ConnectionError):
        group.write(write, "a", PATIENCE)
    journal.refuses = None

    assert group.write(write, "b", PATIENCE) == 1
    assert journal.written == [["b"]]


def test_who_writes_is_not_kept_waiting_and_the_interval_is_given_back(
    usual_interval, journal, group, callers
):
    during = sys.getswitchinterval()
    asked = ask(callers, group, lambda *_: sys.getswitchinterval(), None)

    journal.may_end.set()

    assert (during, asked.result(PATIENCE)) == pytest.approx((group_commit.WRITING_INTERVAL,) * 2)
    assert usual_interval > group_commit.WRITING_INTERVAL
    assert sys.getswitchinterval() == usual_interval


def test_an_interval_that_is_set_during_a_write_stays(usual_interval, group):
    group.write(lambda *_: sys.setswitchinterval(2 * usual_interval), None, PATIENCE)
    kept = sys.getswitchinterval()
    sys.setswitchinterval(usual_interval)

    assert kept == pytest.approx(2 * usual_interval)
