"""The texts of a chapter as the browser needs them, kept: a rerun mostly shows what was shown before."""

from functools import lru_cache
from html import escape

from ui.course_steps import step_title, steps
from ui.course_text import Notes, facts_html, link_html
from ui.providers import library
from ui.reading import DEPTHS, packed
from vpclab.learning.models import Chapter, Section, question_number
from vpclab.words import Words, load_words


def chapter_of(target: str) -> tuple[str, str]:
    """The chapter and the section of `CHAPTER` or `CHAPTER/SECTION`."""
    chapter, _, section = target.partition("/")
    return chapter, section


def title_of(target: str, language: str) -> str:
    """The title of a chapter, with that of a section where the target names one."""
    chapter, section = chapter_of(target)
    words = library().chapters[chapter].texts[language]
    return f"{words.title} — {words.sections[section].title}" if section else words.title


def taught_link(target: str, inner: str, t: Words) -> str:
    """A link to where something is taught; `inner` is HTML."""
    chapter, section = chapter_of(target)
    return link_html("chapters", chapter, inner, t, part=section)


@lru_cache(maxsize=8)
def index(language: str) -> str:
    """All chapters by part."""
    t = load_words(language)
    notes = Notes(library(), t)
    number, parts = 0, []
    for part in library().parts:
        rows = []
        for name in part.chapters:
            number += 1
            words = library().chapters[name].texts[language]
            title = link_html("chapters", name, escape(words.title), t)
            minutes = t("course.minutes", count=library().chapters[name].plan.minutes)
            rows.append(
                f'<li><span class="quiet">{number}</span> {title} '
                f'<span class="quiet">{escape(minutes)}</span>'
                f"<p>{notes.inline(words.about)}</p></li>"
            )
        parts.append(
            f'<h2 class="small">{escape(part.title(language))}</h2><ol class="hits">{"".join(rows)}</ol>'
        )
    return packed("".join(parts), notes.found, t)


@lru_cache(maxsize=128)
def head(name: str, language: str) -> str:
    """What a chapter is about, what one can do afterwards, what it leaves out, what to read before."""
    t = load_words(language)
    notes, chapter = Notes(library(), t), library().chapters[name]
    words = chapter.texts[language]
    rows = [
        (t("course.chapter.objectives"), _list(notes, words.objectives)),
        (t("course.chapter.out_of_scope"), _list(notes, words.out_of_scope)),
    ]
    if chapter.plan.prerequisites:
        before = "".join(
            f"<li>{link_html('chapters', one, escape(title_of(one, language)), t)}</li>"
            for one in chapter.plan.prerequisites
        )
        rows.append((t("course.chapter.prerequisites"), f"<ul>{before}</ul>"))
    told = "".join(f"<dt>{escape(title)}</dt><dd>{inner}</dd>" for title, inner in rows)
    return packed(f"<p>{notes.inline(words.about)}</p><dl>{told}</dl>", notes.found, t)


def _list(notes: Notes, texts: tuple[str, ...]) -> str:
    return f"<ul>{''.join(f'<li>{notes.inline(text)}</li>' for text in texts)}</ul>"


@lru_cache(maxsize=512)
def section(name: str, section_id: str, language: str) -> str:
    """A section at both depths, its facts below."""
    t = load_words(language)
    notes, chapter = Notes(library(), t), library().chapters[name]
    plan = next(one for one in chapter.plan.sections if one.id == section_id)
    words = chapter.texts[language].sections[section_id]
    # The facts are numbered in the order of the plan, so that a number means the same at both depths.
    for fact in plan.facts:
        notes.fact(fact)
    head_html, facts = _section_head(words.title, t), _facts(plan, t)
    easy, deep = (
        f"<section>{head_html}{notes.html(text)}{facts}</section>" for text in (words.easy, words.deep)
    )
    return packed(easy, notes.found, t, deep=deep)


def _section_head(title: str, t: Words) -> str:
    buttons = "".join(
        f'<button type="button" data-depth="{depth}" aria-pressed="false">{escape(words)}</button>'
        for depth, words in ((depth, t(f"course.depth.{depth}")) for depth in DEPTHS)
    )
    group = escape(t("course.depth.label"))
    return (
        f'<div class="head"><h2>{escape(title)}</h2>'
        f'<span class="depths" role="group" aria-label="{group}">{buttons}</span></div>'
    )


def _facts(plan: Section, t: Words) -> str:
    return facts_html([library().facts[fact] for fact in plan.facts], t) if plan.facts else ""


