"""A composed picture: all that is shown, where and in which words, before any file format.

`compose` makes it once from a Design and a Walk; SVG, DOT, Mermaid and draw.io are written from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from diagrams.captions import Caption, Captions, Words
from diagrams.cast import cast
from diagrams.compact import shorten
from diagrams.dot import anchor, skeleton
from diagrams.journey import Cross, Journey, Step, journey
from diagrams.links import Link, links
from diagrams.places import Stage
from diagrams.render import Way, ways
from diagrams.stage import stage
from vpclab.network.design import Design
from vpclab.network.hops import Walk
from vpclab.network.vocabulary import Leg
from vpclab.words import service_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Places, lines and words of one picture; `ways` are in DOT's coordinates, in which y grows upwards."""

    places: Stage
    links: tuple[Link, ...]
    ways: Mapping[tuple[str, str], Way]
    captions: Mapping[str, Caption]
    titles: Mapping[str, tuple[str, str, str]]
    journey: Journey
    language: str
    title: str
    description: str
    reason: str
    route: str = ""

    def step(self, link: Link) -> Step | None:
        """The stretch of the walk that goes along a link, in either direction."""
        ends = {link.tail, link.head}
        return next((step for step in self.journey.steps if {step.tail, step.head} == ends), None)

    def way(self, link: Link) -> Way:
        """The corners of a link from tail to head, with y growing downwards."""
        return tuple((x, self.places.height - y) for x, y in self.ways.get((link.tail, link.head), ()))


def compose(
    design: Design, walk: Walk | None, t: Words, *, leg: Leg = Leg.FORWARD, compact: bool = False
) -> Picture:
    """Compose the picture of the design and of one leg of the walk's told call."""
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
    title, description = _told(design, walk, way, captions, t)
    return Picture(
        places=places,
        links=joined,
        ways=ways(skeleton(places, joined), anchor(places)),
        captions=captions,
        titles={frame.id: words.title(frame) for frame in places.frames},
        journey=way,
        language=t.language,
        title=title,
        description=description,
        reason=_reason(way.cross, t),
        route=route,
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
