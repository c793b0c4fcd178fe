"""Pictures of Designs and Walks: `draw` gives an SVG with its ids, `export` a file in one of four forms.

Design and Walk -> Cast (who appears) -> Stage (where) -> Links, Journey (what is joined, what is walked)
-> Captions (words) -> ways (Graphviz) -> Picture -> SVG, DOT, Mermaid or draw.io.
A compact picture goes from Stage and Journey by `compact` to a smaller Stage, and on from there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from diagrams import theme
from diagrams.captions import Words
from diagrams.dot import to_dot
from diagrams.drawio import to_drawio
from diagrams.journey import Journey
from diagrams.mermaid import to_mermaid
from diagrams.picture import Picture, compose
from diagrams.points import point_svg, points
from diagrams.svg import to_svg
from vpclab.hop_words import tell_hop
from vpclab.network.design import Design
from vpclab.network.hops import Hop, Walk
from vpclab.network.vocabulary import Kind, Leg

__all__ = ["Drawing", "Export", "Form", "Look", "Words", "draw", "draw_points", "export", "standalone"]

Form = Literal["svg", "dot", "mermaid", "drawio"]
Look = Literal["light", "dark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A picture as a file: its text, its media type and the ending of its name."""

    text: str
    media_type: str
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture and how to find things in it.

    `hop_ids[i]` are the SVG ids of the walk's i-th hop, `path_ids[i]` those of the i-th path step: its card,
    then the stretch that leads to it. Either is empty where the picture shows nothing. `hop_numbers[i]`
    is the number that the i-th hop's card wears, None for a card off the path; `hop_labels[i]` says in one
    sentence what the hop decided.
    """

    svg: str
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
    hops = walk.told.hops if walk is not None else ()
    picture = compose(design, walk, t, leg=leg, compact=compact)
    return _drawing(picture, tuple(_label(hop, t) for hop in hops))


def draw_points(design: Design, walk: Walk, t: Words, kinds: Sequence[Kind]) -> Drawing:
    """Draw the design without its walk, with a letter (A, B, ...) for each kind of component in turn."""
    picture = compose(design, None, t)
    drawing = _drawing(picture)
    letters = "".join(map(point_svg, points(design, walk, picture.places, kinds)))
    return replace(drawing, svg=drawing.svg.replace("</svg>", f"{letters}</svg>"))


def export(
    design: Design,
    walk: Walk | None,
    t: Words,
    form: Form,
    *,
    leg: Leg = Leg.FORWARD,
    look: Look = "light",
) -> Export:
    """The picture as a file to keep; `look` matters to SVG only."""
    picture = compose(design, walk, t, leg=leg)
    if form == "svg":
        return Export(text=standalone(_drawing(picture), look), media_type="image/svg+xml", suffix=".svg")
    if form == "dot":
        parts = picture.places, picture.links, picture.captions, picture.titles, picture.journey
        return Export(text=to_dot(*parts), media_type="text/vnd.graphviz", suffix=".dot")
    if form == "mermaid":
        return Export(text=to_mermaid(picture), media_type="text/vnd.mermaid", suffix=".mmd")
    return Export(text=to_drawio(picture), media_type="application/vnd.jgraph.mxfile", suffix=".drawio")


def _drawing(picture: Picture, hop_labels: tuple[str, ...] = ()) -> Drawing:
    way, places = picture.journey, picture.places
    svg = to_svg(
        places,
        picture.links,
        picture.ways,
        picture.captions,
        picture.titles,
        way,
        language=picture.language,
        title=picture.title,
        description=picture.description,
        reason=picture.reason,
        route=picture.route,
    )
    numbers = {node: number for number, node in enumerate(way.numbered, start=1)}
    return Drawing(
        svg=svg,
        title=picture.title,
        description=picture.description,
        language=picture.language,
        width=places.width,
        height=places.height,
        hop_ids=tuple((node,) if node else () for node in way.hops),
        path_ids=tuple(_path_ids(node, way) for node in way.path),
        hop_numbers=tuple(numbers.get(node or "") for node in way.hops),
        hop_labels=hop_labels,
        blocked_id=way.cross.node if way.cross else None,
    )


def standalone(drawing: Drawing, look: Look = "light") -> str:
    """The SVG with its stylesheet inside and a ground behind: for files, slides and the README."""
    ground = (theme.LIGHT if look == "light" else theme.DARK)["ground"]
    head, end, body = drawing.svg.partition("</desc>")
    size = f'width="{drawing.width:g}" height="{drawing.height:g}" '
    head = head.replace("viewBox=", f"{size}viewBox=", 1)
    return (
        f'{head}{end}<style>{theme.css(look)}</style><rect width="100%" height="100%" fill="{ground}"/>{body}'
    )


def _path_ids(node: str | None, way: Journey) -> tuple[str, ...]:
    if node is None:
        return ()
    return (node, *(f"edge-{step.number}" for step in way.steps if step.head == node))


def _label(hop: Hop, t: Words) -> str:
    outcome = "passed" if hop.passed else "stopped"
    return t(f"player.hop.{outcome}", kind=t(f"walk.kind.{hop.kind}"), sentence=tell_hop(hop, t))
