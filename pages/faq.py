"""FAQ: one question, one answer, found from how people really type it."""

import streamlit as st

from ui import course_state, faq_html, faq_view, shell
from ui.providers import library
from ui.reading import reading
from ui.words import words

t = words()


@st.fragment
def faq() -> None:
    """All of the page: an answer to what is typed leaves the frame around it as it is."""
    shell.follow_link("faq", t)
    st.title(t("interface.faq.title"))
    st.markdown(t("course.faq.lead"))
    topic = faq_view.search_bar(t)
    asked, text = st.query_params.get("id"), faq_view.query()
    entry = library().entries.get(asked or "")
    if asked is not None and entry is None:
        st.info(t("course.faq.unknown"), icon=":material/search:")
    if entry is not None:
        faq_view.entry_view(entry, t, text=text)
    elif text:
        faq_view.answers(text, topic, t)
    else:
        reading(faq_html.topics(t.language, topic), key="faq-topics", on_go=course_state.go)


faq()
