"""One content file to a model: every problem with the file's name, its place and its line.

`docs/course.md` tells the formats. The YAML is read as `vpclab/exchange/yaml_data.py` reads design files, so
keys written twice, and texts that other YAML readers take for something else, are problems too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from vpclab.errors import Problem
from vpclab.exchange.plain_data import NO_LINES, Locator, Unreadable
from vpclab.exchange.yaml_data import read_yaml

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFile:
    """One file as it was read. `value` is None where it could not be, and `problems` tell why."""

    name: str
    value: Any
    problems: tuple[Problem, ...] = ()
    locator: Locator = NO_LINES

    def problem(self, place: Place, code: str, **facts: object) -> Problem:
        """A problem at a place of this file, with its line."""
        return Problem(path=(self.name, *place), code=code, facts=facts, line=self.line(place))

    def line(self, place: Place) -> int | None:
        """The line of a place, or of the nearest thing around it."""
        return self.locator.lines([place]).get(place)


_PROBLEMS: Mapping[str, tuple[str, str | None]] = {
    # The code of pydantic, ours, and which part of its context is the value.
    "missing": ("missing_key", None),
    "extra_forbidden": ("unknown_key", None),
    "string_type": ("expected_text", None),
    "tuple_type": ("expected_list", None),
    "model_type": ("expected_mapping", None),
    "dict_type": ("expected_mapping", None),
    "mapping_type": ("expected_mapping", None),
    "string_pattern_mismatch": ("wrong_form", "pattern"),
    "string_too_long": ("wrong_form", "max_length"),
    "too_short": ("too_few", "min_length"),
    "too_long": ("too_many_entries", "max_length"),
    "enum": ("not_one_of_these", "expected"),
    "union_tag_not_found": ("missing_key", None),
    "date_from_datetime_parsing": ("expected_date", None),
    "date_type": ("expected_date", None),
    "int_type": ("expected_number", None),
    "int_parsing": ("expected_number", None),
    "int_from_float": ("expected_number", None),
    "greater_than_equal": ("expected_number", None),
    "less_than_equal": ("expected_number", None),
    "greater_than": ("expected_number", None),
    "less_than": ("expected_number", None),
    "decimal_max_digits": ("expected_number", None),
    "decimal_parsing": ("expected_number", None),
    "date_from_datetime_inexact": ("expected_date", None),
    "decimal_type": ("expected_number", None),
    "bool_type": ("expected_truth", None),
}
_OURS = (
    "missing_language",
    "unknown_language",
    "expected_texts",
    "not_a_text",
    "empty_text",
    "not_filled_in",
    "not_a_bound",
)


def read_file(file: Path, root: Path, model: TypeAdapter[Any]) -> ContentFile:
    """Read a file and check its form; what a whole record is right for is checked by `references.py`."""
    name = file.relative_to(root).as_posix()
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        problem = Problem(path=(name,), code="file_not_readable", facts={"detail": error.strerror or ""})
        return ContentFile(name=name, value=None, problems=(problem,))
    except UnicodeDecodeError as error:
        problem = Problem(path=(name,), code="not_utf8", facts={"byte": error.start})
        return ContentFile(name=name, value=None, problems=(problem,))
    return read_text(text, name, model)


def read_text(text: str, name: str, model: TypeAdapter[Any]) -> ContentFile:
    """The same for the text of a file, which goes by `name`."""
    found: list[Problem] = []
    try:
        data = read_yaml(text, found, refuse_ambiguous=True)
    except Unreadable as error:
        found.append(error.problem)
        return ContentFile(name=name, value=None, problems=_named(found, name))
    problems = list(_named(found, name))
    value = None
    try:
        value = model.validate_python(data.value)
    except ValidationError as error:
        read = ContentFile(name=name, value=None, locator=data.locator)
        problems += [_problem(detail, data.value, read) for detail in error.errors(include_url=False)]
    return ContentFile(name=name, value=value, problems=tuple(problems), locator=data.locator)


def _named(problems: Sequence[Problem], name: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(path=(name, *problem.path), code=problem.code, facts=problem.facts, line=problem.line)
        for problem in problems
    )


def _problem(detail: ErrorDetails, data: object, file: ContentFile) -> Problem:
    place = _place(data, detail["loc"])
    code, context = detail["type"], detail.get("ctx", {})
    if code in _OURS:
        return file.problem(place, code, **context)
    if code == "union_tag_invalid":
        key, tags = context["discriminator"].strip("'"), re.findall(r"'([^']*)'", context["expected_tags"])
        facts = {"value": str(context["tag"])[:60], "expected": ", ".join(tags)}
        return file.problem((*place, key), "not_one_of_these", **facts)
    ours, fact = _PROBLEMS.get(code, ("wrong_value", None))
    if ours in ("missing_key", "unknown_key"):
        name = str(context["discriminator"]).strip("'") if "discriminator" in context else detail["loc"][-1]
        return file.problem(place, ours, name=str(name)[:60])
    facts = {"value": str(detail["input"])[:60], "expected": str(context.get(fact or "", detail["msg"]))}
    return file.problem(place, ours, **facts)


def _place(data: object, named: Place) -> Place:
    """The steps that the data has: pydantic also names its own validators on the way."""
    here: Any = data
    place: list[str | int] = []
    for key in named:
        is_there = (
            key in here if isinstance(here, dict) else isinstance(here, list) and key in range(len(here))
        )
        if is_there:
            here = here[key]
            place.append(key)
    return tuple(place)
