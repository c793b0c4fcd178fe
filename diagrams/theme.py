"""Looks of the picture: class names that the player animates, and colours for light, dark and the page.

Every element carries classes; `css` gives the rules for one theme. The hues have middle lightness, so they
keep 3:1 on a white and on a near-black ground, and are told apart without colour by tile shape, dashes, width
and the cross. Without any CSS the presentation attributes (`light` values) keep the picture readable.
"""

from functools import lru_cache
from typing import Literal

from diagrams.icons import Family

Theme = Literal["light", "dark", "component"]

# Classes that the player and its tests rely on.
PICTURE = "walk-picture"
NODE, EDGE, FRAME = "node", "edge", "frame"
GHOST = "ghost"  # a slot or connection that the design does not have
UNUSED = "unused"  # a connection that exists and is not on the walk
WALK = "walk"  # on the walk
STOPPED = "stopped"  # the last stretch, which did not arrive
BLOCKED = "blocked"  # the card at which the request stopped
BACK = "back"  # a stretch of the return leg
LINE, ARROW, BADGE, CROSS, REASON = "line", "arrow", "badge", "cross", "reason"
ROUTE = "route"  # the destination of the route that a stretch follows
CARD, TILE, GLYPH, TITLE = "card", "tile", "glyph", "title"
KIND, NAME, FACT = "kind", "name", "fact"  # lines of text on a card or in a title

FONTS = (
    '"Noto Sans CJK JP","Noto Sans JP","Hiragino Sans","Yu Gothic UI","Yu Gothic",Meiryo,system-ui,sans-serif'
)

KIND_SIZE, NAME_SIZE, FACT_SIZE, TITLE_SIZE, REASON_SIZE = 11.5, 12.0, 11.0, 11.5, 11.5

HUES = {
    Family.COMPUTE: "#c2570c",
    Family.NETWORK: "#7c5cd6",
    Family.ENDPOINT: "#0e8174",
    Family.STORAGE: "#4d7c0f",
    Family.DATABASE: "#c0388a",
    Family.MANAGEMENT: "#a16207",
    Family.IDENTITY: "#c0392b",
    Family.SERVICE: "#2f74c0",
    Family.OUTSIDE: "#64748b",
}
LIGHT = {
    "ground": "#ffffff",
    "ink": "#1f2937",
    "soft": "#566173",
    "card": "#ffffff",
    "border": "#c3cad5",
    "line": "#7b8593",
    "ghost": "#b9c1cc",
    "walk": "#3b5bdb",
    "back": "#0b7285",
    "stop": "#d6293a",
    "on": "#ffffff",
    "region": "#848e9c",
    "vpc": "#7c5cd6",
    "zone": "#a3acb9",
    "public": "#2f8f46",
    "private": "#2f74c0",
    "outside": "#848e9c",
    "region-fill": "#fbfcfd",
    "vpc-fill": "#ffffff",
    "public-fill": "#eaf6ec",
    "private-fill": "#e9f1fb",
    "outside-fill": "#f1f3f5",
}  # fmt: skip  (a palette reads better as a block)
DARK = {
    "ground": "#0e1117", "ink": "#e8ebf0", "soft": "#a9b3c1", "card": "#1a1f29", "border": "#4a5464",
    "line": "#7b8696", "ghost": "#4f5968", "walk": "#8da2fb", "back": "#3bc9db", "stop": "#ff6b78",
    "on": "#10131a", "region": "#7b8696", "vpc": "#a08bea", "zone": "#667182", "public": "#5bb974",
    "private": "#6ba6ea", "outside": "#7b8696", "region-fill": "#11151c", "vpc-fill": "#0e1117",
    "public-fill": "#13251a", "private-fill": "#13213a", "outside-fill": "#1a1e26",
}  # fmt: skip
_INK, _PAPER = "var(--ink)", "var(--ground)"


def _mix(colour: str, share: int, ground: str = _PAPER) -> str:
    return f"color-mix(in srgb,{colour} {share}%,{ground})"


# The page's own colours: all is mixed from its text and ground, so a switch of theme needs no redraw.
COMPONENT = {
    "ground": "var(--st-background-color,#fff)", "ink": "var(--st-text-color,#1f2937)",
    "soft": _mix(_INK, 72), "card": _mix(_INK, 2), "border": _mix(_INK, 26),
    "line": _mix(_INK, 55), "ghost": _mix(_INK, 28), "walk": _mix("#4263eb", 82, _INK),
    "back": _mix("#0c8599", 82, _INK), "stop": _mix("#e03131", 86, _INK), "on": _PAPER,
    "region": "var(--line)", "vpc": _mix("#7c5cd6", 85, _INK), "zone": _mix(_INK, 38),
    "public": _mix("#2f9e44", 85, _INK), "private": _mix("#2f74c0", 85, _INK), "outside": "var(--line)",
    "region-fill": "var(--card)", "vpc-fill": _PAPER, "public-fill": _mix("#2f9e44", 11),
    "private-fill": _mix("#2f74c0", 11), "outside-fill": _mix(_INK, 6),
}  # fmt: skip

