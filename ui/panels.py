"""What stands beside a picture: the verdict, the hop list in words, and what each hop weighed."""

from html import escape

import streamlit as st

from vpclab.hop_words import tell_candidate, tell_hop
from vpclab.narrate import asked_words, explain, tell_code, unwanted
from vpclab.network import CallWalk, Design, Hop, Kind, Leg, Verdict, Walk
from vpclab.words import Words

# A route table decides upon a packet, which does not pass through it.
ROUTE_TABLES = (Kind.SUBNET_ROUTE_TABLE, Kind.NAT_SUBNET_ROUTE_TABLE)

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


def hops(walk: Walk, t: Words) -> None:
    """Every decision of the walk in order; each opens to show what was considered and why it lost."""
    st.header(t("panels.hops"))
    st.html("".join(_call(walked, walk, t) for walked in walk.calls))


def notes(walk: Walk, t: Words) -> None:
    """What this walk assumed or left out."""
    items = "".join(f"<li>{escape(text)}</li>" for text in explain(walk, t).notes)
    if items:
        title = escape(t("panels.notes"))
        st.html(f'<div class="vpclab"><details><summary>{title}</summary><ul>{items}</ul></details></div>')


def as_text(text: str) -> str:
    """A text in which Markdown sees nothing but text."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+-.!|<>~:$&" else letter for letter in text)


def _call(walked: CallWalk, walk: Walk, t: Words) -> str:
    """One call's decisions; of an operation the call that is told stands open, the others fold away."""
    numbers = {(step.kind, step.at): number for number, step in enumerate(walked.path, start=1)}
    caller = walked.path[0]
    items = "" if caller.kind is Kind.ONPREM_HOST else _item(1, _caller(caller.kind, caller.at, walked, t))
    for hop in walked.hops:
        number = numbers.get((hop.kind, hop.at)) if hop.leg is Leg.FORWARD else None
        items += _item(number, _hop(hop, t), stopped=not hop.passed)
    if not walk.request.is_operation:
        return f'<section class="vpclab"><ol>{items}</ol></section>'
    outcome = t(f"walk.verdict_short.{walked.verdict}")
    number = walk.calls.index(walked) + 1
    title = escape(t("panels.call", number=number, service=asked_words(walked, t), outcome=outcome))
    opened = " open" if walked is walk.told else ""
    return (
        f'<section class="vpclab"><details{opened}><summary class="kind">{title}</summary>'
        f"<ol>{items}</ol></details></section>"
    )


def _item(number: int | None, decision: str, *, stopped: bool = False) -> str:
    """One line of the list; a component that carried the packet has its number from the picture."""
    badge = "" if number is None else f"<b>{number}</b>"
    numbered = "" if number is None else " numbered"
    return (
        f'<li class="{"stopped" if stopped else "passed"}">'
        f'<span class="step{numbered}">{badge}</span><div class="decision">{decision}</div></li>'
    )


def _caller(kind: Kind, at: str, walked: CallWalk, t: Words) -> str:
    asks = t("panels.asks", at=at, service=asked_words(walked, t), action=walked.call.action)
    name = t(f"walk.kind.{kind}")
    return f'<span class="kind">{escape(name)}</span><span class="sentence">{escape(asks)}</span>'


def _hop(hop: Hop, t: Words) -> str:
    leg = f" · {t('walk.leg.return')}" if hop.leg is Leg.RETURN else ""
    summary = (
        f'<span class="kind">{escape(t(f"walk.kind.{hop.kind}") + leg)}</span> '
        f'<span class="outcome">{escape(t("panels.passed" if hop.passed else "panels.stopped"))}</span>'
        f'<span class="sentence">{escape(tell_hop(hop, t))}</span>'
    )
    candidates = "".join(
        f'<li class="{"won" if candidate.won else "lost"}">{escape(tell_candidate(candidate, t))}</li>'
        for candidate in hop.decision.candidates()
    )
    if not candidates:
        return summary
    opened = "" if hop.passed else " open"
    considered = escape(t("panels.considered"))
    inner = f"<p>{considered}</p><ul>{candidates}</ul>"
    return f"<details{opened}><summary>{summary}</summary>{inner}</details>"


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
