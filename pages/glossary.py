"""Glossary: the terms in AWS's spelling, side by side in both languages, and what people also call them."""

import streamlit as st

from ui import course_state, glossary_html, session, shell
from ui.providers import library
from ui.reading import reading
from ui.search_box import search_box
from ui.words import words
from vpclab.learning.search import MAX_QUERY

PARAMETER = "q"

t = words()


def keep(text: str) -> None:
    """The browser has written the text into the address; a term that was open closes."""
    session.replace_parameters({PARAMETER: text} if text else {})


@st.fragment
def glossary() -> None:
    """All of the page: filtering leaves the frame around it as it is."""
    shell.follow_link("glossary", t)
    terms = library().terms
    st.title(t("interface.glossary.title"))
    st.markdown(t("course.glossary.lead", count=len(terms)))
    text, label = str(st.query_params.get(PARAMETER, ""))[:MAX_QUERY].strip(), t("course.glossary.search")
    search_box(text, label=label, placeholder=label, parameter=PARAMETER, key="glossary-search", on_type=keep)
    asked = terms.get(st.query_params.get("id", ""))
    if asked is not None:
        with st.container(border=True, key="glossary-term"):
            told = glossary_html.term(asked.id, t.language)
            reading(told, key="glossary-term-text", on_go=course_state.go, top=True)
    found = glossary_html.fitting(text)
    if not found:
        st.info(t("course.glossary.none"), icon=":material/search:")
    shown = glossary_html.in_order(found or terms.values(), t.language)
    listed = glossary_html.listed(tuple(one.id for one in shown), t.language)
    reading(listed, key="glossary-list", on_go=course_state.go)


glossary()
