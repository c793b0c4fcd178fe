"""A stage of a chapter: a network, the choices that matter in it, the walk; an opening waits for a guess."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from ui import course_html, course_state, panels, session, shell
from ui.choice_board import choice_board
from ui.reading import reading
from ui.scene import network_picture, picture_of, scene_of
from ui.stage_offers import given
from ui.walk_player import Move, walk_player
from vpclab.exchange.permalink import encode
from vpclab.learning.models import Chapter, Stage
from vpclab.learning.networks import GUESSES, network_setup, outcome
from vpclab.learning.questions import Guess
from vpclab.sandbox.setup import Setup
from vpclab.words import Words


def guess_words(guess: Guess, name: str, t: Words) -> str:
    """What one can guess, in words."""
    return t(f"course.{guess}.{name}")


@st.fragment
def chapter_stage(chapter: Chapter, stage: Stage, t: Words) -> None:
    """The stage with all that can be tried on it; only this part of the page runs again when something is."""
    shell.follow_link("chapters", t, inside=False)
    key = f"{chapter.id}/{stage.id}"
    start = network_setup(stage)
    with st.container(border=True, key=f"stage-{chapter.id}-{stage.id}"):
        words = course_html.stage_words(
            chapter.id, stage.id, t.language, "task" if stage.guess is None else "ask"
        )
        reading(words, key=f"words:{key}", on_go=course_state.go)
        if stage.guess is None:
            _show(stage, start, key, t)
        elif course_state.guess(key) is None:
            _ask(stage.guess, start, key, t)
        else:
            _judge(stage.guess, start, key, t)
            _show(stage, start, key, t)
            explained = course_html.stage_words(chapter.id, stage.id, t.language, "explain")
            reading(explained, key=f"explain:{key}", on_go=course_state.go)


def _ask(guess: Guess, start: Setup, key: str, t: Words) -> None:
    """The network without its walk, and what one can guess of it."""
    scene = scene_of(start, t)
    lines = "".join(f"<li>{escape(line)}</li>" for line in given(start, t))
    st.html(
        f'<div class="vpclab"><details><summary>{escape(t("course.chapter.shown"))}</summary>'
        f"<ul>{lines}</ul></details></div>"
    )
    walk_player(network_picture(scene, t), t, key=f"network:{key}", controls=False)
    st.markdown(f"**{t('course.chapter.guess_way' if guess is Guess.WAY else 'course.chapter.guess')}**")
    with st.container(horizontal=True, gap="small"):
        for name in GUESSES[guess]:
            st.button(
                guess_words(guess, name, t),
                key=f"guess:{key}:{name}",
                on_click=course_state.keep_guess,
                args=(key, name),
            )


def _judge(guess: Guess, start: Setup, key: str, t: Words) -> None:
    """What was guessed, beside what the walk of the stage as it starts says."""
    made = course_state.guess(key) or ""
    right = made == outcome(guess, scene_of(start, t).walk)
    told = t("course.chapter.right" if right else "course.chapter.not_so")
    guessed = t("course.chapter.your_guess", guess=guess_words(guess, made, t))
    st.html(f'<div class="vpclab guess" role="status"><b>{escape(told)}</b> {escape(guessed)}</div>')


def _show(stage: Stage, start: Setup, key: str, t: Words) -> None:
    chosen = course_state.tried(key, start.choices)
    scene = scene_of(replace(start, choices=chosen), t)
    count = len(scene.walk.told.hops)
    step = course_state.step(key)
    if step == -1 and chosen == start.choices and stage.opens is not None:
        step = next((n for n, hop in enumerate(scene.walk.told.hops) if hop.kind == stage.opens), -1)

    def choose(changed: Mapping[str, Any]) -> None:
        here = course_state.tried(key, start.choices)
        course_state.keep_tried(key, replace(here, **changed))

    def follow(move: Move) -> None:
        if move.step is not None:
            course_state.keep_step(key, move.step)

    panels.verdict(scene, t)
    choice_board(chosen, t, key=f"board:{key}", on_choose=choose, only=stage.unlock)
    walk_player(picture_of(scene, t), t, key=f"player:{key}", step=step, on_move=follow)
    if 0 <= step < count:
        panels.decision(scene, step, t)
    panels.folded_hops(scene, t)
    with st.container(horizontal=True, vertical_alignment="center"):
        if chosen != start.choices:
            st.button(
                t("course.chapter.reset"),
                key=f"reset:{key}",
                on_click=course_state.keep_tried,
                args=(key, None),
                icon=":material/restart_alt:",
                type="tertiary",
            )
        st.page_link(
            shell.PAGES_FOLDER / "sandbox.py",
            label=t("course.chapter.sandbox"),
            icon=":material/arrow_forward:",
            query_params={session.LANGUAGE_PARAMETER: t.language, "s": encode(scene.setup)},
            width="content",
        )
