"""Texts on the picture: safe in DOT and XML, and never wider than their box on any font.

Widths are estimates by character class on the safe side, so that boxes are the same on a server
with other fonts or none.
"""

import re
import unicodedata
from functools import lru_cache

import graphviz

ELLIPSIS = "…"
# Never inspect more of a text than could fit anywhere.
_LONGEST = 200
# Bidirectional controls and marks would reorder the text around a label.
_BIDI = dict.fromkeys(
    map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), None
)
_NARROW, _SLIM, _BROAD = frozenset("iljI.,:;'|!()[]`"), frozenset('frt-/ "*'), frozenset("mwMW@%…—")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """The text on one line without anything that DOT or XML cannot hold or that is not seen."""
    kept = "".join(
        " " if character in "\t\n\r\x0b\x0c\x85\u2028\u2029" else character
        for character in text[: 4 * _LONGEST].translate(_BIDI)
        if character in "\t\n\r\x0b\x0c\x85\u2028\u2029" or not _is_unfit(character)
    )
    return _SPACES.sub(" ", kept).strip()[:_LONGEST]


def _is_unfit(character: str) -> bool:
    """Controls, lone surrogates, unassigned and private characters."""
    return unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co")


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """An upper estimate of the text's width in points at this font size."""
    return size * sum(map(_em, text))


@lru_cache(maxsize=2048)
def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA" and character not in ELLIPSIS:
        return 1.0
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if character in _NARROW:
        return 0.36
    if character in _SLIM:
        return 0.44
    if character in _BROAD:
        return 1.0
    if character.isascii() and not character.isupper():
        return 0.61
    return 0.76 if character.isascii() else 1.0


@lru_cache(maxsize=4096)
def fit(text: str, size: float, room: float) -> str:
    """The cleaned text, cut with an ellipsis where it would leave its room."""
    text = clean(text)
    if width(text, size) <= room:
        return text
    left = room - width(ELLIPSIS, size)
    kept = 0
    for character in text:
        left -= size * _em(character)
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


@lru_cache(maxsize=1024)
def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """The text on one line, or on two: broken at `|`, the place its author marked, or at its middle space."""
    plain = clean(text.replace("|", ""))
    if width(plain, size) <= room:
        return (plain,)
    first, bar, second = text.partition("|")
    if not bar:
        spaces = [
            at for at, character in enumerate(text) if character == " " and width(text[:at], size) <= room
        ]
        if not spaces:
            return (fit(text, size, room),)
        first, second = text[: spaces[-1]], text[spaces[-1] :]
    return fit(first, size, room), fit(second, size, room)


def for_dot(*lines: str) -> str:
    """A label for DOT: plain text whatever it holds, one line under the other."""
    cleaned = [clean(line).replace("&", "&amp;") for line in lines]
    return str(graphviz.nohtml("\\n".join(graphviz.escape(line) for line in cleaned if line)))
