"""The picture in DOT: places and captions to a Graphviz graph.

Sixth step of `draw`. Places are given (`layout=nop` keeps them), lines are not: Graphviz routes them around
the cards. The same source opens in any Graphviz program and gives the same picture.
"""

from collections.abc import Mapping, Sequence

import graphviz

from diagrams import theme
from diagrams.captions import Caption
from diagrams.icons import FAMILIES
from diagrams.journey import Journey
from diagrams.labels import fit, for_dot, wrap
from diagrams.links import Link
from diagrams.places import CARD_HEIGHT, CARD_WIDTH, Frame, FrameKind, Spot, Stage

_POINTS, _INSET = 72, 8
FILLS = {
    FrameKind.REGION: ("region-fill", "region"),
    FrameKind.OTHER_REGION: ("region-fill", "region"),
    FrameKind.VPC: ("vpc-fill", "vpc"),
    FrameKind.ZONE: ("vpc-fill", "zone"),
    FrameKind.PUBLIC_SUBNET: ("public-fill", "public"),
    FrameKind.PRIVATE_SUBNET: ("private-fill", "private"),
    FrameKind.ON_PREMISES: ("outside-fill", "outside"),
    FrameKind.AWS_NETWORK: ("outside-fill", "outside"),
}


def skeleton(stage: Stage, links: Sequence[Link]) -> str:
    """DOT with places and lines only: what Graphviz needs to find the ways.

    It holds no text, so no font is ever looked up and the ways are the same on every server.
    """
    lines = [_HEAD]
    lines.extend(f'"{spot.id}" [pos="{_position(stage, spot)}"]' for spot in stage.spots)
    lines.extend(f'"hold-{n}" [pos="{x:g},{stage.height - y:g}"]' for n, (x, y) in enumerate(stage.holds))
    lines.extend(f'"{link.tail}" -> "{link.head}"' for link in links)
    return "\n".join([*lines, "}"])


_HEAD = f"""digraph {{
graph [layout=nop splines=ortho]
node [shape=box fixedsize=true width={CARD_WIDTH / _POINTS:.4f} height={CARD_HEIGHT / _POINTS:.4f} label=""]
edge [dir=none]"""


def to_dot(
    stage: Stage,
    links: Sequence[Link],
    captions: Mapping[str, Caption],
    titles: Mapping[str, tuple[str, str, str]],
    journey: Journey,
) -> str:
    """DOT to keep: the same places and lines with all words and the light theme's colours."""
    graph = graphviz.Digraph(
        graph_attr={"layout": "nop", "splines": "ortho", "bgcolor": "transparent", "fontname": "sans-serif"},
        node_attr={
            "shape": "box",
            "style": "rounded,filled",
            "fixedsize": "true",
            "width": f"{CARD_WIDTH / _POINTS:.4f}",
            "height": f"{CARD_HEIGHT / _POINTS:.4f}",
            "fontsize": "10",
            "fontname": "sans-serif",
            "fillcolor": theme.LIGHT["card"],
            "fontcolor": theme.LIGHT["ink"],
        },
        edge_attr={"dir": "none", "color": theme.LIGHT["line"]},
    )
    _frames(graph, stage, titles, None)
    for spot in stage.spots:
        graph.node(spot.id, label=_label(captions[spot.id]), **_node_look(stage, spot, captions, journey))
    for number, (x, y) in enumerate(stage.holds):
        graph.node(f"hold-{number}", label="", style="invis", pos=f"{x:g},{stage.height - y:g}")
    numbers = {(step.tail, step.head): step for step in journey.steps}
    for link in links:
        step = numbers.get((link.tail, link.head))
        if step is not None:
            stop = theme.LIGHT["stop" if step.stopped else "walk"]
            graph.edge(
                link.tail, link.head, dir="forward", color=stop, penwidth="3", id=f"edge-{step.number}"
            )
        elif (back := numbers.get((link.head, link.tail))) is not None:
            graph.edge(
                link.tail,
                link.head,
                dir="back",
                color=theme.LIGHT["back"],
                penwidth="3",
                id=f"edge-{back.number}",
            )
        else:
            graph.edge(link.tail, link.head, style="dashed" if link.ghost else "solid")
    return str(graph.source)


def _frames(
    graph: graphviz.Digraph, stage: Stage, titles: Mapping[str, tuple[str, str, str]], inside: str | None
) -> None:
    for frame in stage.frames:
        if frame.inside == inside:
            with graph.subgraph(name=f"cluster_{frame.id}") as cluster:
                fill, border = FILLS[frame.kind]
                cluster.attr(
                    id=frame.id,
                    label=for_dot("  ".join(titles[frame.id])),
                    bb=_box(stage, frame),
                    style="rounded,dashed,filled" if frame.ghost else "rounded,filled",
                    labeljust="l",
                    labelloc="b" if frame.foot else "t",
                    fontsize="10",
                    fillcolor=theme.LIGHT[fill],
                    color=theme.LIGHT[border],
                )
                _frames(cluster, stage, titles, frame.id)
                for spot in stage.spots:
                    if stage.frame_around(spot) == frame.id:
                        cluster.node(spot.id)


def _node_look(stage: Stage, spot: Spot, captions: Mapping[str, Caption], journey: Journey) -> dict[str, str]:
    look = {
        "id": spot.id,
        "pos": _position(stage, spot),
        "color": theme.HUES[FAMILIES[captions[spot.id].glyph]],
    }
    if spot.ghost:
        look |= {"style": "rounded,dashed", "fontcolor": theme.LIGHT["soft"], "color": theme.LIGHT["ghost"]}
    if journey.cross is not None and journey.cross.node == spot.id:
        look |= {"color": theme.LIGHT["stop"], "penwidth": "2.5"}
    return look


def _label(caption: Caption) -> str:
    kind = wrap(caption.kind, theme.KIND_SIZE, CARD_WIDTH - 2 * _INSET)
    lines = (fit(text, theme.NAME_SIZE, CARD_WIDTH - 2 * _INSET) for text in (caption.name, caption.fact))
    return for_dot(*kind, *lines)


def anchor(stage: Stage) -> tuple[float, float]:
    """Where the first node stands in DOT's own coordinates, in which y grows upwards."""
    return stage.spots[0].x, stage.height - stage.spots[0].y


def _position(stage: Stage, spot: Spot) -> str:
    return f"{spot.x:g},{stage.height - spot.y:g}"


def _box(stage: Stage, frame: Frame) -> str:
    top, bottom = stage.height - frame.y, stage.height - frame.y - frame.height
    return f"{frame.x:g},{bottom:g},{frame.x + frame.width:g},{top:g}"
