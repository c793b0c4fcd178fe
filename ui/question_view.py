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
    progress: str = "",
) -> None:
    """Ask the question; once there is an answer (`made`) tell what each answer means, unless an exam waits.

    The order of choices belongs to `seed`, what is marked to the `attempt`. After the answer Enter goes on
    by `on_next`. `progress` says how far one is.
    """
    if exercise.setup is not None:  # what is asked stands above the picture, the choices below it
        st.html(f'<p class="vpclab asked">{question_html.question_text(exercise, t)}</p>')
        if made is None:
            _show_network(exercise, key, t)
    result = grade(exercise.question, made) if made is not None and tells else None
    question_card(
        question_html.card(exercise.id, t.language, seed),
        key=f"card:{key}",
        draft=f"{exercise.id}/{seed}/{attempt}",
        answered=made is not None,
        verdict=None if result is None else question_html.verdict(result.score, t),
        progress=progress,
        on_answer=on_answer,
        on_next=on_next if made is not None else None,
    )
    if made is None or result is None:
        question_html.prepared(exercise.id, t.language, seed)  # who thinks now need not wait later
        return
    if exercise.setup is not None:
        is_wrong = _is_guess(exercise) and not result.is_right and is_answer(exercise.question, made)
        _show_walk(exercise, exercise.setup, made[0] if is_wrong else None, key, t)
    reading(question_html.told(exercise.id, t.language, made, seed), key=f"told:{key}", on_go=course_state.go)


def _show_network(exercise: Exercise, key: str, t: Words) -> None:
    """The network without what becomes of the request; with letters, where one is to point at it."""
    scene = scene_of(exercise.setup, t)
    if isinstance(exercise.question, PointQuestion):
        picture = points_picture(scene, tuple(map(Kind, exercise.question.choices)), t)
    else:
        picture = network_picture(scene, t)
    walk_player(picture, t, key=f"network:{key}", controls=False)


def _show_walk(exercise: Exercise, setup: Setup, wrong: str | None, key: str, t: Words) -> None:
    """The walk; for a wrong guess also the network in which it would have been right, in the same place."""
    other = counterexample(exercise.question.stage, exercise.question.guess, wrong) if wrong else None
    shows_other = False
    if wrong and other is None:
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


def _is_guess(exercise: Exercise) -> bool:
    """Whether something is to be foreseen of the network."""
    question = exercise.question
    return isinstance(question, PredictQuestion) or (
        isinstance(question, PointQuestion) and question.guess is not None
    )
