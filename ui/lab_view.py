"""A lab on the page: its story, goals that every move is judged by, the network and what may be changed."""

from html import escape
from typing import Any

import streamlit as st

from ui import course_state, lab_html, lab_state, panels, session, shell
from ui.choice_board import choice_board
from ui.course_text import label
from ui.plain_text import on_lines, plain
from ui.providers import library
from ui.reading import reading
from ui.scene import picture_of, scene_of
from ui.walk_player import walk_player
from vpclab.exchange.permalink import encode
from vpclab.learning.lab_models import MAIN, Lab, NamedMove
from vpclab.learning.labs import (
    Attempt,
    attempt,
    made_of,
    moves_between,
    replay,
    requests_of,
    stars,
    start_of,
)
from vpclab.sandbox.choice_texts import options
from vpclab.sandbox.given import choice_words
from vpclab.sandbox.setup import Setup
from vpclab.words import Words


def lab_view(lab: Lab, t: Words) -> None:
    """The whole lab."""
    lab_state.arrive(lab)
    words = lab.text(t.language)
    st.title(plain(words.title))
    reading(lab_html.story(lab, t), key=f"lab-story:{lab.id}", on_go=course_state.go, top=True)
    shown = lab_state.shown(lab)
    now = lab_state.setup(lab) if shown is None else replay(lab)[shown]
    tried = attempt(lab, now)
    reading(lab_html.goals(lab, tried, t), key=f"lab-goals:{lab.id}", on_go=course_state.go)
    if shown is None:
        _standing(lab, now, tried, t)
        _moves(lab, now, t)
    else:
        _replayed(lab, shown, t)
    _network(lab, now, t)
    if lab.plan.traffic_gb is not None:
        st.html(lab_html.month_html(tried.month, t))
    if tried.solved and words.explain:
        reading(lab_html.explanation(lab, t), key=f"lab-explain:{lab.id}", on_go=course_state.go)
    if shown is None:
        _help(lab, now, tried, t)


def _standing(lab: Lab, now: Setup, tried: Attempt, t: Words) -> None:
    """One line that keeps its place: how many goals are met, or the stars and the way on."""
    moves = moves_between(lab, start_of(lab), now)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="lab-standing"):
        if not tried.solved:
            facts = {"met": sum(tried.met), "count": len(tried.met), "moves": moves}
            st.markdown(t("practice.lab.standing", **facts))
            return
        earned = stars(lab, now, lab_state.hints(lab))
        told = escape(t("practice.lab.solved", moves=moves))
        st.html(
            f'<div class="vpclab solved" role="status"><b>{told}</b> {lab_html.stars_html(earned, t)}</div>',
            width="content",
        )
        if earned < lab_html.MOST_STARS and lab.plan.par is not None:
            st.markdown(_better(lab, moves, tried, t))
        _next_lab(lab, t)


def _next_lab(lab: Lab, t: Words) -> None:
    names = tuple(library().labs)
    if lab.id not in names[:-1]:
        return
    following = names[names.index(lab.id) + 1]
    st.button(
        t("practice.lab.on_to", title=plain(library().labs[following].text(t.language).title)),
        key="lab-next",
        type="primary",
        on_click=session.replace_parameters,
        args=({lab_state.LAB: following},),
    )


def _better(lab: Lab, moves: int, tried: Attempt, t: Words) -> str:
    """What the stars that are missing are for."""
    par = lab.plan.par
    lines = [t("practice.lab.fewer", moves=par.moves)] if moves > par.moves else []
    if par.month is None:
        lines += [t("practice.lab.without_hints")] if lab_state.hints(lab) else []
    elif tried.month.total > par.month:
        lines.append(t("practice.lab.cheaper", month=f"{par.month:,.2f}"))
    return on_lines(*lines)


