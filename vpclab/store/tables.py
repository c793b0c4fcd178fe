"""The tables: learners with their devices, what they did, and the cards that follow from it.

A change here needs a step in `migrations/versions`; a test compares the two.
"""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Double, Enum, ForeignKey, Index, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from vpclab.learning.schedule import Rating


class Moment(TypeDecorator[datetime]):
    """A time in UTC; SQLite keeps no time zones, and PostgreSQL answers in its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TextList(TypeDecorator[tuple[str, ...]]):
    """A tuple of texts, as JSON: nobody searches inside."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))


RATING = Enum(
    Rating, native_enum=False, length=8, values_callable=lambda ratings: [str(rating) for rating in ratings]
)


class Base(DeclarativeBase):
    """All tables; how Python's types are written in columns."""

    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this name from the class
        datetime: Moment(),
        tuple[str, ...]: TextList(),
        str: Text(),
        float: Double(),
        Rating: RATING,
    }


def _learner() -> Mapped[int]:
    """The learner that a row belongs to, and with whom it goes."""
    return mapped_column(ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True)


class LearnerRow(Base):
    """A learner: nothing but when they were first and last here."""

    __tablename__ = "learners"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    last_seen: Mapped[datetime] = mapped_column(index=True)


class DeviceRow(Base):
    """A browser of a learner, known by the SHA-256 of its secret."""

    __tablename__ = "devices"

    secret_hash: Mapped[str] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"), index=True)


class AnswerRow(Base):
    """An `Answered`. Ids are made in browsers, so they count among the events of one learner only."""

    __tablename__ = "answers"
    __table_args__ = (
        Index("answers_by_exercise", "learner_id", "exercise", "at", "id"),
        Index("answers_by_time", "learner_id", "at", "id"),
    )

    learner_id: Mapped[int] = _learner()
    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    exercise: Mapped[str]
    kind: Mapped[str]
    place: Mapped[str]
    made: Mapped[tuple[str, ...]]
    score: Mapped[float]
    # An integer of four bytes ends at 25 days, and pages stay open for longer.
    millis: Mapped[int | None] = mapped_column(BigInteger)
    rating: Mapped[Rating]
    facts: Mapped[tuple[str, ...]]


class ReviewRow(Base):
    """One fact of one answer: from these, in the order of time, follows the card of the fact."""

    __tablename__ = "reviews"
    __table_args__ = ({"sqlite_with_rowid": False},)

    learner_id: Mapped[int] = _learner()
    fact: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    answer_id: Mapped[str] = mapped_column(primary_key=True)
    rating: Mapped[Rating]


class CardRow(Base):
    """The card of a fact: what `schedule.review` makes of its reviews, ready to be read."""

    __tablename__ = "cards"
    __table_args__ = ({"sqlite_with_rowid": False},)

    learner_id: Mapped[int] = _learner()
    fact: Mapped[str] = mapped_column(primary_key=True)
    due: Mapped[datetime]
    stability: Mapped[float]
    difficulty: Mapped[float]
    state: Mapped[str]
    step: Mapped[int | None]
    last_review: Mapped[datetime]
    reviews: Mapped[int]
    lapses: Mapped[int]


class LatestRow(Base):
    """Which answer to an exercise is the latest, and which visit of a page, so that nobody has to search."""

    __tablename__ = "latest"
    __table_args__ = ({"sqlite_with_rowid": False},)

    learner_id: Mapped[int] = _learner()
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    event_id: Mapped[str]


class LabRow(Base):
    """A `LabTried`."""

    __tablename__ = "labs"
    __table_args__ = (Index("labs_by_time", "learner_id", "at", "id"),)

    learner_id: Mapped[int] = _learner()
    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    lab: Mapped[str]
    solved: Mapped[bool]
    moves: Mapped[int]
    stars: Mapped[int]
    month_usd: Mapped[float | None]


class VisitRow(Base):
    """A `Visited`."""

    __tablename__ = "visits"

    learner_id: Mapped[int] = _learner()
    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    page: Mapped[str]
    where: Mapped[str]


class CodeRow(Base):
    """The SHA-256 of what another device may type now, and how many were offered since `counted_from`."""

    __tablename__ = "codes"

    learner_id: Mapped[int] = _learner()
    code_hash: Mapped[str | None] = mapped_column(unique=True)
    valid_until: Mapped[datetime]
    counted_from: Mapped[datetime]
    offered: Mapped[int]


class MissRow(Base):
    """How many wrong codes came from an address since `counted_from`; the address is kept as a SHA-256."""

    __tablename__ = "misses"

    address_hash: Mapped[str] = mapped_column(primary_key=True)
    counted_from: Mapped[datetime] = mapped_column(index=True)
    missed: Mapped[int]
