"""A check question of a chapter: choose, answer, and see what each answer means; an answer is kept."""

import streamlit as st

from ui import course_state, learner, learner_notice, shell
from ui.providers import library
from ui.question_card import Sent
from ui.question_view import question_view
from vpclab.learning.exercise import Exercise, exercise_of
from vpclab.learning.models import Chapter
from vpclab.learning.questions import Question
from vpclab.learning.quiz import is_answer
from vpclab.words import Words


@st.fragment
def check_question(chapter: Chapter, question: Question, number: int, t: Words) -> None:
    """One question; only this part of the page runs again when it is answered."""
    shell.follow_link("chapters", t, inside=False)
    name = f"{chapter.id}/{question.id}"
    exercise = exercise_of(library(), name)
    made = _made(name)

    def answer(sent: Sent) -> None:
        if _made(name) is None and is_answer(exercise.question, sent.made):
            course_state.keep_answer(name, learner.answered(exercise, sent, "chapter").made)

    learner_notice.not_kept(t)
    with st.container(border=True, key=f"question-{chapter.id}-{question.id}"):
        st.html(f'<p class="vpclab small">{t("course.chapter.question", number=number)}</p>')
        question_view(
            exercise,
            key=name,
            seed=_seed(exercise),
            attempt=course_state.attempt(name),
            made=made,
            t=t,
            on_answer=answer,
        )
        if made is not None:
            st.button(
                t("course.chapter.again"),
                key=f"again:{name}",
                on_click=course_state.ask_again,
                args=(name,),
                type="tertiary",
            )


def _made(name: str) -> tuple[str, ...] | None:
    """What was answered: in this session, else what the store knows; nothing once it is asked again."""
    here = course_state.answer(name)
    if here is not None:
        return here or None
    last = learner.latest_answer(name)
    return last.made if last is not None else None


def _seed(exercise: Exercise) -> int:
    """The order of choices in a chapter: equal for all, so that a room can speak of the second one."""
    return sum(map(ord, exercise.id))
