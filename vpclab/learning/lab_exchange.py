"""Labs between people: one YAML file with all words in it, or text for an address.

`read_lab(lab_text(draft))` is the lab of the draft. Both come from strangers. A lab that is read here
has been tried: its network can be walked, and what it declares is so. Its words are plain text: nothing in
them is markup.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml
from pydantic import Field, TypeAdapter

from vpclab.errors import Problem
from vpclab.exchange.design_file import Case, read_cases
from vpclab.exchange.design_writer import write_design, write_request
from vpclab.exchange.edit_data import write_edits
from vpclab.exchange.plain_data import MAX_PROBLEMS, Unreadable
from vpclab.exchange.yaml_data import read_yaml
from vpclab.learning.content_files import ContentFile, read_text
from vpclab.learning.lab_models import Goal, Lab, LabPlan, LabText
from vpclab.learning.lab_proof import proof_problems
from vpclab.learning.lab_reading import lab_of
from vpclab.learning.lab_references import shape_problems
from vpclab.learning.labs import start_of
from vpclab.learning.prices import load_prices
from vpclab.learning.texts import Filled
from vpclab.presets import load_presets
from vpclab.sandbox.choice_texts import to_texts
from vpclab.sandbox.setup import Setup, design_of, request_of
from vpclab.words import languages

MAX_CHARACTERS = 60_000
"""Of a lab file. A lab of the course with all its words in both languages is a tenth of it."""

MAX_LINK = 6_000
"""Letters of a lab in an address; browsers and mail programs take addresses of some 8,000."""

_VERSION = "1"
_MAX_SHOWN = 200


class OwnText(LabText):
    """The words of a lab that somebody made: a title and a task; the rest may be missing."""

    title: Filled = Field(max_length=_MAX_SHOWN)
    story: str = ""
    goals: tuple[Filled, ...] = ()
    explain: str = ""


class _Document(LabPlan):
    """A lab file: the plan and the words of at least one language."""

    texts: Mapping[str, OwnText]


_DOCUMENT = TypeAdapter(_Document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A network with what should become of it: a lab that somebody makes of what stands on the stage.

    A request that was typed by hand is no part of it: in labs, choices say who asks whom.
    """

    setup: Setup
    goal: tuple[Goal, ...]
    moves: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Mapping[str, OwnText]
    traffic_gb: Decimal | None = None
    level: int = 1


# --- writing -------------------------------------------------------------------------------------------


def lab_text(draft: Draft | Lab) -> str:
    """A lab as one YAML file, from what stands on the stage or from a lab that was read."""
    plan = _plan_of(draft) if isinstance(draft, Draft) else draft.plan
    data = plan.model_dump(exclude_none=True, exclude_defaults=True)
    texts = {name: text.model_dump(exclude_defaults=True) for name, text in draft.texts.items()}
    return yaml.dump(
        _plain({**data, "texts": texts}),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=110,
    )


def encode_lab(draft: Draft | Lab) -> str:
    """A lab as text for an address; a large one may be longer than `MAX_LINK`."""
    packed = base64.urlsafe_b64encode(zlib.compress(lab_text(draft).encode(), 9))
    return f"{_VERSION}.{packed.decode().rstrip('=')}"


def _plan_of(draft: Draft) -> LabPlan:
    setup = draft.setup
    preset = next(preset for preset in load_presets() if preset.id == setup.start)
    usual = to_texts(preset.choices)
    return LabPlan(
        level=draft.level,
        start=setup.start,
        choices={name: text for name, text in to_texts(setup.choices).items() if text != usual[name]},
        edits=tuple(write_edits(setup.edits)),
        traffic_gb=draft.traffic_gb,
        goal=draft.goal,
        moves=draft.moves,
        only=draft.only,
    )


def _plain(value: Any) -> Any:
    """Mappings, lists, numbers and text of exactly the types that YAML has."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


class _Dumper(yaml.SafeDumper):
    """Writes text so that every reader of YAML takes it for text, and sums of money as they are."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write_text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


def _write_number(dumper: _Dumper, number: Decimal) -> yaml.Node:
    text = f"{number:f}"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(Decimal, _write_number)


# --- reading -------------------------------------------------------------------------------------------


def read_lab(text: str, name: str = "lab.yaml") -> Lab | tuple[Problem, ...]:
    """The lab of a file, or everything that is wrong with it; `name` is what the file is called."""
    if _length(text) > MAX_CHARACTERS:
        return (Problem(path=(name,), code="lab_too_long", facts={"limit": MAX_CHARACTERS}),)
    file = read_text(text, name, _DOCUMENT)
    if file.value is None or file.problems:
        return file.problems[:MAX_PROBLEMS]
    document: _Document = file.value
    plan = LabPlan.model_validate(document.model_dump(exclude={"texts"}, exclude_unset=True))
    words = tuple(_words_problems(file, document))
    lab, unusable = lab_of(file, "", plan, document.texts, load_prices())
    if lab is None or words:
        return words + unusable
    # Walks only now: what they need is there.
    problems = tuple(_network_problems(file, lab)) or tuple(proof_problems(file, lab))
    return problems or lab


def _length(text: str) -> int:
    """The characters of a text with everything written out that it only points to."""
    if len(text) > MAX_CHARACTERS:
        return len(text)
    try:
        return max(len(text), _written_out(read_yaml(text, []).value))
    except Unreadable:  # told by whoever reads it for good
        return len(text)


def _written_out(value: Any) -> int:
    if isinstance(value, dict):
        return sum(len(key) + _written_out(inner) for key, inner in value.items()) + 1
    if isinstance(value, list):
        return sum(map(_written_out, value)) + 1
    return len(str(value))


def decode_lab(text: str) -> Lab | tuple[Problem, ...]:
    """The lab of an address, or what is wrong with it."""
    broken = (Problem(path=("lab",), code="lab_link_broken"),)
    version, _, packed = text.partition(".")
    if len(text) > MAX_LINK:
        return (Problem(path=("lab",), code="lab_too_long", facts={"limit": MAX_LINK}),)
    if version != _VERSION:
        return broken
    try:
        letters = packed.encode("ascii")
        unpacker = zlib.decompressobj()
        # One letter is at most four bytes of UTF-8; one byte more than allowed shows that there is more.
        plain = unpacker.decompress(
            base64.urlsafe_b64decode(letters + b"=" * (-len(letters) % 4)), 4 * MAX_CHARACTERS + 1
        )
        if not unpacker.eof:
            return broken
        return read_lab(plain.decode(), "lab")
    except (binascii.Error, zlib.error, ValueError):
        return broken


def _words_problems(file: ContentFile, document: _Document) -> Iterator[Problem]:
    if not document.texts:
        yield file.problem(("texts",), "text_missing")
    for language, words in document.texts.items():
        if language not in languages():
            yield file.problem(("texts", language), "unknown_language", languages=language[:60])
            continue
        for problem in shape_problems(file, words, document, is_complete=False):
            yield file.problem(("texts", language, *problem.path[1:]), problem.code, **problem.facts)


def _network_problems(file: ContentFile, lab: Lab) -> Iterator[Problem]:
    """What a design file with the network of the start would be told: the same checks and limits hold."""
    setup = start_of(lab)
    if not setup.edits:
        return
    design, _ = design_of(setup)
    case = {"design": write_design(design), "request": write_request(request_of(setup))}
    read = read_cases(json.dumps(case).encode(), "link.json")
    (found,) = read.cases or (None,)
    if not isinstance(found, Case) or found.design != design:
        yield file.problem(("edits",), "edit_does_not_fit")
