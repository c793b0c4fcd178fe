"""A question on the page: picture and card; once it is answered, what each answer would have meant."""

from collections.abc import Callable
from html import escape

import streamlit as st

from ui import course_state, panels, question_html
from ui.question_card import Sent, question_card
from ui.reading import reading
from ui.scene import network_picture, picture_of, points_picture, scene_of
from ui.walk_player import walk_player
from vpclab.learning.counterexample import changed, counterexample
from vpclab.learning.exercise import Exercise
from vpclab.learning.questions import PointQuestion, PredictQuestion
from vpclab.learning.quiz import grade, is_answer
from vpclab.network.vocabulary import Kind
from vpclab.sandbox.given import choice_words
from vpclab.sandbox.setup import Setup
from vpclab.words import Words


def question_view(
    exercise: Exercise,
    *,
    key: str,
    seed: int,
    attempt: int | str = 0,
    made: tuple[str, ...] | None,
    t: Words,
    on_answer: Callable[[Sent], None],
    on_next: Callable[[], None] | None = None,
    tells: bool = True,
) -> None:
    """Ask the question; once there is an answer (`made`) tell what each answer means, unless an exam waits.

    The order of choices belongs to `seed`, what is marked to the `attempt`. After the answer Enter goes on
    by `on_next`.
    """
    if exercise.setup is not None:  # what is asked stands above the picture, the choices below it
        st.html(f'<p class="vpclab asked">{question_html.question_text(exercise, t)}</p>')
        if made is None:
            _show_network(exercise, key, t)
    question_card(
        question_html.card(exercise.id, t.language, seed),
        key=f"card:{key}",
        draft=f"{exercise.id}/{seed}/{attempt}",
        answered=made is not None,
        on_answer=on_answer,
        on_next=on_next if made is not None else None,
    )
    if made is None or not tells:
        return
    st.html(question_html.judged(grade(exercise.question, made), t))
    if exercise.setup is not None:
        _show_walk(exercise, exercise.setup, made, key, t)
    reading(question_html.told(exercise.id, t.language, made, seed), key=f"told:{key}", on_go=course_state.go)


def _show_network(exercise: Exercise, key: str, t: Words) -> None:
    """The network without what becomes of the request; with letters, where one is to point at it."""
    scene = scene_of(exercise.setup, t)
    if isinstance(exercise.question, PointQuestion):
        picture = points_picture(scene, tuple(map(Kind, exercise.question.choices)), t)
    else:
        picture = network_picture(scene, t)
    walk_player(picture, t, key=f"network:{key}", controls=False)


def _show_walk(exercise: Exercise, setup: Setup, made: tuple[str, ...], key: str, t: Words) -> None:
    """The walk; for a wrong guess also the network in which it would have been right, in the same place."""
    other = _refuted_by(exercise, made)
    shows_other = False
    if other is None and _is_wrong_guess(exercise, made):
        st.markdown(t("practice.network.would_never"))
    if other is not None:
        lines = "".join(
            f"<li>{escape(choice_words(name, text, t))}</li>" for name, text in changed(setup, other)
        )
        title = escape(t("practice.network.would_if"))
        st.html(f'<div class="vpclab"><p>{title}</p><ul>{lines}</ul></div>')
        picked = st.segmented_control(
            t("practice.network.walk"),
            ("walk", "would"),
            default="walk",
            required=True,
            key=f"shown:{key}",
            format_func=lambda name: t(f"practice.network.{name}"),
            label_visibility="collapsed",
        )
        shows_other = picked == "would"
    scene = scene_of(other if shows_other and other is not None else setup, t)
    panels.verdict(scene, t, brief=True)
    walk_player(picture_of(scene, t), t, key=f"walk:{key}")


def _is_wrong_guess(exercise: Exercise, made: tuple[str, ...]) -> bool:
    """Whether something was to be foreseen of the network, and it comes out otherwise."""
    question = exercise.question
    is_guess = isinstance(question, PredictQuestion) or (
        isinstance(question, PointQuestion) and question.guess is not None
    )
    return is_guess and is_answer(question, made) and not grade(question, made).is_right


def _refuted_by(exercise: Exercise, made: tuple[str, ...]) -> Setup | None:
    """The nearest network in which a wrong guess would have been right; None where there is none."""
    if not _is_wrong_guess(exercise, made):
        return None
    return counterexample(exercise.question.stage, exercise.question.guess, made[0])
