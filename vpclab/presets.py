"""Ready-made choices for the sandbox: `content/presets.yaml`, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from vpclab.errors import ContentError, Problem
from vpclab.sandbox.choice_texts import from_texts, unreadable
from vpclab.sandbox.choices import Choices

PRESETS_FILE = Path(__file__).resolve().parent.parent / "content" / "presets.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """One ready-made set of choices; its title and remark stand in the words under its id."""

    id: str
    choices: Choices


@lru_cache(maxsize=1)
def load_presets(file: Path = PRESETS_FILE) -> tuple[Preset, ...]:
    """All presets in order.

    Raises ContentError with every preset that has no id of its own or names a choice that the sandbox
    does not have.
    """
    presets: list[Preset] = []
    problems: list[Problem] = []
    for position, entry in enumerate(yaml.safe_load(file.read_text(encoding="utf-8"))):
        missing = [key for key in ("id", "choices") if key not in entry]
        problems += [
            Problem(path=(position, key), code="missing_key", facts={"value": key}) for key in missing
        ]
        if missing:
            continue
        texts: Mapping[str, str] = entry["choices"]
        choices = from_texts(texts)
        problems += [
            Problem(path=(position, "choices", name), code="unknown_choice", facts={"value": texts[name]})
            for name in unreadable(texts)
        ]
        if entry["id"] in {preset.id for preset in presets}:
            problems.append(Problem(path=(position, "id"), code="duplicate_id", facts={"value": entry["id"]}))
        presets.append(Preset(id=entry["id"], choices=choices))
    if problems:
        raise ContentError(tuple(problems))
    return tuple(presets)
