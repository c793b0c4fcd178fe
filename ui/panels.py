"""What stands beside a picture: the verdict, the hop list in words, and what each hop weighed."""

from functools import lru_cache
from html import escape

import streamlit as st

from ui.decision import decision_html
from ui.hop_list import ROUTE_TABLES, hop_list_html
from ui.scene import Scene, scene_of
from vpclab.narrate import explain, headline, tell_code, unwanted
from vpclab.network import Kind, Verdict, Walk
from vpclab.sandbox.setup import Setup
from vpclab.words import Words, load_words

# A verdict is told by colour, by sign and by words.
_SIGNS = {Verdict.DELIVERED: "✓", Verdict.DENIED: "✕", Verdict.DROPPED: "✕", Verdict.UNRESOLVED: "?"}


def verdict(scene: Scene, t: Words, *, brief: bool = False) -> None:
    """The answer first: one sentence, then what to repair, or what one may not want of a way that works.

    A `brief` answer is the sentence alone.
    """
    st.html(_verdict(scene.setup, t.language, brief))


@lru_cache(maxsize=512)
def _verdict(setup: Setup, language: str, brief: bool) -> str:
    """The answer as HTML, kept for the setups that were shown before."""
    t = load_words(language)
    scene = scene_of(setup, t)
    told = explain(scene.walk, t)
    lines = [] if scene.walk.reachable else [("symptom", told.symptom)]
    lines += [(name, text) for name, text in (("cause", told.cause), ("repair", told.repair)) if text]
    remarks = [
        *told.remarks,
        *(tell_code("unwanted", code, t) for code in unwanted(scene.design, scene.walk)),
    ]
    lines += [("remark", text) for text in remarks]
    rows = "".join(f"<dt>{escape(t(f'panels.{name}'))}</dt><dd>{escape(text)}</dd>" for name, text in lines)
    details = f"<dl>{rows}</dl>" if lines and not brief else ""
    return f'<div class="vpclab answer" role="status">{headline_html(scene.walk, t)}{details}</div>'


def headline_html(walk: Walk, t: Words) -> str:
    """The answer in one sentence, with the sign and the colour of its verdict."""
    verdict = walk.verdict
    sign = f'<b aria-hidden="true">{_SIGNS[verdict]}</b>'
    tone = "good" if verdict is Verdict.DELIVERED else "bad"
    return f'<p class="headline {tone}">{sign}<span>{escape(headline(walk, t))}</span></p>'


def hops(scene: Scene, t: Words, *, selected: int = -1) -> None:
    """The picture in words: every decision of the walk in order, each with what it weighed."""
    st.html(_hops(scene.setup, t.language, selected))


def folded_hops(scene: Scene, t: Words) -> None:
    """The same, folded away: for pages where the picture is one thing among others."""
    st.html(_folded_hops(scene.setup, t.language))


@lru_cache(maxsize=256)
def _folded_hops(setup: Setup, language: str) -> str:
    t = load_words(language)
    walk = scene_of(setup, t).walk
    title = escape(t("panels.hops"))
    inner = hop_list_html(walk, t, selected=-1)
    return f'<details class="vpclab folded"><summary>{title}</summary>{inner}</details>{_notes(walk, t)}'


@lru_cache(maxsize=256)
def _hops(setup: Setup, language: str, selected: int) -> str:
    """The list is kept: it is the longest text of the page, and most reruns show it again."""
    t = load_words(language)
    title = escape(t("panels.hops"))
    walk = scene_of(setup, t).walk
    listed = hop_list_html(walk, t, selected=selected)
    return f'<div class="vpclab"><h2>{title}</h2></div>{listed}{_notes(walk, t)}'


def _notes(walk: Walk, t: Words) -> str:
    """What this walk assumed or left out."""
    items = "".join(f"<li>{escape(tell_code('note', code, t))}</li>" for code in walk.notes)
    if not items:
        return ""
    title = escape(t("panels.notes"))
    return f'<div class="vpclab"><details><summary>{title}</summary><ul>{items}</ul></details></div>'


def decision(scene: Scene, index: int, t: Words) -> None:
    """What the hop with this index decided, as a panel beside the picture."""
    found = scene.walk.hops
    st.html(decision_html(found[index], index + 1, len(found), t))


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
