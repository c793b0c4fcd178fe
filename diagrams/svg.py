"""The picture as SVG: frames, lines, titles, cards and marks, from back to front.

Last step of `draw`. Presentation attributes make it readable without CSS; classes let a stylesheet and the
player take over. No scripts, no links, no style attributes: what the page's component strips was never there.
"""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from diagrams import theme
from diagrams.captions import Caption
from diagrams.cards import card, marks
from diagrams.journey import Journey
from diagrams.labels import clean, fit, width
from diagrams.lines import route_on, unused, walked
from diagrams.links import Link
from diagrams.places import Frame, FrameKind, Stage
from diagrams.render import Way

_L = theme.LIGHT
_LOOKS = {
    FrameKind.REGION: (_L["region-fill"], _L["region"]),
    FrameKind.OTHER_REGION: (_L["region-fill"], _L["region"]),
    FrameKind.VPC: (_L["vpc-fill"], _L["vpc"]),
    FrameKind.ZONE: ("none", _L["zone"]),
    FrameKind.PUBLIC_SUBNET: (_L["public-fill"], _L["public"]),
    FrameKind.PRIVATE_SUBNET: (_L["private-fill"], _L["private"]),
    FrameKind.ON_PREMISES: (_L["outside-fill"], _L["outside"]),
    FrameKind.AWS_NETWORK: (_L["outside-fill"], _L["outside"]),
}


def to_svg(
    stage: Stage,
    links: Sequence[Link],
    ways: Mapping[tuple[str, str], Way],
    captions: Mapping[str, Caption],
    titles: Mapping[str, tuple[str, str, str]],
    journey: Journey,
    *,
    language: str,
    title: str,
    description: str,
    reason: str,
    route: str = "",
) -> str:
    """Put the picture together; `route` is written on the stretch that leaves the caller."""
    thin, thick, arrivals = _lines(stage, links, ways, journey)
    first = next((arrivals[step.head] for step in journey.steps if step.number == 1), ())
    hops = _hop_indexes(journey)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{theme.PICTURE}" role="img" '
        f'lang={quoteattr(language)} viewBox="0 0 {stage.width:g} {stage.height:g}" '
        f'aria-labelledby="picture-title picture-description" '
        f'font-family={quoteattr(theme.FONTS)} font-size="{theme.KIND_SIZE:g}">'
    )
    parts = [
        head,
        f'<title id="picture-title">{escape(clean(title))}</title>',
        f'<desc id="picture-description">{escape(clean(description))}</desc>',
        *map(_frame, stage.frames),
        *thin,
        *thick,
        *(_title(frame, titles[frame.id]) for frame in stage.frames),
        *([route_on(first, route)] if route else []),
        *(card(spot, captions[spot.id], journey, hops.get(spot.id, ())) for spot in stage.spots),
        *marks(stage, journey, reason, arrivals),
        "</svg>",
    ]
    return "\n".join(parts)


def _lines(
    stage: Stage, links: Sequence[Link], ways: Mapping[tuple[str, str], Way], journey: Journey
) -> tuple[list[str], list[str], dict[str, Way]]:
    """Thin lines, thick lines in walking order, and the way on which the walk comes to each card."""
    steps = {(step.tail, step.head): step for step in journey.steps}
    thin: list[str] = []
    thick: dict[int, str] = {}
    arrivals: dict[str, Way] = {}
    for number, link in enumerate(links, start=1):
        step = steps.get((link.tail, link.head)) or steps.get((link.head, link.tail))
        way = tuple((x, stage.height - y) for x, y in ways.get((link.tail, link.head), ()))
        if step is None:
            thin.append(unused(number, link, way))
        else:
            way = way if step.tail == link.tail else tuple(reversed(way))
            arrivals[step.head] = way
            thick[step.number] = walked(step, way, journey.leg)
    return thin, [thick[number] for number in sorted(thick)], arrivals


def _hop_indexes(journey: Journey) -> dict[str, tuple[int, ...]]:
    """The indexes of the hops that are decided at each card."""
    found: dict[str, tuple[int, ...]] = {}
    for index, node in enumerate(journey.hops):
        if node is not None:
            found[node] = (*found.get(node, ()), index)
    return found


def _frame(frame: Frame) -> str:
    fill, stroke = _LOOKS[frame.kind]
    classes = f"{theme.FRAME} {frame.kind}" + (f" {theme.GHOST}" if frame.ghost else "")
    dashes = "3 4" if frame.ghost else "5 4" if frame.kind is FrameKind.ZONE else ""
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<g id="{frame.id}" class="{classes}">'
        f'<rect x="{frame.x:g}" y="{frame.y:g}" width="{frame.width:g}" height="{frame.height:g}" rx="9" '
        f'fill="{fill}" stroke="{stroke}"{dash}/></g>'
    )


def _title(frame: Frame, title: tuple[str, str, str]) -> str:
    """The frame's title: above the lines, with a halo that parts a line passing behind it."""
    kind, name, fact = _fitted(frame.width - 20, title)
    fill = _LOOKS[frame.kind][0]
    halo = f'paint-order="stroke" stroke="{_L["vpc-fill"] if fill == "none" else fill}" stroke-width="5"'
    y, soft = frame.y + (frame.height - 7 if frame.foot else 16), _L["soft"]
    texts = [f'<text x="{frame.x + 10:g}" y="{y:g}" {halo}>']
    texts.append(f'<tspan class="{theme.KIND}" font-weight="600">{escape(kind)}</tspan>')
    if name:
        texts.append(f'<tspan class="{theme.NAME}" dx="7" fill="{soft}">{escape(name)}</tspan>')
    texts.append("</text>")
    if fact:
        x = frame.x + frame.width - 10
        texts.append(
            f'<text class="{theme.FACT}" x="{x:g}" y="{y:g}" text-anchor="end" fill="{soft}" {halo}>'
        )
        texts.append(f"{escape(fact)}</text>")
    classes = f"{theme.TITLE} {frame.kind}" + (f" {theme.GHOST}" if frame.ghost else "")
    return f'<g id="{frame.id}-title" class="{classes}">{"".join(texts)}</g>'


def _fitted(room: float, title: tuple[str, str, str]) -> tuple[str, str, str]:
    """What a frame is, its name and its range, cut so that they fit beside each other."""
    size = theme.TITLE_SIZE
    kind = fit(title[0], size, room)
    room -= width(kind, size) + 8
    fact = title[2] if width(title[2], size) < room / 2 else ""
    room -= width(fact, size) + 8
    name = fit(title[1], size, room) if room > 30 else ""
    # Less than half of a name tells nothing.
    return kind, name if 2 * len(name) > len(clean(title[1])) else "", fact
