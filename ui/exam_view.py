"""An exam on the page: twenty questions without a word between them, then the result by chapter."""

from html import escape

import streamlit as st

from ui import course_state, learner, panels, question_html, review_state
from ui.countdown import countdown
from ui.course_html import title_of
from ui.providers import library
from ui.question_view import question_view
from ui.reading import packed, reading
from ui.review_state import Session
from ui.scene import scene_of
from vpclab.learning.exam import results
from vpclab.learning.exercise import exercise_of
from vpclab.words import Words


def exam(of: Session, t: Words) -> None:
    """The next question that has no answer; the result once there is none, or the time is over."""
    asked = review_state.exam_questions(of)
    given = review_state.answers(of)
    left = [name for name in asked if name not in given]
    end = review_state.exam_end(of)
    is_over = end is not None and learner.now() >= end
    if not left or of.is_done or is_over:
        _result(of, asked, t)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("practice.exam.progress", number=len(given) + 1, count=len(asked)), width="content")
        if end is not None:
            seconds = (end - learner.now()).total_seconds()
            countdown(seconds, t("practice.exam.left"), key="exam-left", on_over=review_state.end)
    exercise = exercise_of(library(), left[0])
    question_view(
        exercise,
        key="exam",
        seed=of.seed,
        made=None,
        t=t,
        on_answer=lambda sent: review_state.take(of, exercise, sent),
    )


def _result(of: Session, asked: tuple[str, ...], t: Words) -> None:
    """Points in all and by chapter; then every question with its answer."""
    given = review_state.answers(of)
    scores = {name: given[name].score if name in given else 0.0 for name in asked}
    points = sum(scores.values())
    facts = {"points": _points(points), "count": len(asked), "percent": round(100 * points / len(asked))}
    st.markdown(t("practice.exam.result", **facts))
    rows = "".join(
        f"<tr><td>{escape(title_of(topic.chapter, t.language))}</td>"
        f"<td>{_points(topic.points)} / {topic.count}</td></tr>"
        for topic in results(library(), scores)
    )
    head = (
        f"<tr><th>{escape(t('practice.exam.chapter'))}</th><th>{escape(t('practice.exam.points'))}</th></tr>"
    )
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    reading(packed(table, {}, t), key="exam-topics", on_go=course_state.go)
    st.button(t("practice.review.leave"), key="exam-leave", on_click=review_state.leave)
    for number, name in enumerate(asked, start=1):
        _answer(of, number, name, t)


def _answer(of: Session, number: int, name: str, t: Words) -> None:
    """One question of the exam, folded, with what each answer would have meant."""
    exercise = exercise_of(library(), name)
    event = review_state.answers(of).get(name)
    sign = "—" if event is None else "✓" if event.score == 1 else "✕"
    title = question_html.question_title(exercise, t)
    with st.expander(f"{sign} {number}. {title}"):
        if exercise.setup is not None:
            panels.verdict(scene_of(exercise.setup, t), t, brief=True)
        made = event.made if event is not None else ()
        told = question_html.told(exercise.id, t.language, made, of.seed)
        reading(told, key=f"exam-told:{number}", on_go=course_state.go)


def _points(points: float) -> str:
    """Points with one decimal at most."""
    return f"{points:.1f}".removesuffix(".0")