# In the component each colour is a variable of its own name, which the player's own parts use, too.
_PALETTES = {"light": LIGHT, "dark": DARK, "component": {name: f"var(--{name})" for name in COMPONENT}}

# `$` names a colour of the palette.
_RULES = """
.walk-picture text{font-family:FONTS;fill:$ink;font-style:normal;letter-spacing:normal}
.walk-picture .frame rect{fill:none;stroke-width:1}
.walk-picture .region rect,.walk-picture .other-region rect{fill:$region-fill;stroke:$region}
.walk-picture .vpc rect{fill:$vpc-fill;stroke:$vpc;stroke-width:1.5}
.walk-picture .zone rect{stroke:$zone;stroke-dasharray:5 4}
.walk-picture .public-subnet rect{fill:$public-fill;stroke:$public}
.walk-picture .private-subnet rect{fill:$private-fill;stroke:$private}
.walk-picture .on-premises rect,.walk-picture .aws-network rect{fill:$outside-fill;stroke:$outside}
.walk-picture .frame.ghost rect{fill-opacity:.45;stroke-dasharray:3 4;stroke-opacity:.55}
.walk-picture .card{fill:$card;stroke:$border;stroke-width:1}
.walk-picture .glyph{fill:none;stroke:#fff;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
.walk-picture .kind{font-size:11.5px;font-weight:600}
.walk-picture .name{font-size:12px;font-weight:600}
.walk-picture .fact{font-size:11px;fill:$soft}
.walk-picture .title text{font-size:11.5px;paint-order:stroke;stroke-width:5;stroke-linejoin:round}
.walk-picture .title .kind{font-size:11.5px;font-weight:600}
.walk-picture .title .name,.walk-picture .title .fact{font-size:11.5px;font-weight:400;fill:$soft}
.walk-picture .title.region text,.walk-picture .title.other-region text{stroke:$region-fill}
.walk-picture .title.vpc text,.walk-picture .title.zone text{stroke:$vpc-fill}
.walk-picture .title.public-subnet text{stroke:$public-fill}
.walk-picture .title.private-subnet text{stroke:$private-fill}
.walk-picture .title.on-premises text,.walk-picture .title.aws-network text{stroke:$outside-fill}
.walk-picture .node.ghost .card{fill-opacity:.7;stroke:$ghost;stroke-dasharray:4 4}
.walk-picture .node.ghost .tile{opacity:.3}
.walk-picture .node.ghost text{fill:$soft;font-weight:400}
.walk-picture .node.walk .card{stroke:$walk;stroke-width:2}
.walk-picture .node.blocked .card{stroke:$stop;stroke-width:2.5}
.walk-picture .line{fill:none;stroke:$line;stroke-width:1.2}
.walk-picture .edge.ghost .line{stroke:$ghost;stroke-dasharray:3 5}
.walk-picture .edge.walk .line{stroke:$walk;stroke-width:3.5;stroke-linecap:round;stroke-linejoin:round}
.walk-picture .edge.walk .arrow{fill:$walk}
.walk-picture .edge.back .line{stroke:$back}
.walk-picture .edge.back .arrow{fill:$back}
.walk-picture .edge.stopped .line{stroke:$stop;stroke-dasharray:7 6}
.walk-picture .edge.stopped .arrow{fill:$stop}
.walk-picture text.route{font-size:11px;font-weight:600;fill:$walk;paint-order:stroke;stroke:$vpc-fill}
.walk-picture .badge circle{fill:$walk;stroke:$ground;stroke-width:1.5}
.walk-picture .badge.back circle{fill:$back}
.walk-picture .badge text{fill:$on;font-size:11px;font-weight:700;text-anchor:middle}
.walk-picture .cross circle{fill:$stop;stroke:$ground;stroke-width:2}
.walk-picture .cross path{fill:none;stroke:$on;stroke-width:2.6;stroke-linecap:round}
.walk-picture .reason rect{fill:$stop}
.walk-picture .reason text{fill:$on;font-size:11.5px;font-weight:600;text-anchor:middle}
"""


@lru_cache(maxsize=len(_PALETTES))
def css(theme: Theme) -> str:
    """The stylesheet: stand-alone for `light` and `dark`; for `component` with the page's variables."""
    palette = _PALETTES[theme]
    # In the component the picture itself names its fonts.
    rules = _RULES.replace("FONTS", "inherit" if theme == "component" else FONTS)
    for name in sorted(palette, key=len, reverse=True):
        rules = rules.replace(f"${name}", palette[name])
    tiles = "".join(f".walk-picture .family-{family} .tile{{fill:{hue}}}\n" for family, hue in HUES.items())
    if theme != "component":
        return rules.lstrip() + tiles
    # The component's shadow root keeps its rules from the page, so they need no picture in front; the hues of
    # the tiles are the same in every theme, and stand on the tiles themselves.
    named = "".join(f"--{name}:{colour};" for name, colour in COMPONENT.items())
    return f":host{{{named}}}" + rules.replace(f".{PICTURE} ", "")