def _moves(lab: Lab, now: Setup, t: Words) -> None:
    """What may be changed: choices, and moves that have a name."""

    def choose(changes: Any) -> None:
        lab_state.choose_options(lab, changes)

    if lab.plan.moves:
        allowed = tuple((name, tuple(texts)) for name, texts in lab.plan.only.items())
        choice_board(
            now.choices,
            t,
            key=f"lab-board:{lab_state.key(lab)}",
            on_choose=choose,
            only=lab.plan.moves,
            allowed=allowed,
        )
    made, _ = made_of(lab, now)
    words = lab.text(t.language).named_moves
    for name in lab.named_moves:
        widget = f"lab-move:{lab_state.key(lab)}:{name}"
        st.session_state[widget] = name in made
        st.toggle(
            _label(lab, words[name], t),
            key=widget,
            on_change=lambda name=name, widget=widget: lab_state.switch(
                lab, name, made=bool(st.session_state[widget])
            ),
        )


def _network(lab: Lab, now: Setup, t: Words) -> None:
    """One of the requests over the network: verdict, picture, the decisions in words."""
    requests = requests_of(lab, now)
    name = MAIN
    if len(requests) > 1:
        words = {MAIN: t("practice.lab.main"), **lab.text(t.language).requests}
        name = st.segmented_control(
            t("practice.lab.request"),
            tuple(requests),
            default=MAIN,
            required=True,
            key=f"lab-request:{lab_state.key(lab)}",
            format_func=lambda one: _label(lab, words.get(one, one), t),
        )
    scene = scene_of(requests[name or MAIN], t)
    panels.verdict(scene, t, brief=True)
    walk_player(picture_of(scene, t), t, key=f"lab-player:{lab_state.key(lab)}")
    panels.folded_hops(scene, t)


def _replayed(lab: Lab, shown: int, t: Words) -> None:
    """The solution, move by move."""
    steps = replay(lab)
    told = _move_words(lab, shown, t) if shown else t("practice.lab.start")
    st.markdown(f"**{t('practice.lab.step', number=shown, count=len(steps) - 1)}** {told}")
    with st.container(horizontal=True, gap="small"):
        for name, count in (("back", shown - 1), ("forward", shown + 1)):
            st.button(
                t(f"practice.lab.{name}"),
                key=f"lab-{name}",
                on_click=lab_state.show,
                args=(lab, count),
                disabled=not 0 <= count < len(steps),
            )
        st.button(t("practice.lab.own"), key="lab-own", on_click=lab_state.show, args=(lab, None))


def _move_words(lab: Lab, number: int, t: Words) -> str:
    """A move of the solution in words."""
    move = lab.solution[number - 1]
    if isinstance(move, NamedMove):
        told = _label(lab, lab.text(t.language).named_moves[move.name], t)
        return told if move.made else t("practice.lab.taken_back", move=told)
    there = tuple(map(str, options(move.choice)))
    return plain(choice_words(move.choice, move.text, t, there))


def _help(lab: Lab, now: Setup, tried: Attempt, t: Words) -> None:
    """Hints in steps, the solution, back to the start, and the same network in the sandbox."""
    taken = lab_state.hints(lab)
    if taken:
        reading(lab_html.hints(lab, taken, t), key=f"lab-hints:{lab.id}", on_go=course_state.go)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if taken < len(lab.plan.hints) and not tried.solved:
            st.button(
                t("practice.lab.hint", number=taken + 1, count=len(lab.plan.hints)),
                key="lab-hint",
                on_click=lab_state.take_hint,
                args=(lab,),
            )
        if lab.solution:
            st.button(t("practice.lab.show"), key="lab-show", on_click=lab_state.show, args=(lab, 0))
        if now != start_of(lab):
            st.button(
                t("course.chapter.reset"),
                key="lab-reset",
                on_click=lab_state.reset,
                args=(lab,),
                type="tertiary",
                icon=":material/restart_alt:",
            )
        st.page_link(
            shell.PAGES_FOLDER / "sandbox.py",
            label=t("practice.lab.free"),
            icon=":material/arrow_forward:",
            query_params={session.LANGUAGE_PARAMETER: t.language, "s": encode(now)},
            width="content",
        )


def _label(lab: Lab, text: str, t: Words) -> str:
    """A text for the label of a widget: of the course with its code, of a stranger as plain text."""
    return label(library(), text, t) if lab.id else plain(text)
