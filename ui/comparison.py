"""Two networks side by side: their pictures, and a table of what differs."""

from collections.abc import Iterator
from html import escape

import streamlit as st

from ui.changes import edits_between
from ui.hop_list import ROUTE_TABLES
from ui.sandbox_state import Side
from ui.scene import Scene
from ui.scene_view import show_scene
from vpclab.comparison import Traits, traits_of
from vpclab.edit_words import tell_edit
from vpclab.network import Verdict
from vpclab.words import Words


def side_by_side(a: Scene, b: Scene, t: Words) -> None:
    """A and B beside each other (one below the other on a phone), then the table of what differs."""
    with st.container(key="compared"):
        for side, scene, column in zip(Side, (a, b), st.columns(2, gap="medium"), strict=True):
            with column:
                st.header(t(f"sandbox.compare.{side}"))
                show_scene(scene, t, side=side)
    st.header(t("sandbox.compare.title"))
    st.html(traits_table(a, b, t))
    edits = edits_between(a.design, b.design)
    if edits:
        title = escape(t("sandbox.compare.edits", count=len(edits)))
        items = "".join(f"<li>{escape(tell_edit(edit, t))}</li>" for edit in edits)
        st.html(f'<div class="vpclab"><details><summary>{title}</summary><ul>{items}</ul></details></div>')


def traits_table(a: Scene, b: Scene, t: Words, *, brief: bool = False) -> str:
    """What differs between two networks as a table; a `brief` one has only the rows that differ."""
    one, other = (traits_of(scene.design, scene.request, scene.walk) for scene in (a, b))
    rows = [
        (t(f"sandbox.compare.{name}"), left, right)
        for (name, left), (_, right) in zip(_rows(one, t), _rows(other, t), strict=True)
    ]
    if brief:
        rows = [row for row in rows if row[1] != row[2]]
    head = "".join(
        f'<th scope="col">{escape(text)}</th>'
        for text in (t("sandbox.compare.trait"), t("sandbox.compare.a"), t("sandbox.compare.b"))
    )
    body = "".join(_row(name, left, right, t) for name, left, right in rows)
    same = "" if any(left != right for _, left, right in rows) else escape(t("sandbox.compare.same"))
    table = f'<table class="compare"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="vpclab">{table}<p>{same}</p></div>'


def _row(name: str, left: str, right: str, t: Words) -> str:
    """One trait; a row that differs says so by weight and by a word for those who do not see weight."""
    differs = left != right
    mark = f' <span class="differs">{escape(t("sandbox.compare.differs"))}</span>' if differs else ""
    cells = "".join(f"<td>{escape(text)}</td>" for text in (left, right))
    return (
        f'<tr class="{"other" if differs else "equal"}"><th scope="row">{escape(name)}{mark}</th>{cells}</tr>'
    )


def _rows(traits: Traits, t: Words) -> Iterator[tuple[str, str]]:
    """Every trait by the last part of its key, in words."""
    between = t("walk.phrase.between_items")
    yield "verdict", t(f"walk.verdict_short.{traits.verdict}")
    passed = [t(f"walk.kind.{kind}") for kind in traits.path if kind not in ROUTE_TABLES]
    yield "path", " → ".join(passed)
    yield "hops", str(traits.hops)
    yield "public_ip", t("sandbox.compare.yes" if traits.uses_public_ip else "sandbox.compare.no")
    seen = traits.source_ip_seen
    kind = "public" if traits.uses_public_ip else "private"
    yield "source", t("sandbox.compare.nobody") if seen is None else t(f"panels.figures.{kind}", address=seen)
    says = [t(f"sandbox.compare.say.{say}") for say in traits.policies]
    yield "policies", between.join(says) or t("sandbox.compare.none")
    costs = [
        t("sandbox.compare.counted", what=t(f"sandbox.compare.billed.{what}"), count=count)
        for what, count in traits.billed
    ]
    yield "costs", between.join(costs) or t("sandbox.compare.none")
    yield "from_site", _from_site(traits.from_site, t)


def _from_site(verdict: Verdict | None, t: Words) -> str:
    if verdict is None:
        return t("sandbox.compare.not_asked")
    return t("sandbox.compare.yes" if verdict is Verdict.DELIVERED else "sandbox.compare.no")
