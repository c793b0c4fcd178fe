"""A walk as Markdown: the answer, every decision with AWS's page, and what was assumed."""

from collections.abc import Iterator

from vpclab.hop_words import tell_candidate, tell_hop
from vpclab.markdown import as_text
from vpclab.narrate import asked_words, deciding_hop, explain, tell_code, unwanted
from vpclab.network import CallWalk, Design, Hop, Leg, Walk
from vpclab.rules import rule_of
from vpclab.words import Words


def to_markdown(walk: Walk, t: Words, design: Design, *, link: str | None = None) -> str:
    """The walk as a document; `link` leads back to it. Whatever ids hold, they stay text."""
    told = explain(walk, t)
    lines = [f"# {as_text(told.headline)}", ""]
    facts = [("symptom", told.symptom), ("cause", told.cause), ("repair", told.repair)]
    remarks = [*told.remarks, *(tell_code("unwanted", code, t) for code in unwanted(design, walk))]
    facts += [("remark", text) for text in remarks]
    lines += [f"- {_line(t(f'panels.{name}'), text, t)}" for name, text in facts if text]
    for walked in walk.calls:
        lines += ["", f"## {as_text(_title(walked, walk, t))}", "", *_hops(walked, t)]
    lines += ["", f"## {as_text(t('panels.notes'))}", "", *(f"- {as_text(note)}" for note in told.notes)]
    if link is not None:
        lines += ["", f"<{link}>"]
    return "\n".join(lines) + "\n"


def _title(walked: CallWalk, walk: Walk, t: Words) -> str:
    if not walk.request.is_operation:
        return t("panels.hops")
    outcome = t(f"walk.verdict_short.{walked.verdict}")
    number = walk.calls.index(walked) + 1
    return t("panels.call", number=number, service=asked_words(walked, t), outcome=outcome)


def _hops(walked: CallWalk, t: Words) -> Iterator[str]:
    """Every decision, numbered; the deciding one with what else was considered."""
    asks = t("panels.asks", at=walked.path[0].at, service=asked_words(walked, t), action=walked.call.action)
    yield as_text(asks)
    yield ""
    deciding = deciding_hop(walked)
    for number, hop in enumerate(walked.hops, start=1):
        yield f"{number}. {_hop(hop, t)}"
        if hop is deciding:
            yield from (f"    - {as_text(tell_candidate(one, t))}" for one in hop.decision.candidates())


def _hop(hop: Hop, t: Words) -> str:
    rule = rule_of(hop)
    name = t(f"walk.kind.{hop.kind}") + (f" · {t('walk.leg.return')}" if hop.leg is Leg.RETURN else "")
    outcome = t("panels.passed" if hop.passed else "panels.stopped")
    page = t("panels.rule", title=t(f"rules.{rule.id}"), date=rule.checked_on.isoformat())
    told = _line(name, tell_hop(hop, t), t, outcome)
    return f"{told} [{as_text(page)}]({rule.address(t.language)})"


def _line(name: str, text: str, t: Words, outcome: str = "") -> str:
    """A name in bold with its text, joined as the language joins them."""
    bold = f"**{as_text(name)}**" + (f" ({as_text(outcome)})" if outcome else "")
    return t("panels.line", name=bold, text=as_text(text))
