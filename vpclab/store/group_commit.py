"""Group commit: what several threads want to write at the same time is one transaction."""

import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

A = TypeVar("A")
T = TypeVar("T")

MOST = 100
"""How many writes one transaction takes at most: other processes wait for its end."""

WRITING_INTERVAL = 0.002
"""How long a thread may keep the interpreter while another one writes, in seconds.

Each statement gives the interpreter away, and the database is held until it comes back.
"""


@dataclass(frozen=True, slots=True, eq=False)
class _Write:
    work: Callable[[Connection, Sequence[Any]], Any]
    mine: Any
    turn: Event = field(default_factory=Event)
    """Set when it is written, or when who asked is to write what waits, this included."""
    given: Future[Any] = field(default_factory=Future)


class GroupCommit:
    """One caller writes for all who wait; those who come meanwhile wait for the next transaction.

    A database with one writer at a time, in an interpreter that computes in one thread at a time, spends more
    on waiting for its turns than on what it writes. Together, the more writes wait, the less each takes.
    """

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction
        self._lock = Lock()
        self._waiting: deque[_Write] = deque()
        self._is_writing = False
        self._usual_interval = 0.0

    def write(self, work: Callable[[Connection, Sequence[A]], T], mine: A, seconds: float) -> T:
        """What `work` gives, on the disk by now; its error, and no trace, if it raises one.

        Those who ask for the same work one after the other get it once, with what all of them bring. It can
        be done in another thread, and anew for each alone when it fails. Raises TimeoutError, and leaves no
        trace, when its turn has not come after so many seconds.
        """
        asked = _Write(work, mine)
        with self._lock:
            self._waiting.append(asked)
            if not self._is_writing:
                self._begin()
                asked.turn.set()
        if not asked.turn.wait(seconds):
            self._take_back(asked)
            asked.turn.wait()
        if not asked.given.done():
            self._write_waiting()
        given: Future[T] = asked.given
        return given.result()

    def _take_back(self, asked: _Write) -> None:
        """Wait no longer: raises TimeoutError, unless it is being written by now or to be written here."""
        with self._lock:
            if asked in self._waiting and not asked.turn.is_set():
                self._waiting.remove(asked)
                raise TimeoutError

    def _write_waiting(self) -> None:
        with self._lock:
            writes = [self._waiting.popleft()]
            while self._waiting and self._waiting[0].work is writes[0].work and len(writes) < MOST:
                writes.append(self._waiting.popleft())
        self._write(writes)
        with self._lock:
            if self._waiting:
                self._waiting[0].turn.set()
            else:
                self._end()
        for one in writes:
            one.turn.set()

    def _begin(self) -> None:
        self._is_writing = True
        self._usual_interval = sys.getswitchinterval()
        sys.setswitchinterval(WRITING_INTERVAL)

    def _end(self) -> None:
        self._is_writing = False
        if sys.getswitchinterval() <= WRITING_INTERVAL:  # else somebody has set it meanwhile
            sys.setswitchinterval(self._usual_interval)

    def _write(self, writes: Sequence[_Write]) -> None:
        has_begun = False
        try:
            with self._transaction() as connection:
                has_begun = True
                given = writes[0].work(connection, [one.mine for one in writes])
        except BaseException as error:  # it belongs to who asked, and they are in other threads
            if has_begun and len(writes) > 1:
                for one in writes:
                    self._write((one,))
            else:
                for one in writes:
                    one.given.set_exception(error)
        else:
            for one in writes:
                one.given.set_result(given)
