"""Graphviz, in this process: DOT to the ways of its lines.

Seventh step of `draw`. Graphviz's C library keeps global state, so one thread at a time may use it; answers
are kept by the DOT text, which most reruns of a page repeat.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from threading import Lock
from types import MappingProxyType

import pygraphviz

Point = tuple[float, float]
Way = tuple[Point, ...]

_POINTS = 72.0
_LOCK = Lock()


@lru_cache(maxsize=1024)
def ways(dot: str, anchor: Point) -> Mapping[tuple[str, str], Way]:
    """The corners of each line, from card to card, by its two ends.

    `anchor` is where the first node stands in `dot`: Graphviz moves the whole picture to its own origin,
    and this moves it back.
    """
    found: dict[tuple[str, str], Way] = {}
    shift: Point | None = None
    for line in _plain(dot).splitlines():
        kind, *words = line.split()
        if kind == "node" and shift is None:
            shift = anchor[0] - float(words[1]) * _POINTS, anchor[1] - float(words[2]) * _POINTS
        elif kind == "edge" and shift is not None:
            tail, head, count, *numbers = words
            values = [float(number) * _POINTS for number in numbers[: 2 * int(count)]]
            points = [(x + shift[0], y + shift[1]) for x, y in zip(values[::2], values[1::2], strict=True)]
            found[tail.strip('"'), head.strip('"')] = _corners(points)
    return MappingProxyType(found)


def _plain(dot: str) -> str:
    with _LOCK:
        graph = pygraphviz.AGraph(string=dot)
        try:
            drawn: bytes = graph.draw(format="plain", prog="nop")
        finally:
            graph.close()
    return drawn.decode("utf-8")


def _corners(points: Sequence[Point]) -> Way:
    """A spline made of straight stretches, as the points where it starts, turns and ends."""
    kept = [points[0]]
    for point in points[1:]:
        if _near(point, kept[-1]):
            continue
        if len(kept) > 1 and _in_line(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)


def _near(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) < 0.5


def _in_line(first: Point, second: Point, third: Point) -> bool:
    upright = max(abs(first[0] - second[0]), abs(second[0] - third[0])) < 0.5
    level = max(abs(first[1] - second[1]), abs(second[1] - third[1])) < 0.5
    return upright or level
