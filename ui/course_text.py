"""Course texts to HTML: Markdown without HTML, with terms, fact marks and links of our own.

The HTML is made here and nowhere else; `ui/reading` shows it and gives the terms and marks their notes.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from vpclab.learning import markup
from vpclab.learning.models import Confidence, Fact, Library, Term
from vpclab.learning.telling import fill, tell_correction, tell_date, tell_fact
from vpclab.words import Words

_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_MARK = '<button type="button" class="fact"'
_MARKS = re.compile(rf"([^\s<>;])((?:{_MARK}[^>]*>\d+</button>)+)")
PAGES = {"chapter": "chapters", "faq": "faq", "glossary": "glossary", "sandbox": "sandbox"}
"""What a link leads to, and on which page that is."""


@dataclass(slots=True)
class Notes:
    """The notes of texts as they are met: a term's meaning, a fact with its sources; facts are numbered."""

    library: Library
    t: Words
    found: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def html(self, text: str) -> str:
        """A text as HTML; what it marks is added to the notes."""
        environment: dict[str, Any] = {"notes": self}
        return _keep_marks(_markdown().render(fill(self.library, text, self.t), environment))

    def inline(self, text: str) -> str:
        """A text of one paragraph as HTML without the paragraph."""
        return _keep_marks(_inline(fill(self.library, text, self.t), {"notes": self}))

    def term(self, name: str) -> Term:
        """Note a term."""
        term = self.library.terms[name]
        if f"term-{name}" not in self.found:
            self.found[f"term-{name}"] = term_html(term, self.library, self.t)
        return term

    def fact(self, name: str) -> int:
        """Note a fact; returns its number among the facts of these texts."""
        if name not in self.numbers:
            self.numbers[name] = len(self.numbers) + 1
            self.found[f"fact-{name}"] = fact_html(self.library.facts[name], self.t)
        return self.numbers[name]


def _inline(text: str, environment: dict[str, Any]) -> str:
    markdown = _markdown()
    return str(markdown.renderer.render(_tokens(text), markdown.options, environment))


@lru_cache(maxsize=4096)
def _tokens(text: str) -> list[Token]:
    """What a text of one paragraph consists of. It is kept; each order of choices is HTML of its own."""
    return _markdown().parseInline(text, {})


def _keep_marks(html: str) -> str:
    """The HTML with each fact mark on the line of the letter that it follows."""
    return _MARKS.sub(r'<span class="kept">\1\2</span>', html)


def address(page: str, t: Words, **parameters: str) -> str:
    """The address of a page of ours, relative to any other."""
    return f"{page}?{urlencode({'lang': t.language, **parameters})}"


def link_html(
    page: str, name: str, inner: str, t: Words, *, part: str = "", looks: str = "", here: bool = False
) -> str:
    """A link to something of ours by its id, or to a part of it; `inner` is HTML, `here` is where one is."""
    shown = f' class="{looks}"' if looks else ""
    shown += ' aria-current="step"' if here else ""
    href = address(page, t, id=name, **({"at": part} if part else {}))
    target = f"{page}/{name}/{part}" if part else f"{page}/{name}"
    return f'<a{shown} href="{escape(href)}" data-go="{escape(target)}">{inner}</a>'


def term_html(term: Term, library: Library, t: Words) -> str:
    """A term's note: name, meaning, the way to the glossary."""
    means = markup.plain(fill(library, term.means(t.language), t))
    more = link_html("glossary", term.id, escape(t("course.term.open")), t)
    return f"<p><b>{escape(term.name(t.language))}</b></p><p>{escape(means)}</p><p>{more}</p>"


def fact_html(fact: Fact, t: Words) -> str:
    """A fact's note: what holds, what it corrects, its sources with the day on which they were read."""
    told = [f"<p>{_with_code(tell_fact(fact, t))}</p>"]
    if fact.corrects is not None:
        said = t("course.fact.said", text=fact.corrects.says)
        true = t("course.fact.true", text=tell_correction(fact, t))
        told.append(f'<p class="said">{_with_code(said)}</p><p>{_with_code(true)}</p>')
    if fact.confidence is Confidence.SECONDARY:
        told.append(f"<p>{escape(t('course.fact.secondary'))}</p>")
    if fact.regions:
        told.append(f"<p>{escape(t('course.fact.regions', regions=', '.join(fact.regions)))}</p>")
    links = "".join(
        f'<li><a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer" lang="en">'
        f"{escape(source.title)}</a></li>"
        for source in fact.sources
    )
    checked = t("course.fact.checked", date=tell_date(fact.checked_on, t))
    return f'{"".join(told)}<ul class="sources">{links}</ul><p class="checked">{escape(checked)}</p>'


