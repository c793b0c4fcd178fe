"""A check question: choose, answer, and see for every choice why it is right or what is true instead."""

from html import escape

import streamlit as st

from ui import course_state, shell
from ui.chapter_stage import guess_words
from ui.course_text import Notes, label
from ui.providers import library
from ui.reading import packed, reading
from ui.scene import network_picture, scene_of
from ui.walk_player import walk_player
from vpclab.learning.models import Chapter, Question, QuestionKind
from vpclab.learning.networks import network_setup
from vpclab.learning.quiz import Grade, grade
from vpclab.words import Words


@st.fragment
def check_question(chapter: Chapter, question: Question, number: int, t: Words) -> None:
    """One question; only this part of the page runs again when it is answered."""
    shell.follow_link("chapters", t, inside=False)
    key = f"{chapter.id}/{question.id}"
    words = chapter.texts[t.language].questions[question.id]
    with st.container(border=True, key=f"question-{chapter.id}-{question.id}"):
        st.markdown(f"**{number}. {label(library(), words.ask, t)}**")
        if question.stage is not None:
            scene = scene_of(network_setup(question.stage), t)
            walk_player(network_picture(scene, t), t, key=f"picture:{key}", controls=False)
        made = course_state.answer(key)
        if made is None:
            _ask(chapter, question, key, t)
        else:
            told = answered(chapter, question, grade(question, made), made, t)
            reading(told, key=f"answered:{key}", on_go=course_state.go)
            st.button(
                t("course.chapter.again"),
                key=f"again:{key}",
                on_click=course_state.keep_answer,
                args=(key, None),
                type="tertiary",
            )


def choice_words(chapter: Chapter, question: Question, choice: str, t: Words) -> str:
    """The text of a choice: the author's, or what can be guessed of a network."""
    if question.kind is QuestionKind.PREDICT and question.guess is not None:
        return guess_words(question.guess, choice, t)
    return chapter.texts[t.language].questions[question.id].choices[choice]


def _ask(chapter: Chapter, question: Question, key: str, t: Words) -> None:
    labels = {
        choice: label(library(), choice_words(chapter, question, choice, t), t) for choice in question.choices
    }
    if question.kind is QuestionKind.SEVERAL:
        st.markdown(t("course.chapter.several"))
        made = tuple(
            choice for choice in question.choices if st.checkbox(labels[choice], key=f"choice:{key}:{choice}")
        )
    else:
        # In another language it is another widget, since Streamlit forgets the choice with the labels.
        kept, widget = course_state.choice(key), f"choice:{key}:{t.language}"
        one = st.radio(
            t("course.chapter.check"),
            question.choices,
            index=question.choices.index(kept) if kept in question.choices else None,
            format_func=lambda choice: labels[choice],
            key=widget,
            label_visibility="collapsed",
            on_change=lambda: course_state.keep_choice(key, st.session_state[widget]),
        )
        made = () if one is None else (one,)
    st.button(
        t("course.chapter.answer"),
        key=f"answer:{key}",
        on_click=course_state.keep_answer,
        args=(key, made),
        disabled=not made,
    )


def answered(chapter: Chapter, question: Question, result: Grade, made: tuple[str, ...], t: Words) -> str:
    """Every choice with its reason, those that are right and those that were made marked in words."""
    notes = Notes(library(), t)
    why = chapter.texts[t.language].questions[question.id].why
    rows = []
    for choice in question.choices:
        is_right = choice in result.right
        marks = [t("course.chapter.right_answer")] if is_right else []
        marks += [t("course.chapter.chosen")] if choice in made else []
        shown = "".join(f' <span class="tag">{escape(mark)}</span>' for mark in marks)
        text = notes.inline(choice_words(chapter, question, choice, t))
        sign = "✓" if is_right else "✕"
        rows.append(
            f'<li class="{"won" if is_right else "lost"}"><span class="sign" aria-hidden="true">{sign}</span>'
            f"<div><b>{text}</b>{shown}<p>{notes.inline(why[choice])}</p></div></li>"
        )
    almost = result.hit and not result.wrong
    judged = "right" if result.is_right else "almost" if almost else "not_so"
    told = escape(t(f"course.chapter.{judged}"))
    html = f'<p class="judged" role="status"><b>{told}</b></p><ul class="choices">{"".join(rows)}</ul>'
    return packed(html, notes.found, t)