@lru_cache(maxsize=256)
def stage_words(name: str, stage_id: str, language: str, part: str) -> str:
    """One text of a stage: its `task`, `ask` or `explain`, under its title but for the last."""
    t = load_words(language)
    notes = Notes(library(), t)
    words = library().chapters[name].texts[language].stages[stage_id]
    # The opening stands right below the chapter's title, other stages below a section.
    level = "h2" if part == "ask" else "h3"
    title = "" if part == "explain" else f'<{level} class="small">{escape(words.title)}</{level}>'
    return packed(title + notes.html(getattr(words, part) or ""), notes.found, t)


@lru_cache(maxsize=128)
def misconceptions(name: str, language: str) -> str:
    """What people say, what is true, what follows; each with its facts."""
    t = load_words(language)
    notes, chapter = Notes(library(), t), library().chapters[name]
    cards = []
    for one in chapter.plan.misconceptions:
        words = chapter.texts[language].misconceptions[one.id]
        rows = "".join(
            f"<dt>{escape(t(f'course.chapter.{part}'))}</dt><dd>{notes.inline(getattr(words, part))}</dd>"
            for part in ("said", "true", "so")
        )
        facts = facts_html([library().facts[fact] for fact in one.facts], t)
        cards.append(f'<div class="card"><dl>{rows}</dl>{facts}</div>')
    title = f"<div class='head'><h2>{escape(t('course.chapter.misconceptions'))}</h2></div>"
    return packed(title + "".join(cards), notes.found, t)


@lru_cache(maxsize=512)
def way(name: str, step: str, language: str) -> str:
    """The steps of a chapter as links, the present one marked; among questions their numbers as well."""
    t = load_words(language)
    chapter = library().chapters[name]
    items = []
    for one in steps(chapter):
        if question_number(one) > 1:
            continue
        is_here = one == step or (question_number(one) == 1 and question_number(step) > 0)
        title = escape(step_title(chapter, one, t))
        items.append(_step_item(link_html("chapters", name, title, t, part=one, here=is_here), is_here))
    html = f'<ol class="steps">{"".join(items)}</ol>'
    if question_number(step):
        numbers = []
        for one in filter(question_number, steps(chapter)):
            number = str(question_number(one))
            link = link_html("chapters", name, number, t, part=one, here=one == step)
            numbers.append(_step_item(link, one == step))
        html += f'<ol class="steps numbers">{"".join(numbers)}</ol>'
    named = escape(t("course.chapter.steps"))
    return packed(f'<nav aria-label="{named}">{html}</nav>', {}, t)


def _step_item(link: str, is_here: bool) -> str:
    return f'<li class="here">{link}</li>' if is_here else f"<li>{link}</li>"


@lru_cache(maxsize=512)
def foot(name: str, step: str, language: str) -> str:
    """The way to the step before and after; at the ends to the chapter before and after."""
    t = load_words(language)
    chapter, order = library().chapters[name], library().order()
    at = next(number for number, one in enumerate(order) if one.id == name)
    there = steps(chapter)
    here = there.index(step)
    links = []
    if here > 0:
        text = t("course.chapter.back_to", title=step_title(chapter, there[here - 1], t))
        links.append(link_html("chapters", name, escape(text), t, part=there[here - 1]))
    elif at > 0:
        text = t("course.chapter.previous", title=order[at - 1].texts[language].title)
        links.append(link_html("chapters", order[at - 1].id, escape(text), t))
    if here + 1 < len(there):
        text = t("course.chapter.on_to", title=step_title(chapter, there[here + 1], t))
        links.append(link_html("chapters", name, escape(text), t, part=there[here + 1], looks="next"))
    elif at + 1 < len(order):
        text = t("course.chapter.next", title=order[at + 1].texts[language].title)
        links.append(link_html("chapters", order[at + 1].id, escape(text), t, looks="next"))
    labs = _labs(name, t) if here + 1 == len(there) else ""
    return packed(f'{labs}<p class="foot">{"".join(links)}</p>', {}, t)


def _labs(name: str, t: Words) -> str:
    """The labs of a chapter, for those who have come to its end."""
    found = [lab for lab in library().labs.values() if chapter_of(lab.plan.chapter)[0] == name]
    rows = "".join(
        f"<li>{link_html('labs', lab.id, escape(lab.text(t.language).title), t)}</li>" for lab in found
    )
    return f"<p><b>{escape(t('course.chapter.labs'))}</b></p><ul>{rows}</ul>" if found else ""


def asked_chapter(name: str | None) -> Chapter | None:
    """The chapter with this id; None where there is none."""
    return library().chapters.get(name or "")
