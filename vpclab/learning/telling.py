"""Content in a language: values of facts filled in, dates as people write them."""

import re
from datetime import date, datetime

from vpclab.learning import markup
from vpclab.learning.models import Fact, Library
from vpclab.words import Words

_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
OWN_VALUE = re.compile(r"\{([a-z0-9_]+)\}")
"""A value inside the texts of its own fact."""


def tell_date(day: date, t: Words) -> str:
    """A day as the language writes it: 22 November 2026, 2026 年 11 月 22 日."""
    return t("course.day", year=day.year, month=t(f"course.month.{day.month}"), day=day.day)


def tell_next_due(due: datetime, now: datetime, t: Words) -> str:
    """When a fact comes back: today at what time, or on which day; both by the learner's clock."""
    if due.date() == now.date():
        return t("practice.review.next_due_today", time=f"{due:%H:%M}")
    return t("practice.review.next_due", date=tell_date(due.date(), t))


def is_no_day(text: str) -> bool:
    """Whether a value looks like a day or a month that the calendar does not have."""
    found = _DAY.fullmatch(text)
    if found is None:
        return False
    try:
        date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return True
    return False


def tell_value(text: str, t: Words) -> str:
    """A value of a fact; one that is a day or a month is written as the language writes it."""
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    year, month, day = found.groups()
    if day is None:
        return t("course.month_of_year", year=int(year), month=t(f"course.month.{int(month)}"))
    return tell_date(date(int(year), int(month), int(day)), t)


def fill(library: Library, text: str, t: Words) -> str:
    """The text with `{fact.value}` filled in."""
    return markup.VALUE.sub(lambda match: tell_value(library.facts[match[1]].values[match[2]], t), text)


def tell_fact(fact: Fact, t: Words) -> str:
    """What holds."""
    return OWN_VALUE.sub(lambda match: tell_value(fact.values[match[1]], t), fact.holds(t.language))


def tell_correction(fact: Fact, t: Words) -> str:
    """What is true instead of what is often said; empty for a fact that corrects nothing."""
    if fact.corrects is None:
        return ""
    return OWN_VALUE.sub(
        lambda match: tell_value(fact.values[match[1]], t), fact.corrects.instead(t.language)
    )


def as_words(library: Library, text: str, t: Words) -> str:
    """A text as words alone: values filled in, terms by their names, no marks and no Markdown."""
    named = markup.TERM.sub(lambda match: match[2] or library.terms[match[1]].name(t.language), text)
    return markup.plain(fill(library, named, t))
