"""For trainers, on the page of progress: how the questions fare, in totals alone."""

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from html import escape

import streamlit as st

from ui.providers import library, store
from vpclab.errors import StoreError
from vpclab.item_words import (
    ToldItem,
    discrimination_words,
    flagged_first,
    option_remarks,
    percent,
    remarks,
    summary,
    times_words,
    told_items,
    write_item_csv,
)
from vpclab.learning import item_statistics as limits
from vpclab.learning.item_statistics import ItemStatistics, course_questions, item_statistics, shown
from vpclab.words import Words, load_words

_COUNTED, _WANTED = "items-counted", "items-wanted"
_KEPT_FOR = timedelta(minutes=10)
_FILE = "vpc-endpoint-lab-items-{language}.csv"
_COLUMNS = ("learners", "mean", "index")
_OPTION_COLUMNS = ("choice", "chosen", "remark")


def items(t: Words) -> None:
    """A fold with a button that counts; what was counted stays for this session."""
    with st.expander(t("items.title")):
        st.markdown(_lead(t))
        # A run that another one interrupts forgets a button that was pressed, but not what is in the session.
        st.button(t("items.count"), key="items-count", on_click=_want)
        if st.session_state.get(_WANTED):
            _count(t)
        counted: tuple[ItemStatistics, ...] | None = st.session_state.get(_COUNTED)
        if counted is not None:
            _show(counted, t)


def _lead(t: Words) -> str:
    """What is counted, and what the numbers mean."""
    numbers = {
        "hard": percent(limits.HARD_BELOW),
        "easy": percent(limits.EASY_ABOVE),
        "low": limits.LOW_BELOW,
        "compared": limits.FEWEST_COMPARED,
        "others": limits.FEWEST_OTHERS,
        "upper": limits.UPPER_PERCENT,
    }
    lead = t(
        "items.lead",
        most=f"{limits.MOST_ANSWERS:,}",
        fewest=limits.FEWEST_SHOWN,
        minutes=_KEPT_FOR // timedelta(minutes=1),
    )
    told = "\n".join(f"- {t(f'items.{name}', **numbers)}" for name in ("facility", "discrimination", "good"))
    return f"{lead}\n\n{told}"


def _want() -> None:
    st.session_state[_WANTED] = True


def _count(t: Words) -> None:
    try:
        with st.spinner(t("items.counting")):
            st.session_state[_COUNTED] = counted_items()
    except StoreError:
        st.error(t("items.unreachable"))
    st.session_state[_WANTED] = False


# One for all sessions: many who press the button at once, or again and again, cost no more than one.
@st.cache_resource(ttl=_KEPT_FOR, max_entries=1, show_spinner=False)
def counted_items() -> tuple[ItemStatistics, ...]:
    """How the questions fare, counted again after a while. Raises StoreError."""
    return item_statistics(store().item_answers(), course_questions(library()))


def _show(counted: tuple[ItemStatistics, ...], t: Words) -> None:
    told = _told(counted, t.language)
    st.markdown(summary(told, len(counted) - len(told), t))
    if not told:
        return
    st.html(_table_html(counted, t.language))
    st.download_button(
        t("items.csv"),
        data=lambda: write_item_csv(told, t).encode(),
        file_name=_FILE.format(language=t.language),
        mime="text/csv",
        on_click="ignore",
        key="items-csv",
    )


@lru_cache(maxsize=4)
def _told(counted: tuple[ItemStatistics, ...], language: str) -> tuple[ToldItem, ...]:
    return told_items(shown(counted), library(), load_words(language))


@lru_cache(maxsize=4)
def _table_html(counted: tuple[ItemStatistics, ...], language: str) -> str:
    """The items that may be shown: each its question, its numbers, and what was chosen in a fold."""
    t = load_words(language)
    body = "".join(_item_html(item, t) for item in flagged_first(_told(counted, language)))
    table = f"<table><thead>{_heads(_COLUMNS, t)}</thead>{body}</table>"
    return f'<div class="vpclab"><div class="scroll">{table}</div></div>'


def _heads(columns: tuple[str, ...], t: Words) -> str:
    cells = "".join(f'<th scope="col">{escape(t(f"items.{name}"))}</th>' for name in columns)
    return f"<tr>{cells}</tr>"


def _item_html(item: ToldItem, t: Words) -> str:
    one = item.statistics
    mean = t("items.percent", percent=percent(one.facility))
    numbers = (str(one.learners), mean, discrimination_words(one, t))
    cells = "".join(f"<td>{escape(number)}</td>" for number in numbers)
    told = "".join(f"<p>{escape(remark)}</p>" for remark in remarks(one, t))
    rows = "".join(_option_rows(item, t))
    wide = f'colspan="{len(_COLUMNS)}"'
    return (
        f'<tbody><tr><th scope="rowgroup" {wide}>{escape(item.question)}</th></tr><tr>{cells}</tr>'
        f"<tr><td {wide}>{told}<details><summary>{escape(t('items.choices'))}</summary>"
        f"<table><thead>{_heads(_OPTION_COLUMNS, t)}</thead><tbody>{rows}</tbody></table>"
        "</details></td></tr></tbody>"
    )


def _option_rows(item: ToldItem, t: Words) -> Iterator[str]:
    for text, chosen in item.options:
        told = "<br>".join(map(escape, option_remarks(chosen, t)))
        taken = escape(times_words(chosen, item.statistics, t))
        yield f'<tr><th scope="row">{escape(text)}</th><td>{taken}</td><td>{told}</td></tr>'
