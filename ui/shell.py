"""The frame around every page: page list, language picker, shared style, and what shows when a page fails."""

from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from ui import session
from ui.words import DEFAULT_LANGUAGE, words
from vpclab.errors import VpcLabError
from vpclab.words import Words, languages, load_words

PAGES_FOLDER = Path(__file__).resolve().parent.parent / "pages"

PAGES: dict[str, tuple[str, ...]] = {
    "learn": ("home", "chapters", "faq", "glossary"),
    "try": ("sandbox", "labs"),
    "check": ("review", "progress"),
    "use": ("stage",),
}
"""Navigation groups in order, each with its pages: `pages/<name>.py`, shown at `/<name>`."""

PAGE_NAMES = tuple(name for names in PAGES.values() for name in names)

HOME = "home"
WITH_STATE = ("sandbox", "stage")
"""Pages that write their state into the address, and the language with it."""

STYLE = f"<style>{(Path(__file__).resolve().parent / 'style.css').read_text(encoding='utf-8')}</style>"

_document_language = st.components.v2.component(
    "document_language",
    # Streamlit serves <html lang="en"> for every page. Screen readers choose their voice by it, browsers
    # the glyphs of Han characters and the offer to translate.
    js="export default ({ data }) => { document.documentElement.lang = data.language }",
)


def use_language() -> Words:
    """Decide the language of this run, remember it, and return its words."""
    chosen = choose_language(
        asked=st.query_params.get(session.LANGUAGE_PARAMETER),
        remembered=session.language(),
        browser=st.context.locale,
        offered=languages(),
    )
    session.keep_language(chosen)
    return load_words(chosen)


def choose_language(
    *, asked: str | None, remembered: str | None, browser: str | None, offered: tuple[str, ...]
) -> str:
    """Return the first offered language of: the address, this session, the browser, English."""
    browser_language = (browser or "").partition("-")[0]
    for candidate in (asked, remembered, browser_language):
        if candidate in offered:
            return candidate
    return DEFAULT_LANGUAGE


def navigation(t: Words) -> Page:
    """Tell Streamlit the pages and return the one that the address names; `frame` draws the links."""
    return st.navigation([page for pages in _pages(t).values() for page in pages], position="hidden")


def follow_link(page: str, t: Words, *, inside: bool = True) -> None:
    """Go where a link of a component leads: a change of the address inside a page, else another page.

    A part of a page that runs alone says `inside=False`: then the whole page has to run.
    """
    asked = session.asked_page()
    if asked is None:
        return
    name, parameters = asked
    wanted = {session.LANGUAGE_PARAMETER: t.language, **parameters}
    if name != page:
        st.switch_page(PAGES_FOLDER / f"{name}.py", query_params=wanted)
    st.query_params.from_dict(wanted)
    if not inside:
        st.rerun()


def frame(page: Page, t: Words) -> None:
    """Draw what stands above every page: links to the pages by group, and the language picker."""
    _complete_address(page, t)
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="center", key="frame"):
        for group, pages in _pages(t).items():
            st.html(f'<span class="vpclab-group">{escape(group)}</span>', width="content")
            for linked in pages:
                # The sandbox's state stays in the session; the address of the page brings no other.
                st.page_link(linked, query_params={session.LANGUAGE_PARAMETER: t.language}, width="content")
        st.space("stretch")
        _document_language(key="document-language", data={"language": t.language}, width="content", height=1)
        _language_picker(t)


def _complete_address(page: Page, t: Words) -> None:
    """Put the language into an address that came without it; pages with a state write both."""
    if page.url_path not in WITH_STATE and st.query_params.get(session.LANGUAGE_PARAMETER) != t.language:
        st.query_params[session.LANGUAGE_PARAMETER] = t.language


def show(page: Page) -> None:
    """Run the page; broken input that it did not expect becomes a sentence in place of the page."""
    try:
        page.run()
    except VpcLabError as error:
        explain_failure(error)


def explain_failure(_error: Exception) -> bool:
    """Say that the screen could not be shown; True tells Streamlit that nothing else needs to be shown.

    Streamlit has logged the error with its traceback before it calls this.
    """
    st.error(words()("interface.failure.unexpected"))
    return True


def _pages(t: Words) -> dict[str, list[Page]]:
    return {
        t(f"interface.navigation.group.{group}"): [_page(name, t) for name in names]
        for group, names in PAGES.items()
    }


def _page(name: str, t: Words) -> Page:
    return st.Page(
        PAGES_FOLDER / f"{name}.py",
        title=t(f"interface.navigation.{name}"),
        url_path=name,
        default=name == HOME,
    )


def _language_picker(t: Words) -> None:
    st.session_state[session.LANGUAGE_PICKER] = t.language
    st.segmented_control(
        t("interface.language.picker"),
        languages(),
        key=session.LANGUAGE_PICKER,
        format_func=lambda language: load_words(language)("interface.language.name"),
        required=True,
        label_visibility="collapsed",
        on_change=_switch_language,
        width="content",
    )


def _switch_language() -> None:
    """Put the picked language into the address, which decides the language of the run that follows."""
    st.query_params[session.LANGUAGE_PARAMETER] = st.session_state[session.LANGUAGE_PICKER]
