"""Chapters: the course part by part, or one step of a chapter."""

import streamlit as st

from ui import course_html, course_state, learner, shell
from ui.chapter_view import chapter_view
from ui.course_steps import steps
from ui.reading import reading
from ui.words import words

t = words()


@st.fragment
def course() -> None:
    """All of the page: a step to another chapter leaves the frame around it as it is."""
    shell.follow_link("chapters", t)
    asked = st.query_params.get("id")
    chapter = course_html.asked_chapter(asked)
    if chapter is None:
        st.title(t("interface.chapters.title"))
        st.markdown(t("course.index.lead" if asked is None else "course.index.unknown"))
        reading(course_html.index(t.language), key="chapters", on_go=course_state.go)
        return
    known = steps(chapter)
    at = st.query_params.get("at")
    step = at if at in known else known[0]
    chapter_view(chapter, step, t)
    learner.visited("chapters", f"{chapter.id}/{step}")


course()
