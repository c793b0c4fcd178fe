"""What the review and the exam keep: the address tells session and question, the store what was answered.

So a refresh in the middle, another tab, and a link that is opened again go on where one was.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import streamlit as st

from ui import learner, session
from ui.providers import library
from ui.question_card import Sent
from vpclab.learning import exam as exams
from vpclab.learning.exercise import Exercise, exercise_of
from vpclab.learning.questions import EXPECTED_SECONDS
from vpclab.learning.quiz import grade
from vpclab.learning.review import NEW_IN_A_SESSION, next_pick
from vpclab.learning.schedule import Rating, due, rating_of
from vpclab.store.events import Answered

SINCE, ASKED, DONE, SELF, EXAM, TIMED = "since", "q", "done", "self", "exam", "timed"
"""Query parameters: when the session began, what is asked, its end, own grades; an exam, its time."""

LONGEST: Final = timedelta(days=2)
"""A session that was begun longer ago than this is over."""

_KEPT: Final = "review-answers"
_UNGRADED: Final = "review-ungraded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A review or an exam that is going on. `exam` is its seed."""

    since: datetime
    asked: str | None
    is_done: bool
    grades_self: bool
    exam: int | None
    is_timed: bool

    @property
    def seed(self) -> int:
        """What the order of choices, and the choice among wordings, depend on."""
        return int(self.since.timestamp())

    @property
    def place(self) -> str:
        """Where its answers are given, in the words of the store."""
        return "review" if self.exam is None else "exam"


def current() -> Session | None:
    """The session that the address names; None for none, or one that makes no sense or is long over."""
    given = st.query_params.to_dict()
    since, seed = _number(given.get(SINCE)), _number(given.get(EXAM))
    if since is None:
        return None
    began = datetime.fromtimestamp(since, UTC)
    if not timedelta(minutes=-1) < learner.now() - began < LONGEST:
        return None
    return Session(
        since=began,
        asked=given.get(ASKED),
        is_done=DONE in given,
        grades_self=SELF in given,
        exam=seed,
        is_timed=TIMED in given,
    )


def _number(text: str | None) -> int | None:
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) <= 10
    return int(text) if text is not None and is_number else None


def begin(*, grades_self: bool = False) -> None:
    """Begin a review with its first question."""
    since = int(learner.now().timestamp())
    wanted = {SINCE: str(since), **({SELF: "1"} if grades_self else {})}
    session.replace_parameters(wanted)
    go_on()


def begin_exam(*, timed: bool) -> None:
    """Begin an exam; which questions it has depends on the moment it was begun."""
    since = str(int(learner.now().timestamp()))
    session.replace_parameters({SINCE: since, EXAM: since, **({TIMED: "1"} if timed else {})})


def end() -> None:
    """End the session: its summary comes next."""
    st.query_params[DONE] = "1"


def leave() -> None:
    """Back to where a session begins."""
    session.replace_parameters({})


def answers(of: Session) -> dict[str, Answered]:
    """What was answered in the session, by exercise; the latest answer counts."""
    kept: tuple[datetime, dict[str, Answered]] | None = st.session_state.get(_KEPT)
    if kept is None or kept[0] != of.since:
        found = {event.exercise: event for event in learner.history(of.since) if event.place == of.place}
        kept = st.session_state[_KEPT] = (of.since, found)
    return kept[1]


def take(of: Session, exercise: Exercise, sent: Sent) -> None:
    """Keep an answer; who grades themselves says first how well a right answer went."""
    if exercise.id in answers(of):
        return
    if of.grades_self and grade(exercise.question, sent.made).is_right:
        st.session_state[_UNGRADED] = (exercise.id, sent)
    else:
        answers(of)[exercise.id] = learner.answered(exercise, sent, of.place)


def ungraded(exercise: Exercise) -> Sent | None:
    """A right answer that waits for its grade."""
    kept: tuple[str, Sent] | None = st.session_state.get(_UNGRADED)
    return kept[1] if kept is not None and kept[0] == exercise.id else None


def suggested(exercise: Exercise, sent: Sent) -> Rating:
    """The grade that correctness and time suggest."""
    score = grade(exercise.question, sent.made).score
    return rating_of(score, sent.millis, 1000 * EXPECTED_SECONDS[exercise.question.kind])


def grade_self(of: Session, exercise: Exercise, rating: Rating) -> None:
    """Keep the answer that waited, with the learner's own grade, and go on."""
    sent = ungraded(exercise)
    if sent is not None:
        answers(of)[exercise.id] = learner.answered(exercise, sent, of.place, rating=rating)
        del st.session_state[_UNGRADED]
    go_on()


def due_count() -> int:
    """How many facts are due now."""
    return len(due(learner.progress().cards.values(), learner.now()))


def go_on() -> None:
    """Ask the next question, or end the session when there is none."""
    of = current()
    if of is None:
        return
    known = learner.progress()
    given = answers(of)
    new = sum(any(_is_new(fact, of) for fact in event.facts) for event in given.values())
    pick = next_pick(
        library(),
        known.cards,
        {event.exercise: event.at for event in known.answers},
        learner.now(),
        seed=of.seed,
        new_left=NEW_IN_A_SESSION - new,
    )
    if pick is None or pick.exercise in given:
        end()
    else:
        st.query_params[ASKED] = pick.exercise


def _is_new(fact: str, of: Session) -> bool:
    """Whether the session asked the fact for the first time ever."""
    card = learner.progress().cards.get(fact)
    return card is not None and card.reviews == 1 and card.last_review >= of.since


def asked(of: Session) -> Exercise | None:
    """The question that is being asked; None where the address names none that there is."""
    return exercise_of(library(), of.asked) if of.asked else None


def exam_questions(of: Session) -> tuple[str, ...]:
    """The questions of an exam."""
    return exams.exam(library(), of.exam)


def exam_end(of: Session) -> datetime | None:
    """When a timed exam is over."""
    return of.since + timedelta(minutes=exams.MINUTES) if of.is_timed else None
