"""Learners, what they did, the cards that follow, and codes for other devices."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _of_learner(name: str = "learner_id", *, primary_key: bool = True, index: bool = False) -> sa.Column[int]:
    link = sa.ForeignKey("learners.id", ondelete="CASCADE")
    return sa.Column(name, sa.Integer, link, primary_key=primary_key, index=index, nullable=False)


def upgrade() -> None:
    """Make the first tables."""
    _make_learners()
    _make_answers()
    _make_labs_and_visits()
    _make_codes()


def _make_learners() -> None:
    op.create_table(
        "learners",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "devices",
        sa.Column("secret_hash", sa.Text, primary_key=True),
        _of_learner(primary_key=False, index=True),
    )


def _make_answers() -> None:
    op.create_table(
        "answers",
        _of_learner(),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("exercise", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("millis", sa.BigInteger),
        sa.Column("rating", sa.String(8), nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
    )
    op.create_index("answers_by_exercise", "answers", ["learner_id", "exercise", "at", "id"])
    op.create_index("answers_by_time", "answers", ["learner_id", "at", "id"])
    op.create_table(
        "reviews",
        _of_learner(),
        sa.Column("fact", sa.Text, primary_key=True),
        sa.Column("at", MOMENT, primary_key=True),
        sa.Column("answer_id", sa.Text, primary_key=True),
        sa.Column("rating", sa.String(8), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cards",
        _of_learner(),
        sa.Column("fact", sa.Text, primary_key=True),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("stability", sa.Double, nullable=False),
        sa.Column("difficulty", sa.Double, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("step", sa.Integer),
        sa.Column("last_review", MOMENT, nullable=False),
        sa.Column("reviews", sa.Integer, nullable=False),
        sa.Column("lapses", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )


def _make_labs_and_visits() -> None:
    op.create_table(
        "labs",
        _of_learner(),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("lab", sa.Text, nullable=False),
        sa.Column("solved", sa.Boolean, nullable=False),
        sa.Column("moves", sa.Integer, nullable=False),
        sa.Column("stars", sa.Integer, nullable=False),
        sa.Column("month_usd", sa.Double),
    )
    op.create_index("labs_by_time", "labs", ["learner_id", "at", "id"])
    op.create_table(
        "visits",
        _of_learner(),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("where", sa.Text, nullable=False),
    )
    op.create_table(
        "latest",
        _of_learner(),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _make_codes() -> None:
    op.create_table(
        "codes",
        _of_learner(),
        sa.Column("code_hash", sa.Text, unique=True),
        sa.Column("valid_until", MOMENT, nullable=False),
        sa.Column("counted_from", MOMENT, nullable=False),
        sa.Column("offered", sa.Integer, nullable=False),
    )
    op.create_table(
        "misses",
        sa.Column("address_hash", sa.Text, primary_key=True),
        sa.Column("counted_from", MOMENT, nullable=False, index=True),
        sa.Column("missed", sa.Integer, nullable=False),
    )
