"""The glossary as the browser needs it: every term in both languages, side by side."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from ui.course_html import taught_link, title_of
from ui.course_text import Notes, facts_html, link_html
from ui.providers import library
from ui.reading import packed
from vpclab.learning.models import Term
from vpclab.learning.search_text import fold
from vpclab.words import languages, load_words


@lru_cache(maxsize=512)
def term(name: str, language: str) -> str:
    """One term: its names, its meaning in every language, other words for it, where to read on."""
    t = load_words(language)
    notes, one = Notes(library(), t), library().terms[name]
    order = (language, *(other for other in languages() if other != language))
    names = " <span class='quiet'>·</span> ".join(
        f'<span lang="{code}">{escape(one.name(code))}</span>' for code in order
    )
    reading = f'<span class="quiet" lang="ja">{escape(one.reading)}</span>'
    means = "".join(
        f'<p lang="{code}">{Notes(library(), load_words(code)).inline(one.means(code))}</p>' for code in order
    )
    rows = []
    also = [word for code in order for word in one.also[code]]
    if also:
        rows.append((t("course.glossary.also"), escape(" / ".join(also))))
    if one.see:
        links = ", ".join(
            link_html("glossary", other, escape(library().terms[other].name(language)), t)
            for other in one.see
        )
        rows.append((t("course.glossary.see"), links))
    told = "".join(f"<dt>{escape(title)}</dt><dd>{inner}</dd>" for title, inner in rows)
    taught = escape(t("course.glossary.taught", title=title_of(one.chapter, language)))
    facts = facts_html([library().facts[fact] for fact in one.facts], t) if one.facts else ""
    html = (
        f"<h2 class='small'>{names} {reading}</h2>{means}"
        + (f"<dl>{told}</dl>" if told else "")
        + facts
        + f'<p class="quiet">{taught_link(one.chapter, taught, t)}</p>'
    )
    return packed(html, notes.found, t)


def fitting(text: str) -> tuple[Term, ...]:
    """The terms whose names, readings or other words contain the text, in any language."""
    wanted = fold(text).strip()
    return tuple(
        one
        for one in library().terms.values()
        if any(wanted in word for word in _folded(one.id)) or wanted in one.id
    )


@lru_cache(maxsize=512)
def _folded(name: str) -> tuple[str, ...]:
    one = library().terms[name]
    words = [
        *one.name.texts.values(),
        one.reading,
        *(word for listed in one.also.values() for word in listed),
    ]
    return tuple(fold(word) for word in words)


def in_order(terms: Iterable[Term], language: str) -> list[Term]:
    """The terms as a reader of the language looks for them: by reading, or by the alphabet."""
    return sorted(
        terms, key=lambda one: fold(one.reading) if language == "ja" else one.name(language).lower()
    )


@lru_cache(maxsize=64)
def listed(names: tuple[str, ...], language: str) -> str:
    """Several terms, each with its names and its meaning in the language of the page."""
    t = load_words(language)
    other = next(code for code in languages() if code != language)
    notes, rows = Notes(library(), t), []
    for name in names:
        one = library().terms[name]
        link = link_html("glossary", name, escape(one.name(language)), t)
        reading = f' <span class="quiet" lang="ja">{escape(one.reading)}</span>' if language == "ja" else ""
        rows.append(
            f'<li>{link}{reading} <span class="quiet" lang="{other}">{escape(one.name(other))}</span>'
            f"<p>{notes.inline(one.means(language))}</p></li>"
        )
    return packed(f'<ul class="hits">{"".join(rows)}</ul>', notes.found, t)
