"""Entries of the FAQ as the browser needs them."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from ui.course_html import taught_link, title_of
from ui.course_text import Notes, facts_html, link_html
from ui.providers import library
from ui.reading import packed
from vpclab.learning.models import Entry
from vpclab.learning.search_text import marks
from vpclab.learning.telling import as_words
from vpclab.words import Words, load_words


def marked(text: str, query: str) -> str:
    """A text as HTML with the words of the query marked."""
    parts, last = [], 0
    for start, end in marks(text, query):
        parts += [escape(text[last:start]), f"<mark>{escape(text[start:end])}</mark>"]
        last = end
    return "".join([*parts, escape(text[last:])])


def answer(name: str, language: str, query: str) -> str:
    """The answer first, then why; the words of the query are marked.

    Kept without a query only: there are too many of those, and they are the learner's own.
    """
    return _answer(name, language) if not query else _marked_answer(name, language, query)


@lru_cache(maxsize=512)
def _answer(name: str, language: str) -> str:
    return _marked_answer(name, language, "")


def _marked_answer(name: str, language: str, query: str) -> str:
    t = load_words(language)
    entry, notes = library().entries[name], Notes(library(), t)
    topic = escape(t(f"faq.topic.{entry.topic}"))
    title = link_html("faq", entry.id, marked(entry.title(language), query), t)
    said = marked(as_words(library(), entry.answer(language), t), query)
    html = (
        f'<p class="quiet">{topic}</p><h2>{title}</h2><p class="answer" lang="{language}">{said}</p>'
        f"<h3>{escape(t('course.faq.why'))}</h3>{notes.html(entry.why(language))}"
    )
    return packed(html, notes.found, t)


@lru_cache(maxsize=512)
def foot(name: str, language: str) -> str:
    """What to check, the facts, where it is taught, related questions."""
    t = load_words(language)
    entry, notes = library().entries[name], Notes(library(), t)
    steps = "".join(
        f"<li>{notes.inline(step.say(language))}"
        + (f"<pre><code>{escape(step.run)}</code></pre>" if step.run else "")
        + "</li>"
        for step in entry.check
    )
    parts = [f"<h3>{escape(t('course.faq.check'))}</h3><ol>{steps}</ol>"] if steps else []
    parts.append(facts_html([library().facts[fact] for fact in entry.facts], t))
    more = escape(t("course.chapter.more", title=title_of(entry.chapter, language)))
    parts.append(f"<p>{taught_link(entry.chapter, more, t)}</p>")
    if entry.related:
        related = "".join(
            f"<li>{link_html('faq', one, escape(library().entries[one].title(language)), t)}</li>"
            for one in entry.related
        )
        parts.append(f"<h3>{escape(t('course.faq.related'))}</h3><ul>{related}</ul>")
    return packed("".join(parts), notes.found, t)


def hits(entries: Iterable[Entry], query: str, heading: str, t: Words) -> str:
    """Questions with their answers in one sentence each, the words of the query marked."""
    rows = "".join(
        f"<li>{link_html('faq', entry.id, marked(entry.title(t.language), query), t)}"
        f"<p>{marked(as_words(library(), entry.answer(t.language), t), query)}</p></li>"
        for entry in entries
    )
    return packed(f'<h2 class="small">{escape(heading)}</h2><ol class="hits">{rows}</ol>', {}, t)


@lru_cache(maxsize=64)
def topics(language: str, only: str | None) -> str:
    """All questions by topic, or those of one topic."""
    t = load_words(language)
    parts = []
    for topic in library().topics:
        if only not in (None, topic):
            continue
        rows = "".join(
            f"<li>{link_html('faq', entry.id, escape(entry.title(language)), t)}</li>"
            for entry in library().entries.values()
            if entry.topic == topic
        )
        parts.append(f'<h2 class="small">{escape(t(f"faq.topic.{topic}"))}</h2><ul class="plain">{rows}</ul>')
    return packed("".join(parts), {}, t)
