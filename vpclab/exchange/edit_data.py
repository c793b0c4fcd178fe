"""Edits as compact plain data and back: `read_edits(write_edits(edits)) == edits`.

An edit is a mapping whose verb names the section:
`{change: vpcs, id: vpc-lab, key: EnableDnsSupport, to: false}`. Parts, items and values are written as in a
design file and read by its readers. Only ids of other parts are not looked for: whether they exist is known
when the edits have been applied, and told by `design_check.dangling`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from vpclab.errors import ExchangeError, Problem
from vpclab.exchange.design_writer import write_forwards, write_value
from vpclab.exchange.json_data import read_json
from vpclab.exchange.plain_data import MAX_DEPTH, ProblemList, Unreadable
from vpclab.exchange.reading import (
    INVALID,
    Budget,
    Notebook,
    Reader,
    integer,
    list_of,
    mapping,
    one_of,
    shown,
    text,
)
from vpclab.exchange.records import Key, keys_of, pascal
from vpclab.exchange.special_readers import forwards
from vpclab.network.design import Design
from vpclab.network.edits import (
    AddItem,
    AddPart,
    ChangePart,
    Edit,
    MoveItem,
    MovePart,
    RemoveItem,
    RemovePart,
    ReplaceItem,
    SetField,
)
from vpclab.network.name_servers import ForwardRule
from vpclab.network.sections import (
    fits,
    hints_of,
    is_list,
    list_sections,
    part_sections,
    record_types,
    single_fields,
)

# A learner changes a dozen things in an example; a whole network of the sandbox is forty.
MAX_EDITS = 500
# Characters of all edits together, as JSON.
MAX_LENGTH = 200_000

# How an edit begins, and which kind it is then: without and with a `key`.
_KINDS: Mapping[str, tuple[type, type]] = {
    "add": (AddPart, AddItem),
    "remove": (RemovePart, RemoveItem),
    "move": (MovePart, MoveItem),
    "change": (ChangePart, ChangePart),
    "replace": (ReplaceItem, ReplaceItem),
    "set": (SetField, SetField),
}
_VERBS: Mapping[type, str] = {kind: verb for verb, kinds in _KINDS.items() for kind in kinds}
# How the further fields of edits are written.
_KEYS: Mapping[str, str] = {
    "part_id": "id",
    "part_number": "nth",
    "field": "key",
    "item": "item",
    "item_number": "nth_item",
    "new_item": "with",
    "position": "at",
    "part": "part",
    "value": "to",
}


def write_edits(edits: Iterable[Edit]) -> list[Any]:
    """Edits as plain data, ready for JSON; what goes without saying is left out."""
    return [_written(edit) for edit in edits]


def read_edits(value: Any) -> tuple[Edit, ...]:
    """Edits from plain data, such as JSON gives; ExchangeError with everything that is wrong with them."""
    problems = ProblemList()
    try:
        edits = list_of(_edit, limit=MAX_EDITS)(Notebook((), problems, Budget()), _copied(value, problems))
    except Unreadable as error:
        raise ExchangeError((*problems, error.problem)) from None
    if problems:
        raise ExchangeError(tuple(problems))
    found: tuple[Edit, ...] = edits
    return found


# --- writing -------------------------------------------------------------------------------------------


def _written(edit: Edit) -> dict[str, Any]:
    if isinstance(edit, SetField):
        return {_VERBS[SetField]: edit.field, _KEYS["value"]: write_value(edit.value)}
    written: dict[str, Any] = {_VERBS[type(edit)]: edit.section}
    for part in fields(edit):
        value = getattr(edit, part.name)
        # The number 0, and the id "" of the only part of its kind.
        if part.name == "section" or (
            value in (0, "") and part.name in ("part_number", "item_number", "part_id")
        ):
            continue
        if part.name == "field":
            value = pascal(value)
        elif isinstance(value, ForwardRule):
            value = write_forwards((value,))
        written[_KEYS[part.name]] = write_value(value)
    return written


# --- reading -------------------------------------------------------------------------------------------


class _EveryId(dict[Any, None]):
    """Ids of a section of a design that is not at hand: whatever is looked for is taken to be there."""

    def __contains__(self, key: object) -> bool:
        return True


class _EverySection(dict[str, dict[Any, None]]):
    """Such ids for every section; what a part says of its own ids changes nothing."""

    def __contains__(self, key: object) -> bool:
        return True

    def get(self, key: str, default: Any = None) -> Any:
        return _EveryId()

    def __setitem__(self, key: str, value: dict[Any, None]) -> None:
        return


def _copied(value: Any, problems: ProblemList) -> Any:
    """The value as the reader of JSON files lets it pass: no deeper, no larger, no stranger texts."""
    try:
        # What json cannot write is none of its values: a set, a number of a thousand digits, a circle.
        written = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        raise Unreadable(Problem(path=(), code="nested_too_deep", facts={"limit": MAX_DEPTH})) from None
    except (TypeError, ValueError):
        raise Unreadable(Problem(path=(), code="not_plain_data")) from None
    if len(written) > MAX_LENGTH:
        raise Unreadable(Problem(path=(), code="edits_too_long", facts={"limit": MAX_LENGTH}))
    return read_json(written, problems).value


def _edit(notebook: Notebook, value: Any) -> Any:
    notebook.ids = _EverySection()
    if not isinstance(value, dict):
        return notebook.tell("expected_mapping", value=shown(value))
    verbs = [verb for verb in _KINDS if verb in value]
    if len(verbs) != 1:
        return notebook.tell("exactly_one_of", keys=", ".join(_KINDS))
    verb = verbs[0]
    kind: Any = _KINDS[verb][_KEYS["field"] in value]
    named = "field" if kind is SetField else "section"
    names = [part.name for part in fields(kind) if part.name != named]
    mapping(notebook, value, [verb, *(_KEYS[name] for name in names)])
    section = notebook.at(verb, one_of(*_sections(kind)), value[verb])
    if section is INVALID:
        return INVALID
    return _filled(notebook, value, kind, {named: section}, names)


def _sections(kind: type) -> tuple[str, ...]:
    if kind is SetField:
        return single_fields()
    return list_sections() if kind in (AddPart, RemovePart, MovePart) else part_sections()


def _filled(
    notebook: Notebook, given: Mapping[str, Any], kind: Any, values: dict[str, Any], names: Iterable[str]
) -> Any:
    """The edit with its further fields; what a field is decides how the values after it are read."""
    section = next(iter(values.values()))
    key: Key | None = keys_of(Design, str)[section] if kind in (SetField, AddPart) else None
    required = {part.name for part in fields(kind) if part.default is MISSING}
    sound = True
    for name in names:
        written = _KEYS[name]
        if written not in given:
            if name == "part_id" and section not in list_sections():
                values[name] = ""
            elif name in required:
                notebook.tell("missing_key", written, name=written)
                sound = False
            continue
        if name == "field":
            keys = _keys_of_section(section, lists=kind is not ChangePart)
            found = notebook.at(written, one_of(*keys), given[written])
            key = keys.get(found) if isinstance(found, str) else None
            found = INVALID if key is None else key.field
        elif name in ("part", "item", "new_item", "value"):
            # Without a sound field nobody can say what the value should be.
            found = (
                INVALID if key is None else notebook.at(written, _reader(section, key, name), given[written])
            )
        else:
            found = notebook.at(written, text if name == "part_id" else _number, given[written])
        values[name] = found
        sound = sound and found is not INVALID
    return kind(**values) if sound else INVALID


@cache
def _keys_of_section(section: str, *, lists: bool) -> Mapping[str, Key]:
    """The keys of the parts of a section: those of lists, or the others."""
    return {
        spelled: key
        for record in record_types(section)
        for spelled, key in keys_of(record).items()
        if is_list(hints_of(record)[key.field]) is lists
    }


def _reader(section: str, key: Key, name: str) -> Reader:
    if name == "value":
        return _or_none(key.read) if _may_be_none(section, key.field) else key.read
    return _alone(key.read)


def _may_be_none(section: str, field: str) -> bool:
    records = (Design,) if section in single_fields() and field == section else record_types(section)
    return any(fits(hints_of(record).get(field, str), None) for record in records)


def _or_none(read: Reader) -> Reader:
    return lambda notebook, value: None if value is None else read(notebook, value)


def _alone(read: Reader) -> Reader:
    """One item by the reader of its list."""

    def read_one(notebook: Notebook, value: Any) -> Any:
        inner = Notebook((), ProblemList(), notebook.budget)
        inner.ids = notebook.ids
        # Forwarding rules are a text with all of them, so one is a text as well.
        found = read(inner, value if read is forwards else [value])
        for problem in inner.problems:
            notebook.tell(problem.code, *problem.path[0 if read is forwards else 1 :], **problem.facts)
        if found is INVALID:
            return INVALID
        return found[0] if len(found) == 1 else notebook.tell("not_a_forward", value=shown(value))

    return read_one


def _number(notebook: Notebook, value: Any) -> Any:
    """A place in a list, counted from 0."""
    found = integer(notebook, value)
    return found if found is INVALID or found >= 0 else notebook.tell("negative_place", value=shown(value))
