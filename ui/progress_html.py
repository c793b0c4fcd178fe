"""What is known, fading and unknown, as bars and in words."""

from collections.abc import Sequence
from html import escape

from vpclab.learning.standing import Standing
from vpclab.words import Words

_STATES = ("known", "fading", "unknown")


def standing_html(rows: Sequence[tuple[str, Standing]], t: Words) -> str:
    """A table: each group by its title (text), a bar, and its numbers in words."""
    body = "".join(_row(title, standing, t) for title, standing in rows)
    head = "".join(f"<th>{escape(t(f'practice.progress.{state}'))}</th>" for state in _STATES)
    name = escape(t("practice.progress.group"))
    legend = "".join(
        f'<span><i class="swatch {state}" aria-hidden="true"></i>{escape(t(f"practice.progress.{state}"))}: '
        f"{escape(t(f'practice.progress.{state}_means'))}</span>"
        for state in _STATES
    )
    return (
        f'<div class="vpclab standing"><p class="legend">{legend}</p><table><thead><tr><th>{name}</th>'
        f'<th class="chart" aria-hidden="true"></th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(title: str, standing: Standing, t: Words) -> str:
    numbers = {state: getattr(standing, state) for state in _STATES}
    bars = "".join(
        f'<i class="{state}" style="flex-grow: {number}"></i>' for state, number in numbers.items() if number
    )
    names = {state: escape(t(f"practice.progress.{state}")) for state in _STATES}
    cells = "".join(
        f'<td class="number"><span class="short">{names[state]} </span>{number}</td>'
        for state, number in numbers.items()
    )
    return (
        f'<tr><th scope="row">{escape(title)}</th>'
        f'<td class="chart" aria-hidden="true"><div class="bar">{bars}</div></td>{cells}</tr>'
    )
