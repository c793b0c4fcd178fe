"""The picture as a draw.io file: frames are containers, cards and lines can be moved.

Labels are plain text (`html=0`), so the XML writer's escaping is all that they need.
"""

from xml.etree import ElementTree as ET

from diagrams import theme
from diagrams.dot import FILLS
from diagrams.icons import FAMILIES
from diagrams.labels import clean
from diagrams.picture import Picture
from diagrams.places import CARD_HEIGHT, CARD_WIDTH, Spot
from vpclab.network.vocabulary import Leg

_L = theme.LIGHT
_ROOT = "1"


def to_drawio(picture: Picture) -> str:
    """Write the picture as an uncompressed `mxfile` with one page."""
    file = ET.Element("mxfile")
    page = ET.SubElement(file, "diagram", {"id": "picture", "name": clean(picture.title)})
    size = {"pageWidth": f"{picture.places.width:g}", "pageHeight": f"{picture.places.height:g}"}
    model = ET.SubElement(page, "mxGraphModel", {"grid": "0", "page": "1", **size})
    root = ET.SubElement(model, "root")
    ET.SubElement(root, "mxCell", {"id": "0"})
    ET.SubElement(root, "mxCell", {"id": _ROOT, "parent": "0"})
    corners = {_ROOT: (0.0, 0.0)}
    for frame in picture.places.frames:
        parent = frame.inside or _ROOT
        fill, stroke = FILLS[frame.kind]
        style = (
            "html=0;container=1;collapsible=0;rounded=1;arcSize=3;align=left;spacingLeft=8;"
            f"verticalAlign={'bottom' if frame.foot else 'top'};"
            f"fillColor={_L[fill]};strokeColor={_L[stroke]};"
            f"fontColor={_L['ink']};fontSize=11;dashed={int(frame.ghost)};"
        )
        label = "  ".join(filter(None, picture.titles[frame.id]))
        box = frame.x, frame.y, frame.width, frame.height
        _vertex(root, frame.id, parent, clean(label), style, box, corners[parent])
        corners[frame.id] = frame.x, frame.y
    _edges(root, picture)
    for spot in picture.places.spots:
        parent = picture.places.frame_around(spot) or _ROOT
        x, y = spot.x - CARD_WIDTH / 2, spot.y - CARD_HEIGHT / 2
        label, style = _label(picture, spot), _card_style(picture, spot)
        _vertex(root, spot.id, parent, label, style, (x, y, CARD_WIDTH, CARD_HEIGHT), corners[parent])
    _cross(root, picture)
    return ET.tostring(file, encoding="unicode")


def _vertex(
    root: ET.Element,
    name: str,
    parent: str,
    label: str,
    style: str,
    box: tuple[float, float, float, float],
    corner: tuple[float, float] = (0.0, 0.0),
) -> None:
    """A shape; `box` is in the picture's coordinates, `corner` its parent's place in them."""
    cell = {"id": name, "parent": parent, "value": label, "style": style, "vertex": "1"}
    x, y, width, height = box
    place = {
        "x": f"{x - corner[0]:g}",
        "y": f"{y - corner[1]:g}",
        "width": f"{width:g}",
        "height": f"{height:g}",
    }
    ET.SubElement(ET.SubElement(root, "mxCell", cell), "mxGeometry", {**place, "as": "geometry"})


def _label(picture: Picture, spot: Spot) -> str:
    caption = picture.captions[spot.id]
    words = caption.kind.replace("|", ""), caption.name, caption.fact
    return "\n".join(clean(word) for word in words if word)


def _card_style(picture: Picture, spot: Spot) -> str:
    cross = picture.journey.cross
    stopped = cross is not None and cross.node == spot.id
    hue = theme.HUES[FAMILIES[picture.captions[spot.id].glyph]]
    stroke = _L["stop"] if stopped else _L["ghost"] if spot.ghost else hue
    return (
        f"html=0;whiteSpace=wrap;rounded=1;arcSize=9;fontSize=11;fillColor={_L['card']};strokeColor={stroke};"
        f"strokeWidth={3 if stopped else 1};dashed={int(spot.ghost)};"
        f"fontColor={_L['soft' if spot.ghost else 'ink']};"
    )


def _edges(root: ET.Element, picture: Picture) -> None:
    for number, link in enumerate(picture.links, start=1):
        step, way = picture.step(link), picture.way(link)
        tail, head, label = link.tail, link.head, ""
        style = f"html=0;rounded=1;endArrow=none;strokeColor={_L['ghost' if link.ghost else 'line']};"
        style += f"dashed={int(link.ghost)};"
        if step is not None:
            way = way if step.tail == link.tail else tuple(reversed(way))
            tail, head, label = step.tail, step.head, str(step.number)
            back = picture.journey.leg is Leg.RETURN
            colour = _L["stop" if step.stopped else "back" if back else "walk"]
            style = f"html=0;rounded=1;endArrow=block;strokeWidth=3;strokeColor={colour};fontColor={colour};"
            style += f"dashed={int(step.stopped)};"
        cell = {"id": f"line-{number}", "parent": _ROOT, "value": label, "style": style, "edge": "1"}
        edge = ET.SubElement(root, "mxCell", {**cell, "source": tail, "target": head})
        geometry = ET.SubElement(edge, "mxGeometry", {"relative": "1", "as": "geometry"})
        if way[1:-1]:
            points = ET.SubElement(geometry, "Array", {"as": "points"})
            for x, y in way[1:-1]:
                ET.SubElement(points, "mxPoint", {"x": f"{x:g}", "y": f"{y:g}"})


def _cross(root: ET.Element, picture: Picture) -> None:
    cross = picture.journey.cross
    spot = next((s for s in picture.places.spots if cross is not None and s.id == cross.node), None)
    if spot is None:
        return
    x, y = spot.x + CARD_WIDTH / 2, spot.y - CARD_HEIGHT / 2
    style = f"shape=umlDestroy;html=0;strokeWidth=4;strokeColor={_L['stop']};"
    _vertex(root, "cross", _ROOT, "", style, (x - 10, y - 10, 20, 20))
    style = f"text;html=0;whiteSpace=wrap;align=center;fontStyle=1;fontColor={_L['stop']};"
    box = spot.x - CARD_WIDTH / 2, spot.y + CARD_HEIGHT / 2, CARD_WIDTH, 22.0
    _vertex(root, "reason", _ROOT, clean(picture.reason), style, box)
