"""The learner of this session: what was done and is known, kept in the store after every answer.

Without a cookie (in tests of pages), and while the store cannot be reached, the session keeps it; it is
written as soon as the store is back.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from ui.learner_cookie import is_left, secret_in
from ui.providers import store
from ui.question_card import Sent
from vpclab.errors import ExchangeError, StoreError
from vpclab.learning.exercise import Exercise
from vpclab.learning.questions import EXPECTED_SECONDS
from vpclab.learning.quiz import grade
from vpclab.learning.schedule import Rating, rating_of
from vpclab.store.advance import advance
from vpclab.store.events import Answered, Event, LabTried, Visited
from vpclab.store.queries import NOTHING, Progress

_LEARNER: Final = "learner"
_RETRY_SECONDS: Final = 15
"""How long a store that could not be reached is left alone: each try can take a while."""


_beside: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="places")


@dataclass(slots=True)
class _Learner:
    secret: str | None = field(repr=False)
    progress: Progress
    waiting: tuple[Event, ...] = ()
    failed_at: float | None = None
    is_loaded: bool = False


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def local(when: datetime) -> datetime:
    """A time as the clock beside the learner shows it."""
    try:
        return when.astimezone(ZoneInfo(st.context.timezone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError, TypeError):  # a browser can say anything
        return when


def secret() -> str | None:
    """The secret of this browser; None where there is no cookie, or where it has another by now."""
    mine = _secret_of_tab()
    return None if mine is None or is_left(mine) else mine


def _secret_of_tab() -> str | None:
    """The secret that the browser had when this tab was opened, or was connected again."""
    return secret_in(st.context.cookies)


def _learner() -> _Learner:
    kept: _Learner | None = st.session_state.get(_LEARNER)
    mine = _secret_of_tab()
    if kept is None or kept.secret != mine:
        waiting = () if kept is None else kept.waiting
        kept = _Learner(secret=mine, progress=advance(NOTHING, waiting), waiting=waiting)
        st.session_state[_LEARNER] = kept
    if not kept.is_loaded:
        _load(kept)
    return kept


def _load(learner: _Learner) -> None:
    mine = secret()
    if mine is None or not _may_try(learner):
        return
    try:
        _write_waiting(learner, mine)
        learner.progress = store().progress(mine)
        learner.is_loaded = True
    except StoreError:
        learner.failed_at = time.monotonic()


def refresh() -> None:
    """Read again what the learner did: another tab may have added to it."""
    _learner().is_loaded = False
    _learner()


def progress() -> Progress:
    """What the learner did and knows."""
    return _learner().progress


def waits() -> bool:
    """Whether what was done waits in the session: the store cannot be reached, or the tab is outdated."""
    mine = _secret_of_tab()
    return _learner().failed_at is not None or (mine is not None and is_left(mine))


def keep(*events: Event) -> None:
    """Keep what the learner did: when this returns it is in the store, or waits here and that is told."""
    learner = _learner()
    before = learner.waiting
    learner.progress = advance(learner.progress, events)
    learner.waiting = (*before, *events)
    mine = secret()
    if mine is None or not _may_try(learner):
        return
    try:
        _write_waiting(learner, mine)
    except StoreError:
        learner.failed_at = time.monotonic()
    except ExchangeError:
        learner.waiting = before  # what can never be kept must not hold up what comes after it
        raise


def _may_try(learner: _Learner) -> bool:
    return learner.failed_at is None or time.monotonic() - learner.failed_at > _RETRY_SECONDS


def _write_waiting(learner: _Learner, mine: str) -> None:
    if learner.waiting:
        store().keep(mine, learner.waiting, now())
    learner.waiting, learner.failed_at = (), None


def suggested(exercise: Exercise, sent: Sent) -> Rating:
    """What correctness and time say of an answer."""
    return _rated(exercise, sent, grade(exercise.question, sent.made).score)


def _rated(exercise: Exercise, sent: Sent, score: float) -> Rating:
    return rating_of(score, sent.millis, 1000 * EXPECTED_SECONDS[exercise.question.kind])


def answered(exercise: Exercise, sent: Sent, place: str, *, rating: Rating | None = None) -> Answered:
    """Grade an answer and keep it. Without a `rating`, correctness and time make one."""
    question = exercise.question
    score = grade(question, sent.made).score
    event = Answered(
        id=sent.event,
        at=now(),
        exercise=exercise.id,
        kind=str(question.kind),
        place=place,
        made=sent.made,
        score=score,
        millis=sent.millis,
        rating=rating or _rated(exercise, sent, score),
        facts=exercise.facts,
    )
    keep(event)
    return event


def tried_lab(lab: str, *, solved: bool, moves: int, stars: int, month_usd: float | None) -> None:
    """Keep a try at a lab."""
    keep(
        LabTried(
            id=uuid4().hex, at=now(), lab=lab, solved=solved, moves=moves, stars=stars, month_usd=month_usd
        )
    )


def visited(page: str, where: str) -> None:
    """Keep where in the course the learner is, unless that is known already.

    Nobody waits for it: it is written beside the run, and a place that is lost is written with the next one.
    """
    learner = _learner()
    last = learner.progress.places.get(page)
    if last is not None and last.where == where:
        return
    event = Visited(id=uuid4().hex, at=now(), page=page, where=where)
    learner.progress = advance(learner.progress, (event,))
    mine = secret()
    if mine is not None and _may_try(learner):
        _beside.submit(_write_place, mine, event)


def _write_place(mine: str, event: Visited) -> None:
    with suppress(StoreError):
        if not is_left(mine):
            store().keep(mine, (event,), event.at)


def latest_answer(exercise: str) -> Answered | None:
    """The latest answer to an exercise."""
    answers = reversed(progress().answers)
    return next((event for event in answers if event.exercise == exercise), None)


def best_labs() -> dict[str, LabTried]:
    """The best try at each lab that was solved: the one with the most stars, else the earlier one."""
    best: dict[str, LabTried] = {}
    for tried in progress().labs:
        if tried.solved and (tried.lab not in best or tried.stars > best[tried.lab].stars):
            best[tried.lab] = tried
    return best


def history(since: datetime) -> Sequence[Answered]:
    """All answers since a time, the oldest first, those that wait to be written too."""
    learner = _learner()
    mine = secret()
    kept: tuple[Answered, ...] = ()
    if mine is not None and _may_try(learner):
        try:
            kept = store().history(mine, since)
        except StoreError:
            learner.failed_at = time.monotonic()
    known = {event.id for event in kept}
    waiting = (event for event in learner.waiting if isinstance(event, Answered))
    return (*kept, *(event for event in waiting if event.id not in known and event.at >= since))
