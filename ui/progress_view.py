"""Progress on the page: what comes next, what is known, other devices, and the learner's own data."""

import streamlit as st

from ui import learner, progress_html, share, shell
from ui.course_html import title_of
from ui.learner_form import learner_form
from ui.providers import KEPT, library, store
from ui.session import LANGUAGE_PARAMETER
from vpclab.errors import ExchangeError, StoreError
from vpclab.exchange.problem_text import line_of
from vpclab.learning.standing import Deed, NextThing, facts_by_chapter, facts_by_topic, next_thing, standings
from vpclab.store.codes import VALID, TooManyTries
from vpclab.words import Words

CODE, TOLD = "code", "told"
"""Query parameters: a code from another device, and what became of a form."""

_TOLD = ("continued", "erased", "no-code", "too-many", "unreachable")
_GOOD = ("continued", "erased")
_PAGES = {Deed.REVIEW: "review", Deed.LEARN: "review", Deed.EXAM: "review", Deed.LAB: "labs"}
_FILE = "vpc-endpoint-lab-progress.json"
_MOST_SHOWN = 20
VALID_MINUTES = int(VALID.total_seconds()) // 60


def what_became(t: Words) -> None:
    """What became of a form that was sent."""
    told = st.query_params.get(TOLD)
    if told in _TOLD:
        show = st.success if told in _GOOD else st.error
        show(t(f"practice.told.{told}", minutes=VALID_MINUTES))
        st.query_params.pop(TOLD)  # said once


def next_step(t: Words) -> None:
    """The next best thing to do, with the way there."""
    known = learner.progress()
    visited = {place.where.partition("/")[0] for place in known.places.values()}
    following = next_thing(library(), known.cards, learner.best_labs().keys(), visited, learner.now())
    st.header(t("practice.progress.next"))
    st.page_link(
        shell.PAGES_FOLDER / f"{_PAGES.get(following.deed, 'chapters')}.py",
        label=_deed_words(following, t),
        icon=":material/arrow_forward:",
        query_params={
            LANGUAGE_PARAMETER: t.language,
            **({"id": following.target} if following.target else {}),
        },
    )


def _deed_words(following: NextThing, t: Words) -> str:
    title = ""
    if following.deed is Deed.LAB:
        title = library().labs[following.target].text(t.language).title
    elif following.target:
        title = title_of(following.target, t.language)
    return t(f"practice.deed.{following.deed}", title=title, count=following.count)


def standing(t: Words) -> None:
    """What is known, fading and unknown, by chapter or by topic; and the labs."""
    cards, now = learner.progress().cards, learner.now()
    st.header(t("practice.progress.standing"))
    by = st.segmented_control(
        t("practice.progress.group"),
        ("chapter", "topic"),
        default="chapter",
        required=True,
        key="progress-by",
        format_func=lambda name: t(f"practice.progress.by_{name}"),
        label_visibility="collapsed",
    )
    groups = facts_by_topic(library()) if by == "topic" else facts_by_chapter(library())
    rows = [
        (t(f"practice.topic.{one.name}") if by == "topic" else title_of(one.name, t.language), one)
        for one in standings(groups, cards, now)
    ]
    st.html(progress_html.standing_html(rows, t))
    solved = learner.best_labs()
    facts = {"solved": len(solved), "count": len(library().labs)}
    st.markdown(t("practice.progress.labs", stars=sum(one.stars for one in solved.values()), **facts))


def devices(t: Words) -> None:
    """Go on with another device: a code from here, or one that was made there."""
    st.header(t("practice.device.title"))
    st.markdown(t("practice.device.lead", minutes=VALID_MINUTES))
    mine = learner.secret()
    if mine is None:
        st.info(t("practice.device.no_cookie"))
        return
    if st.button(t("practice.device.offer"), key="device-offer"):
        _offer(mine, t)
    learner_form(
        "continue",
        t,
        key="device-continue",
        label=t("practice.device.code"),
        button=t("practice.device.continue"),
        code=st.query_params.get(CODE, "")[:40],
        asks=True,
    )


def _offer(mine: str, t: Words) -> None:
    """A code with its link and QR code, shown this once."""
    try:
        code = store().offer_code(mine, learner.now())
    except TooManyTries:
        st.error(t("practice.told.too-many", minutes=VALID_MINUTES))
        return
    except StoreError:
        st.error(t("practice.told.unreachable", minutes=VALID_MINUTES))
        return
    link = share.link_of({LANGUAGE_PARAMETER: t.language, CODE: code}, "progress")
    st.markdown(t("practice.device.offered", code=code))
    share.copy_link(link, t("practice.device.link"), t, key="device-link")
    share.show_qr(link, t("practice.device.qr"), t)


def own_data(t: Words) -> None:
    """What is kept; take it away as a file, bring it back, erase it."""
    st.header(t("practice.data.title"))
    st.markdown(t("practice.progress.kept", days=KEPT.days))
    mine = learner.secret()
    if mine is None:
        return
    st.download_button(
        t("practice.data.export"),
        data=lambda: _exported(mine),
        file_name=_FILE,
        mime="application/json",
        on_click="ignore",
        key="data-export",
    )
    with st.expander(t("practice.data.import")):
        _bring_in(mine, t)
    with st.expander(t("practice.data.erase")):
        st.markdown(t("practice.data.erase_means"))
        learner_form("erase", t, key="data-erase", button=t("practice.data.erase_now"))


def _exported(mine: str) -> str:
    """The file. While the store cannot be reached the download fails: an empty file would look like one."""
    return store().export(mine)


_BROUGHT = "progress-brought"


def _bring_in(mine: str, t: Words) -> None:
    """Read a file of progress, once; what is wrong with it is told with its place."""

    def read() -> None:
        file = st.session_state.get("data-file")
        st.session_state[_BROUGHT] = None if file is None else _read(mine, file.name, file.getvalue(), t)
        learner.refresh()

    st.file_uploader(t("practice.data.file"), type="json", key="data-file", on_change=read)
    told = st.session_state.get(_BROUGHT)
    if told is None:
        return
    sentence, lines, is_good = told
    (st.success if is_good else st.error)(sentence)
    if lines:
        st.code("\n".join(lines), language=None, wrap_lines=True)


def _read(mine: str, name: str, data: bytes, t: Words) -> tuple[str, list[str], bool]:
    """What bringing in a file came to: a sentence, the problems, and whether all is well."""
    try:
        brought = store().bring_in(mine, data.decode("utf-8", errors="replace"), learner.now())
    except ExchangeError as error:
        lines = [line_of(problem, name, t) for problem in error.problems[:_MOST_SHOWN]]
        return t("practice.data.not_read", count=len(error.problems)), lines, False
    except StoreError:
        return t("practice.told.unreachable"), [], False
    return t("practice.data.brought", added=brought.added, known=brought.known), [], True
