"""The picture as Mermaid text: a flowchart with nested subgraphs, the walk thick and numbered.

Mermaid has no quoting inside a label, but reads `#60;` as a character. All but letters, digits and spaces
are written so, which leaves nothing that its grammar, its Markdown or HTML could take for their own.
"""

import re

from diagrams import theme
from diagrams.labels import clean
from diagrams.picture import Picture
from diagrams.places import Spot
from vpclab.network.vocabulary import Leg

_L = theme.LIGHT
# A point or slash between digits, as in 10.0.0.0/16, means nothing to Mermaid and stays readable.
_SPECIAL = re.compile(r"(?<=[0-9])[./](?=[0-9])|[^\w ]|_")


def to_mermaid(picture: Picture) -> str:
    """Write the picture as a `flowchart LR`."""
    lines = ["flowchart LR", *_inside(picture, None, 1)]
    for number, link in enumerate(picture.links):
        tail, head, step = _id(link.tail), _id(link.head), picture.step(link)
        if step is None:
            lines.append(f"  {tail} {'-.-' if link.ghost else '---'} {head}")
            continue
        lines.append(f'  {_id(step.tail)} ==>|"{step.number}"| {_id(step.head)}')
        back = picture.journey.leg is Leg.RETURN
        colour = _L["stop" if step.stopped else "back" if back else "walk"]
        lines.append(f"  linkStyle {number} stroke:{colour},stroke-width:4px")
    lines.append(f"  classDef ghost stroke:{_L['ghost']},color:{_L['soft']},stroke-dasharray:4 4")
    lines.append(f"  classDef blocked stroke:{_L['stop']},stroke-width:4px")
    if ghosts := [_id(spot.id) for spot in picture.places.spots if spot.ghost]:
        lines.append(f"  class {','.join(ghosts)} ghost")
    if picture.journey.cross is not None:
        lines.append(f"  class {_id(picture.journey.cross.node)} blocked")
    return "\n".join(lines) + "\n"


def _inside(picture: Picture, parent: str | None, depth: int) -> list[str]:
    """The subgraphs and nodes that stand directly in a frame."""
    lines, indent = [], "  " * depth
    for frame in picture.places.frames:
        if frame.inside == parent:
            title = " ".join(filter(None, map(escaped, picture.titles[frame.id])))
            lines.append(f'{indent}subgraph {_id(frame.id)}["{title}"]')
            lines.extend(_inside(picture, frame.id, depth + 1))
            lines.append(f"{indent}end")
    here = (spot for spot in picture.places.spots if picture.places.frame_around(spot) == parent)
    lines.extend(f'{indent}{_id(spot.id)}["{_label(picture, spot)}"]' for spot in here)
    return lines


def _label(picture: Picture, spot: Spot) -> str:
    caption, cross = picture.captions[spot.id], picture.journey.cross
    words = [caption.kind.replace("|", ""), caption.name, caption.fact]
    if cross is not None and cross.node == spot.id:
        words.append(f"✕ {picture.reason}")
    return "<br/>".join(escaped(word) for word in words if word)


def escaped(text: str) -> str:
    """Text that Mermaid shows as it is."""
    return _SPECIAL.sub(lambda m: m[0] if len(m[0]) == 1 and _is_range(m) else f"#{ord(m[0])};", clean(text))


def _is_range(found: re.Match[str]) -> bool:
    around = found.string[max(0, found.start() - 1) : found.end() + 1]
    return found[0] in "./" and len(around) == 3 and around[0].isdigit() and around[2].isdigit()


def _id(name: str) -> str:
    return name.replace("-", "_")
