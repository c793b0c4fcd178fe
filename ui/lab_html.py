"""The texts of labs: the list with its stars, story and goals, hints, the explanation.

A lab of the course has course texts; what a stranger has written is plain text.
"""

from collections.abc import Mapping
from decimal import Decimal
from html import escape

from ui.course_text import Notes, link_html
from ui.goal_words import goal_words
from ui.providers import library
from ui.reading import packed
from vpclab.cost.month import Month
from vpclab.learning.lab_models import Lab
from vpclab.learning.labs import Attempt
from vpclab.store.events import LabTried
from vpclab.words import Words

MOST_STARS = 3


def stars_html(count: int, t: Words) -> str:
    """So many stars of three, in signs and in words."""
    words = escape(t("practice.lab.stars", count=count, most=MOST_STARS))
    signs = "★" * count + "☆" * (MOST_STARS - count)
    return f'<span class="stars" role="img" aria-label="{words}">{signs}</span>'


def lab_list(best: Mapping[str, LabTried], t: Words) -> str:
    """All labs by level, each with the stars that were earned."""
    parts, level = [], 0
    rows: list[str] = []
    for lab in library().labs.values():
        if lab.plan.level != level:
            parts.append(_level(level, rows, t))
            level, rows = lab.plan.level, []
        words = lab.text(t.language)
        title = link_html("labs", lab.id, escape(words.title), t)
        earned = best.get(lab.id)
        tail = stars_html(earned.stars, t) if earned is not None else ""
        rows.append(f"<li>{title} {tail}<p>{_text(lab, words.task, Notes(library(), t))}</p></li>")
    parts.append(_level(level, rows, t))
    return packed("".join(parts), {}, t)


def _level(level: int, rows: list[str], t: Words) -> str:
    if not rows:
        return ""
    title = escape(t("practice.lab.level", level=level))
    return f'<h2 class="small">{title}</h2><ul class="hits">{"".join(rows)}</ul>'


def _text(lab: Lab, text: str, notes: Notes) -> str:
    return notes.inline(text) if lab.id else escape(text)


def _block(lab: Lab, text: str, notes: Notes) -> str:
    if lab.id:
        return notes.html(text)
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


def story(lab: Lab, t: Words) -> str:
    """What it is about, and what is wanted."""
    notes, words = Notes(library(), t), lab.text(t.language)
    task = f"<p><b>{_text(lab, words.task, notes)}</b></p>"
    return packed(_block(lab, words.story, notes) + task, notes.found, t)


def goals(lab: Lab, tried: Attempt, t: Words) -> str:
    """Every goal, and whether the network meets it by now."""
    notes, words = Notes(library(), t), lab.text(t.language)
    sentences = words.goals or tuple(goal_words(goal, t) for goal in lab.plan.goal)
    rows = []
    for met, goal in zip(tried.met, sentences, strict=True):
        told = escape(t("practice.lab.met" if met else "practice.lab.unmet"))
        sign = f'<span class="sign" aria-hidden="true">{"✓" if met else "○"}</span>'
        text = f'<div>{_text(lab, goal, notes)} <span class="tag">{told}</span></div>'
        rows.append(f'<li class="{"won" if met else "lost"}">{sign}{text}</li>')
    return packed(f'<ul class="choices goals">{"".join(rows)}</ul>', notes.found, t)


def hints(lab: Lab, count: int, t: Words) -> str:
    """The hints that were taken."""
    notes, words = Notes(library(), t), lab.text(t.language)
    rows = "".join(f"<li>{_text(lab, words.hints[name], notes)}</li>" for name in lab.plan.hints[:count])
    return packed(f"<ol>{rows}</ol>", notes.found, t)


def explanation(lab: Lab, t: Words) -> str:
    """Why the solution works, and what else would have."""
    notes = Notes(library(), t)
    return packed(_block(lab, lab.text(t.language).explain, notes), notes.found, t)


def month_html(month: Month, t: Words) -> str:
    """What the network costs in a month, line by line."""
    rows = "".join(
        f"<tr><td>{escape(t(f'practice.charge.{line.charge}'))} <code>{escape(line.at)}</code></td>"
        f'<td class="number">{line.quantity.normalize():,f} {escape(t(f"practice.per.{line.unit}"))}</td>'
        f'<td class="number">{_usd(line.amount, t)}</td></tr>'
        for line in month.lines
    )
    total = f"<tr><th>{escape(t('practice.lab.total'))}</th><td></td><th>{_usd(month.total, t)}</th></tr>"
    left_out = escape(t("practice.lab.not_counted"))
    title = escape(t("practice.lab.month", total=f"{month.total:,.2f}"))
    return (
        f'<details class="vpclab folded"><summary>{title}</summary>'
        f"<table><tbody>{rows}{total}</tbody></table><p>{left_out}</p></details>"
    )


def _usd(amount: Decimal | None, t: Words) -> str:
    return escape(t("practice.lab.no_price")) if amount is None else f"{amount:,.2f} USD"
