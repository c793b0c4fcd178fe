"""The walk as a list in words: who asks, every stretch and every decision, in order."""

from collections.abc import Iterator
from html import escape

from ui.decision import details_html, name_of
from vpclab.hop_words import tell_hop
from vpclab.narrate import asked_words
from vpclab.network import CallWalk, Hop, Kind, Leg, Walk
from vpclab.network.hops import PathStep
from vpclab.words import Words

# A route table decides upon a packet, which does not pass through it.
ROUTE_TABLES = (Kind.SUBNET_ROUTE_TABLE, Kind.NAT_SUBNET_ROUTE_TABLE)


def hop_list_html(walk: Walk, t: Words, *, selected: int = -1) -> str:
    """Every call of the walk; the told call's hop number `selected` (-1: none) is open and marked."""
    return "".join(_call(walked, walk, t, selected if walked is walk.told else -1) for walked in walk.calls)


def _call(walked: CallWalk, walk: Walk, t: Words, selected: int) -> str:
    """One call's decisions; of an operation the call that is told stands open, the others fold away."""
    items = f"<ol>{''.join(_items(walked, t, selected))}</ol>"
    if not walk.request.is_operation:
        return f'<section class="vpclab hops">{items}</section>'
    outcome = t(f"walk.verdict_short.{walked.verdict}")
    number = walk.calls.index(walked) + 1
    title = escape(t("panels.call", number=number, service=asked_words(walked, t), outcome=outcome))
    opened = " open" if walked is walk.told else ""
    return (
        f'<section class="vpclab hops"><details{opened}><summary class="kind">{title}</summary>'
        f"{items}</details></section>"
    )


def _items(walked: CallWalk, t: Words, selected: int) -> Iterator[str]:
    """The caller, then each decision; a component that carried the packet has its number from the picture."""
    numbers = {(step.kind, step.at): number for number, step in enumerate(walked.path, start=1)}
    caller = walked.path[0]
    if caller.kind is not Kind.ONPREM_HOST:  # that one decides itself, and is told with its decision
        yield _item(1, _caller(caller, walked, t))
    for index, hop in enumerate(walked.hops):
        number = numbers.get((hop.kind, hop.at)) if hop.leg is Leg.FORWARD else None
        stretch = "" if number is None or number < 2 else _stretch(walked, number, t)
        yield _item(
            number,
            stretch + _hop(hop, t, index == selected),
            stopped=not hop.passed,
            chosen=index == selected,
        )


def _item(number: int | None, decision: str, *, stopped: bool = False, chosen: bool = False) -> str:
    badge = "" if number is None else f"<b>{number}</b>"
    numbered = "" if number is None else " numbered"
    current = ' aria-current="step"' if chosen else ""
    return (
        f'<li class="{"stopped" if stopped else "passed"}{" chosen" if chosen else ""}"{current}>'
        f'<span class="step{numbered}">{badge}</span><div class="decision">{decision}</div></li>'
    )


def _caller(caller: PathStep, walked: CallWalk, t: Words) -> str:
    asks = t("panels.asks", at=caller.at, service=asked_words(walked, t), action=walked.call.action)
    name = t(f"walk.kind.{caller.kind}")
    return f'<span class="kind">{escape(name)}</span><span class="sentence">{escape(asks)}</span>'


def _stretch(walked: CallWalk, number: int, t: Words) -> str:
    """The line of the picture that leads to a component, in words: from the one before."""
    tail, head = walked.path[number - 2], walked.path[number - 1]
    text = t("panels.stretch", tail=_component(tail, walked, t), head=_component(head, walked, t))
    return f'<span class="stretch">{escape(text)}</span>'


def _component(step: PathStep, walked: CallWalk, t: Words) -> str:
    if step.kind is Kind.SERVICE:
        return asked_words(walked, t)
    return t(f"walk.place.{step.kind}", at=step.at)


def _hop(hop: Hop, t: Words, chosen: bool) -> str:
    """One decision with its details, which stand open where the packet stopped.

    A chosen one is told in full beside the picture already.
    """
    outcome = escape(t("panels.passed" if hop.passed else "panels.stopped"))
    summary = (
        f'<span class="kind">{escape(name_of(hop, t))}</span> <span class="outcome">{outcome}</span>'
        f'<span class="sentence">{escape(tell_hop(hop, t))}</span>'
    )
    opened = "" if chosen or hop.passed else " open"
    return f"<details{opened}><summary>{summary}</summary>{details_html(hop, t)}</details>"
