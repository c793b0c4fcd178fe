"""The FAQ: type a question or paste an error, and read the answer first."""

import streamlit as st

from ui import course_state, faq_html, panels, session, shell
from ui.providers import library
from ui.reading import reading
from ui.scene import picture_of, scene_of
from ui.search_box import search_box
from ui.walk_player import walk_player
from vpclab.exchange.permalink import encode
from vpclab.learning.models import Entry
from vpclab.learning.networks import network_setup
from vpclab.learning.search import MAX_QUERY, index_of
from vpclab.words import Words

QUERY_PARAMETER = "q"
TOPIC_PARAMETER = "topic"
SHOWN = 8
_TOPIC = "faq-topic"


def query() -> str:
    """What is searched for, as the address says."""
    return str(st.query_params.get(QUERY_PARAMETER, ""))[:MAX_QUERY].strip()


def _keep_query(text: str) -> None:
    """The browser has written the text into the address already; an open entry gives way to the answers."""
    session.replace_parameters({QUERY_PARAMETER: text} if text else {}, kept=(TOPIC_PARAMETER,))


def search_bar(t: Words) -> str | None:
    """The search box and the topic; returns the topic that is chosen."""
    search_box(
        query(),
        label=t("course.faq.search"),
        placeholder=t("course.faq.placeholder"),
        parameter=QUERY_PARAMETER,
        key="faq-search",
        on_type=_keep_query,
    )
    asked = st.query_params.get(TOPIC_PARAMETER)
    st.session_state[_TOPIC] = asked if asked in library().topics else ""

    def pick() -> None:
        chosen = st.session_state[_TOPIC]
        session.replace_parameters({TOPIC_PARAMETER: chosen} if chosen else {}, kept=(QUERY_PARAMETER,))

    chosen: str = st.selectbox(
        t("course.faq.topic_label"),
        ("", *library().topics),
        key=_TOPIC,
        format_func=lambda name: t(f"faq.topic.{name}") if name else t("course.faq.topic_all"),
        on_change=pick,
        label_visibility="collapsed",
        width=340,
    )
    return chosen or None


def answers(text: str, topic: str | None, t: Words) -> None:
    """The best answer in full, the others in a sentence each; never nothing."""
    hits = [hit for hit in index_of(library()).search(text) if topic in (None, hit.entry.topic)]
    best, *others = hits
    if best.is_near_only:
        st.info(t("course.faq.nearest"), icon=":material/search:")
        reading(
            faq_html.hits([hit.entry for hit in hits[:SHOWN]], text, t("course.faq.others"), t),
            key="faq-hits",
            on_go=course_state.go,
        )
        reading(faq_html.topics(t.language, topic), key="faq-topics", on_go=course_state.go)
        return
    entry_view(best.entry, t, text=text)
    reading(
        faq_html.hits([hit.entry for hit in others[: SHOWN - 1]], text, t("course.faq.others"), t),
        key="faq-hits",
        on_go=course_state.go,
    )


def entry_view(entry: Entry, t: Words, *, text: str = "") -> None:
    """One entry: the answer, why, the path as a picture, what to check, facts, the way on."""
    with st.container(border=True, key="faq-answer"):
        reading(faq_html.answer(entry.id, t.language, text), key="faq-entry", on_go=course_state.go)
        if entry.network is not None:
            setup = network_setup(entry.network)
            scene = scene_of(setup, t)
            st.html(f'<div class="vpclab">{panels.headline_html(scene.walk, t)}</div>')
            walk_player(picture_of(scene, t, compact=True), t, key="faq-picture", controls=False)
            st.page_link(
                shell.PAGES_FOLDER / "sandbox.py",
                label=t("course.chapter.sandbox"),
                icon=":material/arrow_forward:",
                query_params={session.LANGUAGE_PARAMETER: t.language, "s": encode(setup)},
            )
        reading(faq_html.foot(entry.id, t.language), key="faq-foot", on_go=course_state.go)
