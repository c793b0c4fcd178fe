"""Pictures of Designs and Walks: `draw(design, walk, t)` gives an SVG with its ids, and the DOT it came from.

Design and Walk -> Cast (who appears) -> Stage (where) -> Links, Journey (what is joined, what is walked)
-> Captions (words) -> DOT -> ways (Graphviz) -> SVG. Each arrow is one module of this package.
A compact picture goes from Stage and Journey by `compact` to a smaller Stage, and on from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from diagrams import theme
from diagrams.captions import Caption, Captions, Words
from diagrams.cast import cast
from diagrams.compact import shorten
from diagrams.dot import anchor, skeleton, to_dot
from diagrams.journey import Cross, Journey, journey
from diagrams.links import Link, links
from diagrams.render import ways
from diagrams.stage import stage
from diagrams.svg import to_svg
from vpclab.hop_words import tell_hop
from vpclab.network.design import Design
from vpclab.network.hops import Hop, Walk
from vpclab.network.vocabulary import Leg
from vpclab.words import service_words

__all__ = ["Drawing", "Words", "draw", "standalone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture and how to find things in it.

    `hop_ids[i]` are the SVG ids of the walk's i-th hop, `path_ids[i]` those of the i-th path step: its card,
    then the stretch that leads to it. Either is empty where the picture shows nothing. `hop_numbers[i]`
    is the number that the i-th hop's card wears, None for a card off the path; `hop_labels[i]` says in one
    sentence what the hop decided.
    """

    svg: str
    dot: str
    title: str
    description: str
    language: str
    width: float
    height: float
    hop_ids: tuple[tuple[str, ...], ...] = ()
    path_ids: tuple[tuple[str, ...], ...] = ()
    hop_numbers: tuple[int | None, ...] = ()
    hop_labels: tuple[str, ...] = ()
    blocked_id: str | None = None


def draw(
    design: Design, walk: Walk | None, t: Words, *, leg: Leg = Leg.FORWARD, compact: bool = False
) -> Drawing:
    """Draw the design, and the walk's told call on it: the way out, or with `leg` the way back.

    A `compact` picture shows only what the walk passes, small enough for two side by side.
    """
    players = cast(design, walk)
    places = stage(players)
    way = journey(design, walk, places, leg)
    route = ""
    if compact and walk is not None:
        places = shorten(places, way)
        way = journey(design, walk, places, leg)
        joined = _with_steps((), way)
        route = _route(walk, leg)
    else:
        joined = _with_steps(links(players, places), way)
    words = Captions(walk, t)
    captions = {spot.id: words.of(spot) for spot in places.spots}
    titles = {frame.id: words.title(frame) for frame in places.frames}
    title, description = _told(design, walk, way, captions, t)
    svg = to_svg(
        places,
        joined,
        ways(skeleton(places, joined), anchor(places)),
        captions,
        titles,
        way,
        language=t.language,
        title=title,
        description=description,
        reason=_reason(way.cross, t),
        route=route,
    )
    numbers = {node: number for number, node in enumerate(way.numbered, start=1)}
    return Drawing(
        svg=svg,
        dot=to_dot(places, joined, captions, titles, way),
        title=title,
        description=description,
        language=t.language,
        width=places.width,
        height=places.height,
        hop_ids=tuple((node,) if node else () for node in way.hops),
        path_ids=tuple(_path_ids(node, way) for node in way.path),
        hop_numbers=tuple(numbers.get(node or "") for node in way.hops),
        hop_labels=tuple(_label(hop, t) for hop in walk.told.hops) if walk is not None else (),
        blocked_id=way.cross.node if way.cross else None,
    )


def standalone(drawing: Drawing, look: Literal["light", "dark"] = "light") -> str:
    """The SVG with its stylesheet inside and a ground behind: for files, slides and the README."""
    ground = (theme.LIGHT if look == "light" else theme.DARK)["ground"]
    head, end, body = drawing.svg.partition("</desc>")
    size = f'width="{drawing.width:g}" height="{drawing.height:g}" '
    head = head.replace("viewBox=", f"{size}viewBox=", 1)
    return (
        f'{head}{end}<style>{theme.css(look)}</style><rect width="100%" height="100%" fill="{ground}"/>{body}'
    )


def _with_steps(known: tuple[Link, ...], way: Journey) -> tuple[Link, ...]:
    """The links, and a line for each stretch of the walk that is none of them."""
    pairs = {(link.tail, link.head) for link in known}
    new = [
        Link(tail=s.tail, head=s.head) if way.leg is Leg.FORWARD else Link(tail=s.head, head=s.tail)
        for s in way.steps
        if {(s.tail, s.head), (s.head, s.tail)}.isdisjoint(pairs)
    ]
    return (*known, *new)


def _path_ids(node: str | None, way: Journey) -> tuple[str, ...]:
    if node is None:
        return ()
    return (node, *(f"edge-{step.number}" for step in way.steps if step.head == node))


def _label(hop: Hop, t: Words) -> str:
    outcome = "passed" if hop.passed else "stopped"
    return t(f"player.hop.{outcome}", kind=t(f"walk.kind.{hop.kind}"), sentence=tell_hop(hop, t))


def _reason(cross: Cross | None, t: Words) -> str:
    if cross is None or cross.reason is None:
        return ""
    text = t(f"diagram.reason.{cross.reason}")
    return t("diagram.on_the_way_back", reason=text) if cross.leg is Leg.RETURN else text


def _route(walk: Walk, leg: Leg) -> str:
    """The destination of the route that the caller's table chose, for the way out."""
    chosen = walk.told.route_chosen
    return chosen.destination if chosen is not None and leg is Leg.FORWARD else ""


def _told(
    design: Design, walk: Walk | None, way: Journey, captions: Mapping[str, Caption], t: Words
) -> tuple[str, str]:
    """Title and description, for those who hear the picture."""
    if walk is None:
        return t("diagram.title_without_walk", region=design.region), t("diagram.description_without_walk")
    title = t("diagram.title", source=walk.request.source, service=service_words(walk.told.call.service, t))
    cards = [captions[node] for node in way.visited]
    path = " → ".join(" ".join(filter(None, (card.kind.replace("|", ""), card.name))) for card in cards)
    verdict = t(f"diagram.verdict.{walk.told.verdict}")
    return title, t("diagram.description", path=path, verdict=verdict, reason=_reason(way.cross, t)).strip()
