"""The review on the page: where a session begins, one question at a time, what came of it."""

from html import escape

import streamlit as st

from ui import course_state, learner, question_html, review_state
from ui.course_text import facts_html
from ui.plain_text import on_lines
from ui.providers import library
from ui.question_card import Sent
from ui.question_view import question_view
from ui.reading import packed, reading
from ui.review_state import Session
from vpclab.learning.exam import MINUTES, QUESTIONS
from vpclab.learning.exercise import Exercise, exercise_of
from vpclab.learning.schedule import Rating
from vpclab.learning.telling import tell_next_due
from vpclab.store.events import Answered
from vpclab.words import Words


def head(t: Words) -> None:
    """The title, and the ways to end what is going on; the style shows each only beside its question.

    The head is drawn once: what is below it runs alone, and an answer has to come soon.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(t("interface.review.title"), width="stretch")
        for place in ("review", "exam"):
            st.button(
                t(f"practice.{place}.end"), key=f"{place}-end", on_click=review_state.end, type="tertiary"
            )


def start(t: Words) -> None:
    """How much is due, and the ways to begin."""
    count = review_state.due_count()
    key = "due" if count else "none_due" if learner.progress().cards else "first"
    st.markdown(on_lines(t(f"practice.review.{key}", count=count), _next_due(t)))
    if review_state.has_last():
        st.button(t("practice.review.resume"), key="review-resume", on_click=review_state.resume)
    if _begin("review-begin", t, grades_self=st.session_state.get("review-self", False)):
        st.toggle(t("practice.review.self"), key="review-self", help=t("practice.review.self_help"))
    st.header(t("practice.exam.title"))
    st.markdown(t("practice.exam.lead", count=QUESTIONS))
    with st.container(horizontal=True, gap="small"):
        for name, timed in (("begin", False), ("begin_timed", True)):
            st.button(
                t(f"practice.exam.{name}", minutes=MINUTES),
                key=f"exam-{name}",
                on_click=review_state.begin_exam,
                kwargs={"timed": timed},
            )


def _begin(key: str, t: Words, *, grades_self: bool) -> bool:
    """The way into a session, whether something is due or new; False where there is nothing to ask."""
    is_due = review_state.due_count() > 0
    if not is_due and not review_state.new_count():
        return False
    st.button(
        t("practice.review.begin" if is_due or not learner.progress().cards else "practice.review.begin_new"),
        key=key,
        type="primary",
        on_click=review_state.begin,
        kwargs={"grades_self": grades_self},
    )
    return True


def _next_due(t: Words) -> str:
    """When the next fact that is not due yet comes back; empty where there is none."""
    now = learner.now()
    later = [card.due for card in learner.progress().cards.values() if card.due > now]
    return tell_next_due(learner.local(min(later)), learner.local(now), t) if later else ""


def question(of: Session, t: Words) -> None:
    """One question of a session, then what each answer would have meant, then on."""
    exercise = review_state.asked(of)
    if exercise is None:
        review_state.go_on()
        st.rerun()
        return
    given = review_state.answers(of)
    waiting = review_state.ungraded(of, exercise)
    event = given.get(exercise.id)
    made = event.made if event is not None else waiting.made if waiting is not None else None
    question_view(
        exercise,
        key="review",
        seed=of.seed,
        attempt=of.seed,
        made=made,
        t=t,
        on_answer=lambda sent: review_state.take(of, exercise, sent),
        on_next=review_state.go_on if waiting is None else None,
        tells=waiting is None,
        progress=t("practice.review.progress", answered=len(given), due=review_state.due_count()),
    )
    if waiting is not None:
        _grades(of, exercise, waiting, t)
    elif made is not None:
        st.button(t("practice.review.next"), key="review-next", type="primary", on_click=review_state.go_on)


def _grades(of: Session, exercise: Exercise, sent: Sent, t: Words) -> None:
    """How easily it came to mind, by one's own word; what the time suggests is marked."""
    suggested = learner.suggested(exercise, sent)
    st.markdown(t("practice.review.how"))
    with st.container(horizontal=True, gap="small"):
        for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
            st.button(
                t(f"practice.rating.{rating}"),
                key=f"grade-{rating}",
                on_click=review_state.grade_self,
                args=(of, exercise, rating),
                type="primary" if rating is suggested else "secondary",
            )


def summary(of: Session, t: Words) -> None:
    """What the session came to: how many were right, what to read again, when the next facts are due."""
    given = tuple(review_state.answers(of).values())
    right = sum(event.score == 1 for event in given)
    told = t("practice.review.summary", right=right, count=len(given))
    st.markdown(on_lines(told, _next_due(t)))
    reading(answer_list(given, t), key="review-summary", on_go=course_state.go)
    with st.container(horizontal=True, gap="small"):
        _begin("review-again", t, grades_self=of.grades_self)
        st.button(t("practice.review.leave"), key="review-leave", on_click=review_state.leave)


def answer_list(given: tuple[Answered, ...], t: Words) -> str:
    """What was asked and what the answer was worth, wrong ones first, with their facts and where to read."""
    items = []
    for event in sorted(given, key=lambda one: one.score):
        exercise = exercise_of(library(), event.exercise)
        if exercise is None:
            continue
        sign = "✓" if event.score == 1 else "✕"
        told = escape(question_html.verdict(event.score, t).sentence)
        asked = question_html.question_text(exercise, t)
        more = "" if event.score == 1 else _to_read(exercise, t)
        items.append(
            f'<li class="{"won" if event.score == 1 else "lost"}">'
            f'<span class="sign" aria-hidden="true">{sign}</span>'
            f"<div><b>{asked}</b><p>{told}</p>{more}</div></li>"
        )
    return packed(f'<ul class="choices">{"".join(items)}</ul>', {}, t)


def _to_read(exercise: Exercise, t: Words) -> str:
    facts = facts_html((library().facts[fact] for fact in exercise.facts), t)
    return f"{facts}{question_html.taught_html(exercise, t)}"
