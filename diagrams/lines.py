"""Lines of the picture: connections, and the walk's stretches with their arrows."""

from itertools import pairwise
from xml.sax.saxutils import escape

from diagrams import theme
from diagrams.journey import Step
from diagrams.labels import clean, fit
from diagrams.links import Link
from diagrams.render import Point, Way
from vpclab.network.vocabulary import Leg

_CORNER, _ARROW = 8.0, 11.0
_ROOM_BESIDE = 90.0  # for a text at the right of an upright line
_L = theme.LIGHT


def unused(number: int, link: Link, way: Way) -> str:
    """A connection that the walk does not take: thin and grey, dashed for a ghost."""
    classes = f"{theme.EDGE} {theme.GHOST if link.ghost else theme.UNUSED}"
    look = f'stroke="{_L["ghost"]}" stroke-dasharray="3 5"' if link.ghost else f'stroke="{_L["line"]}"'
    return (
        f'<g id="link-{number}" class="{classes}">'
        f'<path class="{theme.LINE}" d="{_path(way)}" fill="none" stroke-width="1.2" {look}/></g>'
    )


def walked(step: Step, way: Way, leg: Leg) -> str:
    """A stretch of the walk: thick, in walking direction; dashed where the packet did not arrive."""
    back = leg is Leg.RETURN
    classes = [theme.EDGE, theme.WALK] + [theme.STOPPED] * step.stopped + [theme.BACK] * back
    colour = _L["stop" if step.stopped else "back" if back else "walk"]
    dash = ' stroke-dasharray="7 6"' if step.stopped else ""
    return (
        f'<g id="edge-{step.number}" class="{" ".join(classes)}" data-step="{step.number}">'
        f'<path class="{theme.LINE}" d="{_path(_shortened(way))}" fill="none" '
        f'stroke="{colour}" stroke-width="3.5"{dash}/>'
        f'<path class="{theme.ARROW}" d="{_arrow(way)}" fill="{colour}"/></g>'
    )


def route_on(way: Way, destination: str) -> str:
    """The destination of the route that a stretch follows, beside its first part; nothing without room."""
    if len(way) < 2:
        return ""
    (x, y), end = way[0], way[1]
    level = abs(end[0] - x) > abs(end[1] - y)
    room = abs(end[0] - x) if level else _ROOM_BESIDE
    text = fit(destination, theme.FACT_SIZE, room)
    if text != clean(destination):
        return ""
    x, y = ((x + end[0]) / 2, y - 8) if level else (x + 9, (y + end[1]) / 2 + 4)
    return (
        f'<text class="{theme.ROUTE}" x="{x:.1f}" y="{y:.1f}" text-anchor="{"middle" if level else "start"}" '
        f'font-size="{theme.FACT_SIZE:g}" font-weight="600" fill="{_L["walk"]}" paint-order="stroke" '
        f'stroke="{_L["vpc-fill"]}" stroke-width="5">{escape(text)}</text>'
    )


def towards(start: Point, end: Point, length: float) -> Point:
    """The point that lies `length` from `start` on the straight way to `end`."""
    whole = _distance(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * length / whole, start[1] + (end[1] - start[1]) * length / whole


def _distance(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _path(way: Way) -> str:
    """The way as path data with its corners rounded."""
    if len(way) < 2:
        return "M0 0"
    drawn = [f"M{way[0][0]:.1f} {way[0][1]:.1f}"]
    for (before, corner), (_, after) in pairwise(pairwise(way)):
        into = towards(corner, before, min(_CORNER, _distance(corner, before) / 2))
        out = towards(corner, after, min(_CORNER, _distance(corner, after) / 2))
        drawn.append(
            f"L{into[0]:.1f} {into[1]:.1f}Q{corner[0]:.1f} {corner[1]:.1f} {out[0]:.1f} {out[1]:.1f}"
        )
    drawn.append(f"L{way[-1][0]:.1f} {way[-1][1]:.1f}")
    return "".join(drawn)


def _shortened(way: Way) -> Way:
    """The way without the length of its arrow."""
    if len(way) < 2:
        return way
    return (*way[:-1], towards(way[-1], way[-2], min(_ARROW - 2, _distance(way[-1], way[-2]))))


def _arrow(way: Way) -> str:
    if len(way) < 2:
        return "M0 0"
    tip, foot = way[-1], towards(way[-1], way[-2], _ARROW)
    across, along = (tip[1] - foot[1]) * 0.55, (tip[0] - foot[0]) * 0.55
    return (
        f"M{tip[0]:.1f} {tip[1]:.1f}L{foot[0] - across:.1f} {foot[1] + along:.1f}"
        f"L{foot[0] + across:.1f} {foot[1] - along:.1f}Z"
    )
