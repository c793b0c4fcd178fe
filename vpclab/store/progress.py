"""ProgressStore: what a learner did goes in, where they stand comes out.

A learner is known by the secret in a browser's cookie, and by nothing else. Every method raises StoreError
when the database cannot be reached: what was not kept then can be kept later, by the same call.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from sqlalchemy import Connection, select

from vpclab.store import codes, learners, queries, recording
from vpclab.store.advance import advance
from vpclab.store.database import Database, database_url
from vpclab.store.events import Answered, Event
from vpclab.store.export_text import Brought, checked, read_export, write_export
from vpclab.store.queries import NOTHING, Progress
from vpclab.store.tables import LearnerRow

__all__ = ["Brought", "Progress", "ProgressStore", "advance", "database_url"]


class ProgressStore:
    """Progress in the database at an address: connects when first used, serves any number of threads."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def migrate(self) -> None:
        """Bring the tables up to date; several processes may do so at once."""
        from vpclab.store.migrations.upgrade import upgrade  # loads Alembic, which nothing else needs

        self._database.write(upgrade)

    def keep(self, secret: str, events: Sequence[Event], now: datetime) -> None:
        """Add events to what a learner did. When this has returned they are on the disk, each of them once.

        Raises ExchangeError for an event that no store could keep; then nothing is added.
        """
        self._database.write_together(_keep, _Done(secret, checked(events), now))

    def progress(self, secret: str) -> Progress:
        """Where a learner stands; nowhere, if nobody has this secret."""
        with self._database.reading() as connection:
            learner = learners.learner_of(connection, secret)
            return NOTHING if learner is None else queries.progress(connection, learner)

    def history(self, secret: str, since: datetime | None = None) -> tuple[Answered, ...]:
        """All answers of a learner, from a time on, in the order of time."""
        with self._database.reading() as connection:
            learner = learners.learner_of(connection, secret)
            return () if learner is None else queries.history(connection, learner, since)

    def days(self, secret: str, zone: tzinfo, since: datetime | None = None) -> Mapping[date, int]:
        """How many answers a learner gave on each day of a zone's calendar."""
        with self._database.reading() as connection:
            learner = learners.learner_of(connection, secret)
            return {} if learner is None else queries.days(connection, learner, zone, since)

    def export(self, secret: str) -> str:
        """All that is kept of what a learner did, as JSON text without anything that leads back to them."""
        with self._database.reading() as connection:
            learner = learners.learner_of(connection, secret)
            events = () if learner is None else queries.events(connection, learner)
        return write_export(events)

    def bring_in(self, secret: str, text: str, now: datetime) -> Brought:
        """Add the new events of an exported text. Raises ExchangeError with all problems, adding nothing."""
        events = read_export(text, now)
        added = self._database.write(lambda connection: _keep(connection, [_Done(secret, events, now)]))
        return Brought(added=added, known=len(events) - added)

    def erase(self, secret: str) -> None:
        """Remove a learner and all that belongs to them, on all their devices."""
        self._database.write(lambda connection: learners.erase(connection, secret))

    def offer_code(self, secret: str, now: datetime) -> str:
        """A code that lets one other device in, within ten minutes. Raises TooManyTries, a StoreError."""

        def offer(connection: Connection) -> str:
            return codes.offer(connection, learners.seen_learner(connection, secret, now), now)

        return self._database.write(offer)

    def take_code(
        self, code: str, new_secret: str, address_key: str, now: datetime, *, leaving: str | None = None
    ) -> bool:
        """Let the device with a new secret in; whether the code was valid. Raises TooManyTries, a StoreError.

        The other devices of the learner keep their secrets. `new_secret` must be new. `leaving` is the one
        that the device had: what was done under it comes along, and it opens nothing any more.
        """
        meant = codes.read_code(code)

        def take(connection: Connection) -> bool:
            codes.check_misses(connection, address_key, now)
            taken = meant is not None and codes.take(connection, meant, new_secret, now)
            if not taken:
                codes.count_miss(connection, address_key, now)
            elif leaving is not None:
                _bring_along(connection, leaving, new_secret, now)
            return taken

        return self._database.write(take)

    def rotate(self, old_secret: str, new_secret: str) -> None:
        """Give a device another secret; the old one opens nothing any more."""
        self._database.write(lambda connection: learners.change_secret(connection, old_secret, new_secret))

    def forget_unseen(self, before: datetime) -> int:
        """Remove the learners who were not here since; how many they were."""
        return self._database.write(lambda connection: learners.forget_unseen(connection, before))

    def item_answers(self) -> Iterator[tuple[str, str, tuple[str, ...], float]]:
        """Learner, exercise, choices and score of each learner's first answer to each exercise.

        Learners are numbered in an order of this one call, so that two exports cannot be put together.
        """
        with self._database.reading() as connection:
            found = list(connection.scalars(select(LearnerRow.id)))
        secrets.SystemRandom().shuffle(found)
        for number, learner in enumerate(found, 1):
            with self._database.reading() as connection:
                answers = queries.first_answers(connection, learner)
            for answer in answers:
                yield str(number), answer.exercise, answer.made, answer.score


class _Done(NamedTuple):
    """What a learner with a secret did, and when they told it."""

    secret: str
    events: Sequence[Event]
    now: datetime


def _keep(connection: Connection, done: Iterable[_Done]) -> int:
    """Add what some learners did; how much of it was new."""
    given: dict[int, list[Event]] = {}
    for secret, events, now in done:
        given.setdefault(learners.seen_learner(connection, secret, now), []).extend(events)
    return recording.append(connection, given)


def _bring_along(connection: Connection, leaving: str, new_secret: str, now: datetime) -> None:
    """Add what was done under one secret to what the learner with the other did; the first is left."""
    left, learner = learners.learner_of(connection, leaving), learners.learner_of(connection, new_secret)
    if left is None or learner is None:
        return
    # Held, so that an answer from another tab is added before this, or has to begin anew after it.
    if left != learner and learners.touch(connection, left, now):
        recording.append(connection, {learner: queries.events(connection, left)})
    learners.leave(connection, leaving)
