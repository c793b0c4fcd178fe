"""Cards of the picture, and the marks on them: numbers of the walk, the cross and its reason."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from diagrams import theme
from diagrams.captions import Caption
from diagrams.icons import FAMILIES, PATHS, TILES
from diagrams.journey import Cross, Journey, Side
from diagrams.labels import clean, fit, width, wrap
from diagrams.lines import towards
from diagrams.places import CARD_HEIGHT, CARD_WIDTH, GAP_X, Spot, Stage
from diagrams.render import Point, Way
from vpclab.network.vocabulary import Leg

TILE_SIZE = 26
INSET = 8
HEAD_ROOM = CARD_WIDTH - TILE_SIZE - 2 * INSET - 5
LINE_ROOM = CARD_WIDTH - 2 * INSET
REASON_PAD = 7
# A reason may reach over both gaps beside its card, so that it touches no other card.
REASON_ROOM = CARD_WIDTH + 2 * (GAP_X - 3) - 2 * REASON_PAD
_LEADING, _KIND_LEADING = 14, 13
_CROSS = 11  # its radius
_L = theme.LIGHT


def card(spot: Spot, caption: Caption, journey: Journey, hops: tuple[int, ...]) -> str:
    """A card: tile with glyph, what it is, its name, one line of fact. With hops it can be selected."""
    family = FAMILIES[caption.glyph]
    blocked = journey.cross is not None and journey.cross.node == spot.id
    visited = spot.id in journey.visited
    classes = [theme.NODE, str(spot.role), f"family-{family}"]
    classes += [theme.GHOST] * spot.ghost + [theme.WALK] * visited + [theme.BLOCKED] * blocked
    border = "stop" if blocked else "walk" if visited else "ghost" if spot.ghost else "border"
    reach = f' tabindex="0" data-hop="{" ".join(map(str, hops))}"' if hops else ""
    words = " ".join(filter(None, (caption.kind.replace("|", ""), caption.name, caption.fact)))
    left, top = spot.x - CARD_WIDTH / 2, spot.y - CARD_HEIGHT / 2
    return (
        f'<g id="{spot.id}" class="{" ".join(classes)}"{reach}><title>{escape(clean(words))}</title>'
        f'<rect class="{theme.CARD}" x="{left:g}" y="{top:g}" width="{CARD_WIDTH}" height="{CARD_HEIGHT}" '
        f'rx="9" fill="{_L["card"]}" stroke="{_L[border]}"'
        + (' fill-opacity=".7" stroke-dasharray="4 4"/>' if spot.ghost else "/>")
        + f"{_tile(spot, caption)}{_words(spot, caption)}</g>"
    )


def _tile(spot: Spot, caption: Caption) -> str:
    family = FAMILIES[caption.glyph]
    x, y = spot.x - CARD_WIDTH / 2 + INSET, _tile_top(spot, caption)
    opacity = ' opacity=".3"' if spot.ghost else ""
    return (
        f'<g transform="translate({x:g} {y:g}) scale({TILE_SIZE / 28:.3f})">'
        f'<path class="{theme.TILE}" d="{TILES[family]}" fill="{theme.HUES[family]}"{opacity}/>'
        f'<path class="{theme.GLYPH}" d="{PATHS[caption.glyph]}" transform="translate(3.4 3.4) scale(.885)" '
        f'fill="none" stroke="#fff" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/></g>'
    )


def _tile_top(spot: Spot, caption: Caption) -> float:
    """Where the tile begins, so that tile and lines together stand in the middle of the card."""
    below = bool(caption.name) + bool(caption.fact)
    return spot.y - (TILE_SIZE + below * _LEADING + (3 if below else 0)) / 2


def _words(spot: Spot, caption: Caption) -> str:
    left, top = spot.x - CARD_WIDTH / 2, _tile_top(spot, caption)
    ink = _L["soft" if spot.ghost else "ink"]
    kind = wrap(caption.kind, theme.KIND_SIZE, HEAD_ROOM)
    x, y = left + INSET + TILE_SIZE + 6, top + TILE_SIZE / 2 + 4 - (len(kind) - 1) * _KIND_LEADING / 2
    texts = [
        f'<text class="{theme.KIND}" x="{x:g}" y="{y + n * _KIND_LEADING:g}" font-weight="600" fill="{ink}">'
        f"{escape(line)}</text>"
        for n, line in enumerate(kind)
    ]
    x, y = left + INSET, top + TILE_SIZE
    if caption.name:
        y += _LEADING
        name, size = fit(caption.name, theme.NAME_SIZE, LINE_ROOM), theme.NAME_SIZE
        texts.append(
            f'<text class="{theme.NAME}" x="{x:g}" y="{y:g}" font-size="{size:g}" font-weight="600" '
        )
        texts.append(f'fill="{ink}">{escape(name)}</text>')
    if caption.fact:
        y += _LEADING
        fact, size = fit(caption.fact, theme.FACT_SIZE, LINE_ROOM), theme.FACT_SIZE
        texts.append(
            f'<text class="{theme.FACT}" x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{_L["soft"]}">'
        )
        texts.append(f"{escape(fact)}</text>")
    return "".join(texts)


def marks(stage: Stage, journey: Journey, reason: str, arrivals: Mapping[str, Way]) -> list[str]:
    """Numbers on the cards that the leg reached; the cross with its reason where it stopped.

    `arrivals` tell on which way the walk comes to each card.
    """
    places = {spot.id: spot for spot in stage.spots}
    back = journey.leg is Leg.RETURN
    drawn = [_badge(places[node], number, back=back) for number, node in enumerate(journey.numbered, start=1)]
    if journey.cross is not None and journey.cross.node in places:
        spot = places[journey.cross.node]
        arrival = arrivals.get(spot.id, ())
        drawn += [_reason(spot, journey.cross, reason, arrival, stage), _cross(spot, journey.cross, arrival)]
    return drawn


def _badge(spot: Spot, number: int, *, back: bool) -> str:
    x, y = spot.x - CARD_WIDTH / 2 + 2, spot.y - CARD_HEIGHT / 2 + 2
    classes = f"{theme.BADGE} {theme.BACK}" if back else theme.BADGE
    return (
        f'<g class="{classes}" data-node="{spot.id}">'
        f'<circle cx="{x:g}" cy="{y:g}" r="9" fill="{_L["back" if back else "walk"]}" '
        f'stroke="{_L["ground"]}" stroke-width="1.5"/>'
        f'<text x="{x:g}" y="{y + 4:g}" fill="#fff" font-size="11" font-weight="700" text-anchor="middle">'
        f"{number}</text></g>"
    )


def _reason(spot: Spot, cross: Cross, reason: str, arrival: Way, stage: Stage) -> str:
    text = fit(reason, theme.REASON_SIZE, REASON_ROOM)
    wide = width(text, theme.REASON_SIZE) + 2 * REASON_PAD
    x, top = _beside(spot, door(spot, cross.side, arrival), wide, stage)
    x = min(max(x, wide / 2 + 1), stage.width - wide / 2 - 1)
    return (
        f'<g class="{theme.REASON}" data-node="{spot.id}">'
        f'<rect x="{x - wide / 2:.1f}" y="{top:g}" width="{wide:.1f}" height="18" rx="9" '
        f'fill="{_L["stop"]}"/>'
        f'<text x="{x:g}" y="{top + 13:g}" fill="#fff" font-weight="600" text-anchor="middle">'
        f"{escape(text)}</text></g>"
    )


def _beside(spot: Spot, door: Point, wide: float, stage: Stage) -> Point:
    """Upper middle of a reason: below its card, clear of the walk and of titles."""
    half = CARD_HEIGHT / 2
    if door[1] > spot.y + half:  # the walk comes in from below
        return door[0] + _CROSS + 3 + wide / 2, door[1] - 9
    home = stage.frame_around(spot)
    if any(frame.foot and frame.id == home for frame in stage.frames):
        return spot.x, spot.y - half - 27
    return spot.x, spot.y + half - 6


def _cross(spot: Spot, cross: Cross, arrival: Way) -> str:
    x, y = door(spot, cross.side, arrival)
    return (
        f'<g class="{theme.CROSS}" data-node="{spot.id}">'
        f'<circle cx="{x:g}" cy="{y:g}" r="{_CROSS}" fill="{_L["stop"]}" '
        f'stroke="{_L["ground"]}" stroke-width="2"/>'
        f'<path d="M{x - 4:g} {y - 4:g}l8 8m0-8l-8 8" fill="none" stroke="#fff" stroke-width="2.6" '
        f'stroke-linecap="round"/></g>'
    )


def door(spot: Spot, side: Side, arrival: Way) -> Point:
    """At the door of the card that the decision guards, or on the corner of the card that decided itself."""
    half = CARD_WIDTH / 2
    if side is Side.ON:
        return spot.x + half - 4, spot.y - CARD_HEIGHT / 2 + 4
    if side is Side.OUT:
        return spot.x + half + 3, spot.y
    if len(arrival) > 1:
        return towards(arrival[-1], arrival[-2], 6)
    return spot.x - half - 3, spot.y
