"""Learners and the secrets that their browsers hold, of which the database knows the SHA-256 only."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, case, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from vpclab.errors import Problem, StoreError
from vpclab.store.tables import DeviceRow, LearnerRow, MissRow

ATTEMPTS = 5
"""Two tabs of a new learner can write at once, and a learner can be erased meanwhile: then once more."""


# Statements are put together once: that takes longer than to carry one out.
_OF_SECRET = select(DeviceRow.learner_id).where(DeviceRow.secret_hash == bindparam("secret"))
_NOW = bindparam("now", type_=LearnerRow.last_seen.type)
_SEEN = (
    update(LearnerRow)
    .values(last_seen=case((LearnerRow.last_seen < _NOW, _NOW), else_=LearnerRow.last_seen))
    .returning(LearnerRow.id)
)
_SEEN_WITH_SECRET = _SEEN.where(LearnerRow.id == _OF_SECRET.scalar_subquery())
_SEEN_BY_NUMBER = _SEEN.where(LearnerRow.id == bindparam("learner"))


def hashed(text: str) -> str:
    """The SHA-256 of a secret, a code or an address."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def learner_of(connection: Connection, secret: str) -> int | None:
    """The learner whose device holds the secret."""
    return connection.scalar(_OF_SECRET, {"secret": hashed(secret)})


def seen_learner(connection: Connection, secret: str, now: datetime) -> int:
    """The learner, made if new and noted as seen; other writes of this learner wait for this transaction."""
    for _ in range(ATTEMPTS):
        learner: int | None = connection.scalar(_SEEN_WITH_SECRET, {"secret": hashed(secret), "now": now})
        if learner is None:
            learner = _new_learner(connection, secret, now)
        if learner is not None:
            return learner
    raise StoreError((Problem(path=(), code="store_busy"),))


def touch(connection: Connection, learner: int, now: datetime) -> bool:
    """Note that a learner was seen, and lock the row; False when there is no such learner any more."""
    return connection.scalar(_SEEN_BY_NUMBER, {"learner": learner, "now": now}) is not None


def _new_learner(connection: Connection, secret: str, now: datetime) -> int | None:
    """A learner with this one device; None when another transaction has just made one."""
    try:
        with connection.begin_nested():
            made = insert(LearnerRow).values(created_at=now, last_seen=now).returning(LearnerRow.id)
            learner: int = connection.execute(made).scalar_one()
            connection.execute(insert(DeviceRow).values(secret_hash=hashed(secret), learner_id=learner))
    except IntegrityError:
        return None
    return learner


def add_device(connection: Connection, learner: int, secret: str) -> None:
    """Let one more browser in."""
    with _secret_is_free():
        connection.execute(insert(DeviceRow).values(secret_hash=hashed(secret), learner_id=learner))


def change_secret(connection: Connection, old: str, new: str) -> None:
    """Give a browser another secret; one that nobody knows stays unknown."""
    with _secret_is_free():
        connection.execute(
            update(DeviceRow).where(DeviceRow.secret_hash == hashed(old)).values(secret_hash=hashed(new))
        )


def leave(connection: Connection, secret: str) -> None:
    """Take a browser from its learner; who is left without any goes, since nobody could open it any more."""
    learner = learner_of(connection, secret)
    if learner is None:
        return
    connection.execute(delete(DeviceRow).where(DeviceRow.secret_hash == hashed(secret)))
    others = select(DeviceRow.learner_id).where(DeviceRow.learner_id == learner)
    connection.execute(delete(LearnerRow).where(LearnerRow.id == learner, ~others.exists()))


@contextmanager
def _secret_is_free() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise StoreError((Problem(path=(), code="secret_in_use"),)) from error


def erase(connection: Connection, secret: str) -> None:
    """Remove a learner; the foreign keys take all that belongs to it along."""
    found = select(DeviceRow.learner_id).where(DeviceRow.secret_hash == hashed(secret)).scalar_subquery()
    connection.execute(delete(LearnerRow).where(LearnerRow.id == found))


def forget_unseen(connection: Connection, before: datetime) -> int:
    """Remove learners last seen before then, and counts of wrong codes as old; how many learners."""
    connection.execute(delete(MissRow).where(MissRow.counted_from < before))
    return connection.execute(delete(LearnerRow).where(LearnerRow.last_seen < before)).rowcount
