"""Setups as short text for addresses, and back: compact, with a version, validated.

`2.s3-over-nat.way_out-none.gateway_endpoint-yes` is an example with two choices of its own. Edits and a
request typed by hand follow after `~`: JSON, deflated, in the letters that need no escape in an address.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from vpclab.errors import VpcLabError
from vpclab.exchange.design_file import Case, read_cases
from vpclab.exchange.design_writer import write_design, write_request
from vpclab.exchange.edit_data import read_edits, write_edits
from vpclab.presets import Preset, load_presets
from vpclab.sandbox.choice_texts import from_texts, to_texts, unreadable
from vpclab.sandbox.setup import Setup, design_of, request_of

VERSION = "2"
MAX_LENGTH = 3_000
"""Letters of a setup in an address. Browsers and mail programs take addresses of some 8,000, which two
setups may share."""

_MAX_DATA = 400_000
"""Bytes that the typed part of a setup may unpack to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What could be read: always a setup, and the names of what was left out.

    `other_version` says that the text was made by a version that this one cannot read at all.
    """

    setup: Setup
    left_out: tuple[str, ...] = ()
    other_version: bool = False


def starting_setup(preset: Preset | None = None) -> Setup:
    """The setup of an example, before any move; without one that of the first example."""
    found = preset or load_presets()[0]
    return Setup(start=found.id, choices=found.choices)


def encode(setup: Setup) -> str:
    """The setup as text; one that was typed by hand may be longer than `MAX_LENGTH`."""
    start = to_texts(_example(setup.start).choices)
    differing = {name: text for name, text in to_texts(setup.choices).items() if text != start[name]}
    parts = [VERSION, setup.start, *(f"{name}-{text}" for name, text in differing.items())]
    text = ".".join(parts)
    if setup.is_typed:
        text += f"~{_packed(setup)}"
    return text


@lru_cache(maxsize=4096)
def decode(text: str) -> Decoded:
    """The setup that a text stands for, or the nearest one that can be read. Nothing here raises."""
    head, tilde, packed = text.partition("~")
    version, *rest = head.split(".")
    if version != VERSION:
        return Decoded(setup=starting_setup(), other_version=True)
    known = {preset.id: preset for preset in load_presets()}
    start = rest[0] if rest else ""
    left_out: tuple[str, ...] = () if start in known else ("example",)
    setup = starting_setup(known.get(start))
    texts = dict(_name_and_text(part) for part in rest[1:])
    setup = replace(setup, choices=from_texts(texts, setup.choices))
    left_out += unreadable(texts)
    if tilde:
        unpacked = _unpacked(setup, packed)
        if unpacked is None:
            left_out += ("edits",)
        else:
            setup = unpacked
    return Decoded(setup=setup, left_out=left_out)


def decode_first_version(parameters: Mapping[str, str]) -> Decoded:
    """The setup of an address of the first version, which named each choice in a parameter of its own."""
    switched = {"yes": "on", "no": "off"}
    texts = {
        name: switched.get(text, text) if name == "private_dns" else text for name, text in parameters.items()
    }
    setup = replace(starting_setup(), choices=from_texts(texts))
    return Decoded(setup=setup, left_out=unreadable(texts))


def _example(name: str) -> Preset:
    presets = load_presets()
    return next((preset for preset in presets if preset.id == name), presets[0])


def _name_and_text(part: str) -> tuple[str, str]:
    name, _, text = part.partition("-")
    return name, text


def _packed(setup: Setup) -> str:
    data: dict[str, Any] = {}
    if setup.edits:
        data["edits"] = write_edits(setup.edits)
    if setup.request is not None:
        data["request"] = write_request(setup.request)
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")


def _unpacked(setup: Setup, packed: str) -> Setup | None:
    """The setup with what was typed by hand; None when it cannot be read whole.

    The network that comes out is written and read as a design file, so that what a link brings meets the
    same checks and limits as a file.
    """
    try:
        letters = packed.encode("ascii")
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(base64.urlsafe_b64decode(letters + b"=" * (-len(letters) % 4)), _MAX_DATA)
        data = json.loads(plain)
        edits = read_edits(data.get("edits", []))
    except (binascii.Error, zlib.error, ValueError, AttributeError, RecursionError, VpcLabError):
        return None
    edited = replace(setup, edits=edits)
    design, lost = design_of(edited)
    if lost:
        return None
    asked = data.get("request")
    request = write_request(request_of(edited)) if asked is None else asked
    case = {"design": write_design(design), "request": request}
    (read,) = read_cases(json.dumps(case).encode(), "link.json").cases or (None,)
    if not isinstance(read, Case) or read.design != design:
        return None
    return replace(edited, request=None if asked is None else read.request)
