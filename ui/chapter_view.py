"""One chapter, a step at a time: a guess, sections with their stages, misconceptions, questions."""

import streamlit as st

from ui import course_html, course_state, shell
from ui.chapter_stage import chapter_stage
from ui.check_question import check_question
from ui.reading import reading
from vpclab.learning.models import MISCONCEPTIONS, OPENING, Chapter, question_number
from vpclab.words import Words


def chapter_view(chapter: Chapter, step: str, t: Words) -> None:
    """Show one step of a chapter between the list of its steps and the way on."""
    name, go = chapter.id, course_state.go
    st.title(chapter.texts[t.language].title)
    reading(course_html.way(name, step, t.language), key=f"way:{name}", on_go=go)
    number = question_number(step)
    if step == OPENING:
        reading(course_html.head(name, t.language), key=f"head:{name}", on_go=go, top=True)
        chapter_stage(chapter, chapter.stage(chapter.plan.opening), t)
    elif step == MISCONCEPTIONS:
        reading(course_html.misconceptions(name, t.language), key=f"{step}:{name}", on_go=go, top=True)
    elif number:
        check_question(chapter, chapter.questions[number - 1], number, t)
    else:
        _section(chapter, step, t)
    reading(course_html.foot(name, step, t.language), key=f"foot:{name}", on_go=go)


def _section(chapter: Chapter, step: str, t: Words) -> None:
    _section_text(chapter, step, t)
    shown = next(section.stage for section in chapter.plan.sections if section.id == step)
    if shown is not None and shown != chapter.plan.opening:
        chapter_stage(chapter, chapter.stage(shown), t)


@st.fragment
def _section_text(chapter: Chapter, step: str, t: Words) -> None:
    """The text, which alone runs again when its depth changes."""
    shell.follow_link("chapters", t, inside=False)
    reading(
        course_html.section(chapter.id, step, t.language),
        key=f"section:{chapter.id}/{step}",
        on_go=course_state.go,
        depth=course_state.depth(),
        on_depth=course_state.keep_depth,
        top=True,
    )
