"""The frame around every page: page list, language picker, shared style, and what shows when a page fails."""

import gc
from functools import lru_cache
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
    "learn": ("home",),
    "try": ("sandbox",),
}
"""Navigation groups in order, each with its pages: `pages/<name>.py`, shown at `/<name>`."""

HOME = "home"
SANDBOX = "sandbox"

STYLE = """
<style>
  /* Japanese needs more air between lines than Latin text, and has no italics. */
  :root:lang(ja) :is(p, li, td, dd, label) { line-height: 1.8; }
  :root:lang(ja) :is(em, i, cite, address) { font-style: normal; }
  /* The default six rem above the first line push the picture off a small screen. */
  .stMainBlockContainer { padding-top: 1.25rem; }
  .vpclab-group { font-size: 0.8rem; color: light-dark(#566173, #a9b3c1); }
  /* Streamlit writes white on the accent in both themes; the dark theme's accent is too light for it. */
  [data-testid^="stBaseButton-primary"] { color: light-dark(#ffffff, #12161c); }
  /* What stands beside a picture: meaning lies in words and weight, not in colour alone. */
  .vpclab dl {
    display: grid; grid-template-columns: minmax(4.5rem, max-content) 1fr; gap: 0.25rem 1rem;
    margin: 0; padding: 0;
  }
  @media (max-width: 40rem) { .vpclab dl { grid-template-columns: 1fr; gap: 0; } }
  @media (max-width: 40rem) { .vpclab dd { padding-bottom: 0.5rem !important; } }
  .vpclab dt { font-weight: 600; padding: 0; }
  .vpclab dd { margin: 0; padding: 0; }
  .vpclab ol { list-style: none; padding: 0; margin: 0; }
  .vpclab ol > li { display: grid; grid-template-columns: 1.75rem 1fr; padding: 0.35rem 0; margin: 0; }
  .vpclab .step {
    width: 1.3rem; height: 1.3rem; border-radius: 50%; margin-top: 0.15rem;
    text-align: center; font-size: 0.75rem; line-height: 1.3rem;
  }
  .vpclab .step.numbered { background: currentColor; }
  .vpclab .step.numbered b { color: Canvas; }
  .vpclab .stopped .decision { border-left: 4px solid currentColor; padding-left: 0.75rem; }
  .vpclab summary { cursor: pointer; }
  .vpclab .kind { font-weight: 600; }
  .vpclab .outcome {
    border: 1px solid; border-radius: 1rem; padding: 0 0.6rem; font-size: 0.8rem; opacity: 0.8;
    white-space: nowrap;
  }
  .vpclab .stopped .outcome { font-weight: 700; opacity: 1; }
  .vpclab .sentence { display: block; }
  .vpclab details p { margin: 0.5rem 0 0; font-weight: 600; font-size: 0.875rem; }
  .vpclab details ul { margin: 0.25rem 0; padding-left: 1.25rem; font-size: 0.875rem; }
  .vpclab .won { font-weight: 600; }
  /* A choice that cannot be made is still read: Streamlit fades its label below the contrast of text. */
  [data-testid="stWidgetLabel"] p { color: light-dark(#3f4855, #c3cad4); }
  /* A link's label tells where it leads; it wraps rather than being cut. */
  [data-testid="stPageLink"] p { white-space: normal; overflow-wrap: anywhere; }
</style>
"""

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


def frame(page: Page, t: Words) -> None:
    """Draw what stands above every page: links to the pages by group, and the language picker."""
    _complete_address(page, t)
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="center"):
        for group, pages in _pages(t).items():
            st.html(f'<span class="vpclab-group">{escape(group)}</span>', width="content")
            for linked in pages:
                # The sandbox's state stays in the session; the address of the page brings no other.
                st.page_link(linked, query_params={session.LANGUAGE_PARAMETER: t.language}, width="content")
        st.space("stretch")
        _document_language(key="document-language", data={"language": t.language}, width="content", height=1)
        _language_picker(t)


def _complete_address(page: Page, t: Words) -> None:
    """Put the language into an address that came without it; the sandbox writes its state with it."""
    if page.url_path != SANDBOX and st.query_params.get(session.LANGUAGE_PARAMETER) != t.language:
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


@lru_cache(maxsize=1)
def settle_memory() -> None:
    """After a process's first run, exempt all that is loaded from garbage collection.

    Modules, words and the engine's tables live as long as the process; walking them in each collection
    stops every learner at once. Runs once per process, since the answer is cached.
    """
    gc.collect()
    gc.freeze()


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