def _with_code(text: str) -> str:
    """A text as HTML in which only code is marked up."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def facts_html(facts: Iterable[Fact], t: Words) -> str:
    """Facts folded away, each with its sources."""
    listed = list(facts)
    items = "".join(f"<li>{fact_html(fact, t)}</li>" for fact in listed)
    title = escape(t("course.fact.list", count=len(listed)))
    return f'<details class="facts"><summary>{title}</summary><ul>{items}</ul></details>'


def bare_html(library: Library, text: str, t: Words) -> str:
    """A text of one paragraph as HTML with emphasis and code alone: terms as words, no marks."""
    return _inline(_without_marks(library, text, t), {})


def _without_marks(library: Library, text: str, t: Words) -> str:
    named = markup.TERM.sub(lambda match: match[2] or library.terms[match[1]].name(t.language), text)
    return markup.FACT.sub("", fill(library, named, t))


def label(library: Library, text: str, t: Words) -> str:
    """A text for the label of a widget: one line of Markdown, without marks and what Streamlit reads."""
    parts = re.split(r"(`[^`]*`)", " ".join(_without_marks(library, text, t).split()))
    return "".join(
        part if part.startswith("`") else re.sub(r"([$~:\[\]<>|])", r"\\\1", part) for part in parts
    )


def _rule_term(state: StateInline, silent: bool) -> bool:
    found = markup.TERM.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("term", "", 0)
        token.meta = {"id": found[1], "words": found[2]}
    state.pos = found.end()
    return True


def _rule_fact(state: StateInline, silent: bool) -> bool:
    found = markup.FACT.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("fact", "", 0).meta = {"id": found[1]}
    state.pos = found.end()
    return True


def _rule_strong(state: StateInline, silent: bool) -> bool:
    """Strong text between any two pairs of asterisks.

    CommonMark does not close it after a bracket that a letter follows, as Japanese writes all the time.
    """
    found = _STRONG.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        state.push("strong_open", "strong", 1)
        most, state.pos, state.posMax = state.posMax, found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.posMax = most
        state.push("strong_close", "strong", -1)
    state.pos = found.end()
    return True


def _show_term(
    _: RendererHTML, tokens: list[Token], number: int, __: Any, environment: Mapping[str, Any]
) -> str:
    notes: Notes = environment["notes"]
    name = str(tokens[number].meta["id"])
    term = notes.term(name)
    words = escape(str(tokens[number].meta["words"] or term.name(notes.t.language)))
    href = escape(address("glossary", notes.t, id=name))
    return f'<a class="term" href="{href}" data-go="glossary/{name}" data-note="term-{name}">{words}</a>'


def _show_fact(
    _: RendererHTML, tokens: list[Token], number: int, __: Any, environment: Mapping[str, Any]
) -> str:
    notes: Notes = environment["notes"]
    name = str(tokens[number].meta["id"])
    shown = notes.fact(name)
    title = escape(notes.t("course.fact.mark", number=shown))
    return f'{_MARK} data-note="fact-{name}" aria-label="{title}">{shown}</button>'


def _show_link(
    renderer: RendererHTML, tokens: list[Token], number: int, options: Any, environment: Mapping[str, Any]
) -> str:
    notes: Notes = environment["notes"]
    token = tokens[number]
    kind, _, target = str(token.attrGet("href") or "").partition(":")
    if kind not in PAGES:
        token.attrSet("target", "_blank")
        token.attrSet("rel", "noopener noreferrer")
        return str(renderer.renderToken(tokens, number, options, environment))
    name, _, section = target.partition("/")
    if kind == "sandbox":
        href = address("sandbox", notes.t, s=f"2.{name}")
    else:
        href = address(PAGES[kind], notes.t, id=name, **({"at": section} if section else {}))
    return f'<a href="{escape(href)}" data-go="{escape(f"{PAGES[kind]}/{target}")}">'


@lru_cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.inline.ruler.before("link", "term", _rule_term)
    markdown.inline.ruler.before("link", "fact", _rule_fact)
    markdown.inline.ruler.before("emphasis", "strong", _rule_strong)
    markdown.add_render_rule("term", _show_term)
    markdown.add_render_rule("fact", _show_fact)
    markdown.add_render_rule("link_open", _show_link)
    return markdown
