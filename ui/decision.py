"""One decision, opened: what it was about, everything that was weighed, and AWS's page with the rule."""

from collections.abc import Iterator, Sequence
from html import escape

from vpclab.hop_words import name_candidate, tell_hop, tell_traffic
from vpclab.network import Candidate, Hop, Kind, Leg
from vpclab.rules import rule_of
from vpclab.words import Words

FACTS = (
    "host",
    "server",
    "answer",
    "hosted_zone",
    "forwarded_to",
    "groups",
    "acl",
    "traffic",
    "peer",
    "rule",
    "address",
    "destination",
    "prefix_list_name",
    "target",
    "answered_from",
    "source",
    "private_ip",
    "public_ip",
    "block_mode",
    "service_name",
    "zone",
    "caller_zone",
    "cidr",
    "attachment",
    "state",
    "type",
    "acl_action",
    "action",
    "resource",
    "document",
    "effect",
    "statement",
)
"""Facts worth a line, in the order in which they are told. Others are in the sentence or the heading."""

Row = tuple[Sequence[str], str, bool]


def name_of(hop: Hop, t: Words) -> str:
    """What decided, as the heading of a decision; on the way back it says so."""
    name = t(f"walk.kind.{hop.kind}")
    return f"{name} · {t('walk.leg.return')}" if hop.leg is Leg.RETURN else name


def decision_html(hop: Hop, number: int, count: int, t: Words) -> str:
    """The decision of one hop as a panel: its place in the walk, the sentence, and the details."""
    outcome = escape(t("panels.passed" if hop.passed else "panels.stopped"))
    place = escape(t("panels.decision_of", number=number, count=count))
    heading = f'{escape(name_of(hop, t))} <span class="outcome">{outcome}</span>'
    state = "passed" if hop.passed else "stopped"
    return (
        f'<section class="vpclab panel {state}" aria-label="{place}"><p class="place">{place}</p>'
        f'<h2>{heading}</h2><p class="sentence">{escape(tell_hop(hop, t))}</p>'
        f"{details_html(hop, t)}</section>"
    )


def details_html(hop: Hop, t: Words) -> str:
    """What a hop's sentence does not say: its facts, everything that was weighed, AWS's page."""
    return facts_html(hop, t) + candidates_html(hop, t) + rule_html(hop, t)


def facts_html(hop: Hop, t: Words) -> str:
    """The facts of a decision, each with its name; nothing where there are none."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in _facts(hop, t))
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def _facts(hop: Hop, t: Words) -> Iterator[tuple[str, str]]:
    facts = dict(hop.decision.facts)
    if hop.kind is Kind.DNS_RESOLVER:
        facts["hosted_zone"] = facts.pop("zone", None)
        facts["answered_from"] = facts.pop("source", None)
    elif hop.kind is Kind.ONPREM_HOST:
        facts.pop("host", None)  # it is the heading
    elif "acl" in facts:
        facts["acl_action"] = facts.pop("action", None)
    if "protocol" in facts:
        port = facts.get("port")
        ports = facts.get("ports", None if port is None else [port, port])
        facts["traffic"] = tell_traffic(facts["protocol"], ports, t)
    if hop.kind is Kind.SERVICE:
        facts.pop("source", None)
    for name in FACTS:
        value = facts.get(name)
        if value is None or value == [] or isinstance(value, bool):
            continue
        text = t("walk.phrase.between_items").join(value) if isinstance(value, list) else str(value)
        coded = f"panels.value.{name}.{text}"
        yield t(f"panels.fact.{name}"), t(coded) if t.has(coded) else text


def candidates_html(hop: Hop, t: Words) -> str:
    """Everything that was weighed, as a table; the one that decided is marked by word and weight."""
    candidates = hop.decision.candidates()
    if not candidates:
        return ""
    heads, rows = _table(candidates, t)
    titles = (*heads, t("panels.column.result"))
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    body = "".join(_row(cells, result, won) for cells, result, won in rows)
    caption = escape(t("panels.considered"))
    table = f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    # It scrolls by itself on a phone, which needs the keyboard's focus.
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{caption}"><table>{table}</table></div>'
    )


def _row(cells: Sequence[str], result: str, won: bool) -> str:
    first, *rest = (escape(cell) for cell in cells)
    data = "".join(f"<td>{cell}</td>" for cell in (*rest, escape(result)))
    return f'<tr class="{"won" if won else "lost"}"><th scope="row">{first}</th>{data}</tr>'


def _table(candidates: Sequence[Candidate], t: Words) -> tuple[tuple[str, ...], list[Row]]:
    """The headings and rows that fit what was weighed: routes, rules, statements or answers."""
    facts = candidates[0].facts
    if "target" in facts:
        names: tuple[str, ...] = ("destination", "target", "state")
    elif "peer" in facts:
        names = ("rule", "action", "traffic", "peer") if "action" in facts else ("rule", "traffic", "peer")
    elif "effect" in facts:
        names = ("statement", "effect")
    else:
        names = ("source", "answer")
    heads = tuple(t(f"panels.column.{name}") for name in names)
    return heads, [
        (tuple(_cell(name, one, t) for name in names), _result(one, t), one.won) for one in candidates
    ]


def _cell(name: str, one: Candidate, t: Words) -> str:
    facts = one.facts
    if name in ("destination", "rule", "statement"):
        return one.label
    if name == "traffic":
        return tell_traffic(facts["protocol"], facts["ports"], t)
    if name == "source":
        return name_candidate(one, t)
    text = str(facts.get(name) or t("panels.nothing"))
    return t(f"panels.value.{name}.{text}") if t.has(f"panels.value.{name}.{text}") else text


def _result(one: Candidate, t: Words) -> str:
    return t("panels.decides") if one.lost_because is None else t(f"walk.loss.{one.lost_because}")


def rule_html(hop: Hop, t: Words) -> str:
    """A link to AWS's page with the rule, and when it was read."""
    rule = rule_of(hop)
    text = escape(t("panels.rule", title=t(f"rules.{rule.id}"), date=rule.checked_on.isoformat()))
    address = escape(rule.address(t.language), quote=True)
    return f'<p class="rule"><a href="{address}" target="_blank" rel="noopener noreferrer">{text}</a></p>'
