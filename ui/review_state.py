"""What the review and the exam keep: the address tells session and question, the store what was answered.

So a refresh in the middle, another tab, and a link that is opened again go on where one was.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import streamlit as st

from ui import learner, session
from ui.providers import library
from ui.question_card import Sent
from vpclab.learning import exam as exams
from vpclab.learning import review
from vpclab.learning.exercise import Exercise, exercise_of
from vpclab.learning.quiz import grade, is_answer
from vpclab.learning.review import NEW_IN_A_SESSION, new_facts, next_pick
from vpclab.learning.schedule import Rating
from vpclab.store.events import Answered

SINCE, ASKED, DONE, SELF, EXAM, TIMED = "since", "q", "done", "self", "exam", "timed"
"""Query parameters: when the session began, what is asked, its end, own grades; an exam, its time."""

LONGEST: Final = timedelta(days=2)
"""A session that was begun longer ago than this is over."""

GRACE: Final = timedelta(seconds=5)
"""How late an answer may arrive that was sent in time."""

_KEPT: Final = "review-answers"
_UNGRADED: Final = "review-ungraded"
_LAST: Final = "review-last"
_HANDED_IN: Final = "review-handed-in"


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
        """What the order of choices depends on."""
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
    if not _is_recent(began):
        return None
    return Session(
        since=began,
        asked=given.get(ASKED),
        is_done=DONE in given or (seed is not None and st.session_state.get(_HANDED_IN) == (began, seed)),
        grades_self=SELF in given,
        exam=seed,
        is_timed=TIMED in given,
    )


def _is_recent(began: datetime) -> bool:
    return timedelta(minutes=-1) < learner.now() - began < LONGEST


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
    """End the session: its summary comes next. An exam that was handed in stays so."""
    of = current()
    if of is None:
        return
    _settle(of)
    st.session_state[_HANDED_IN] = (of.since, of.exam)
    st.query_params[DONE] = "1"


def _settle(of: Session) -> None:
    """Keep an answer that waits for its grade with the one that is suggested."""
    waiting = asked(of)
    if waiting is not None:
        grade_self(of, waiting, None)


def remember() -> None:
    """Note the session, so that one who comes back from another page can go on with it."""
    given = st.query_params.to_dict()
    names = (SINCE, ASKED, DONE, SELF, EXAM, TIMED)
    st.session_state[_LAST] = {name: text for name, text in given.items() if name in names}


def has_last() -> bool:
    """Whether there is a session to go on with."""
    last = st.session_state.get(_LAST, {})
    since = _number(last.get(SINCE))
    return since is not None and DONE not in last and _is_recent(datetime.fromtimestamp(since, UTC))


def resume() -> None:
    """Go on with the session that one came from."""
    session.replace_parameters(st.session_state.get(_LAST, {}))


def leave() -> None:
    """Back to where a session begins."""
    st.session_state.pop(_LAST, None)
    session.replace_parameters({})


def answers(of: Session) -> dict[str, Answered]:
    """What was answered in the session, by exercise; the first answer counts."""
    kept: tuple[object, dict[str, Answered]] | None = st.session_state.get(_KEPT)
    if kept is not None and kept[0] == (of.since, of.place):
        return kept[1]
    found: dict[str, Answered] = {}
    for event in learner.history(of.since):
        if event.place == of.place:
            found.setdefault(event.exercise, event)
    if not learner.waits():  # what cannot be read now may be there all the same
        st.session_state[_KEPT] = ((of.since, of.place), found)
    return found


def take(of: Session, exercise: Exercise, sent: Sent) -> None:
    """Keep an answer, unless there is one, or the time was over.

    Who grades themselves says first how well they knew it: what is told of an answer was kept before.
    """
    ends = exam_end(of)
    if ends is not None and learner.now() > ends + GRACE:
        return
    if exercise.id in answers(of) or not is_answer(exercise.question, sent.made):
        return
    if of.grades_self and grade(exercise.question, sent.made).is_right:
        st.session_state[_UNGRADED] = (of.since, exercise.id, sent)
    else:
        _keep(of, exercise, sent)


def _keep(of: Session, exercise: Exercise, sent: Sent, rating: Rating | None = None) -> None:
    event = learner.answered(exercise, sent, of.place, rating=rating)
    answers(of).setdefault(exercise.id, event)


def ungraded(of: Session, exercise: Exercise) -> Sent | None:
    """A right answer that waits for its grade."""
    kept: tuple[datetime, str, Sent] | None = st.session_state.get(_UNGRADED)
    return kept[2] if kept is not None and kept[:2] == (of.since, exercise.id) else None


def grade_self(of: Session, exercise: Exercise, rating: Rating | None) -> None:
    """Keep the answer that waited, with the learner's own grade, or with the one that is suggested."""
    sent = ungraded(of, exercise)
    if sent is not None:
        del st.session_state[_UNGRADED]
        _keep(of, exercise, sent, rating)


def due_count() -> int:
    """How many facts are due now."""
    return review.due_count(library(), learner.progress().cards, learner.now())


def new_count() -> int:
    """How many facts were never asked."""
    return len(new_facts(library(), learner.progress().cards))


def go_on() -> None:
    """Ask the next question, or end the session when there is none."""
    of = current()
    if of is None:
        return
    _settle(of)
    known = learner.progress()
    given = answers(of)
    pick = next_pick(
        library(),
        known.cards,
        {event.exercise: event.at for event in known.answers},
        learner.now(),
        # All who review on one day meet the same made-up questions: they can talk about them, and the server
        # makes each once.
        seed=of.since.toordinal(),
        new_left=NEW_IN_A_SESSION - _new_questions(given.values()),
        asked=given,
    )
    if pick is None:
        end()
    else:
        st.query_params[ASKED] = pick.exercise


def _new_questions(given: Collection[Answered]) -> int:
    """How many questions of the session asked a fact that was asked in no session before."""
    asked_here = Counter(fact for event in given for fact in set(event.facts))
    cards = learner.progress().cards
    new = {fact for fact, count in asked_here.items() if fact in cards and cards[fact].reviews <= count}
    return sum(bool(new & set(event.facts)) for event in given)


def asked(of: Session) -> Exercise | None:
    """The question that is being asked; None where the address names none that there is."""
    return exercise_of(library(), of.asked) if of.asked else None


def exam_questions(of: Session) -> tuple[str, ...]:
    """The questions of an exam."""
    return exams.exam(library(), of.exam)


def exam_end(of: Session) -> datetime | None:
    """When a timed exam is over."""
    return of.since + timedelta(minutes=exams.MINUTES) if of.is_timed else None
