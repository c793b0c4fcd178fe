"""What stands beside a picture: the verdict, the hop list in words, and what each hop weighed."""

from functools import lru_cache
from html import escape

import streamlit as st

from ui.decision import decision_html
from ui.hop_list import ROUTE_TABLES, hop_list_html
from ui.scene import Scene, scene_of
from vpclab.markdown import as_text
from vpclab.narrate import explain, tell_code, unwanted
from vpclab.network import Design, Kind, Verdict, Walk
from vpclab.sandbox.setup import Setup
from vpclab.words import Words, load_words

# A verdict is told by colour, by sign and by words; the sign is Streamlit's own icon font.
_SIGNS = {
    Verdict.DELIVERED: (st.success, ":material/check_circle:"),
    Verdict.DENIED: (st.error, ":material/lock:"),
    Verdict.DROPPED: (st.error, ":material/block:"),
    Verdict.UNRESOLVED: (st.error, ":material/help:"),
}


def verdict(design: Design, walk: Walk, t: Words, *, brief: bool = False) -> None:
    """The answer first: one sentence, then what to repair, or what one may not want of a way that works.

    A `brief` answer is the sentence alone.
    """
    told = explain(walk, t)
    show, sign = _SIGNS[walk.verdict]
    show(as_text(told.headline), icon=sign)
    if brief:
        return
    lines = [(t("panels.symptom"), told.symptom)] if not walk.reachable else []
    lines += [
        (t(f"panels.{name}"), text) for name, text in (("cause", told.cause), ("repair", told.repair)) if text
    ]
    remarks = [*told.remarks, *(tell_code("unwanted", code, t) for code in unwanted(design, walk))]
    lines += [(t("panels.remark"), text) for text in remarks]
    if lines:
        rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in lines)
        st.html(f'<div class="vpclab"><dl>{rows}</dl></div>')


def hops(scene: Scene, t: Words, *, selected: int = -1) -> None:
    """The picture in words: every decision of the walk in order, each with what it weighed."""
    st.html(_hops(scene.setup, t.language, selected))


@lru_cache(maxsize=256)
def _hops(setup: Setup, language: str, selected: int) -> str:
    """The list is kept: it is the longest text of the page, and most reruns show it again."""
    t = load_words(language)
    title = escape(t("panels.hops"))
    return f'<div class="vpclab"><h2>{title}</h2></div>' + hop_list_html(
        scene_of(setup, t).walk, t, selected=selected
    )


def decision(scene: Scene, index: int, t: Words) -> None:
    """What the hop with this index decided, as a panel beside the picture."""
    found = scene.walk.hops
    st.html(decision_html(found[index], index + 1, len(found), t))


def notes(walk: Walk, t: Words) -> None:
    """What this walk assumed or left out."""
    items = "".join(f"<li>{escape(text)}</li>" for text in explain(walk, t).notes)
    if items:
        title = escape(t("panels.notes"))
        st.html(f'<div class="vpclab"><details><summary>{title}</summary><ul>{items}</ul></details></div>')


def way_in_figures(walk: Walk, t: Words) -> None:
    """What tells two ways apart, read from the walk: components passed, address seen, endpoint policy."""
    told = walk.told
    passed = [t(f"walk.kind.{step.kind}") for step in told.path[1:-1] if step.kind not in ROUTE_TABLES]
    kind = "public" if told.uses_public_ip else "private"
    asked = next((hop for hop in told.hops if hop.kind is Kind.ENDPOINT_POLICY), None)
    policy = "none" if asked is None else "given" if asked.facts["document"] == "given" else "default"
    rows = (
        (t("panels.figures.passed"), " → ".join(passed)),
        (t("panels.figures.source"), t(f"panels.figures.{kind}", address=told.source_ip_seen)),
        (t("panels.figures.policy"), t(f"panels.figures.policy_{policy}")),
    )
    cells = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in rows)
    st.html(f'<div class="vpclab"><dl>{cells}</dl></div>')
