"""Edits: one value for each kind of change to a Design, and designs with them applied.

A part is named by its section and its id. Ids need not be unique (two private hosted zones may have one
name): `part_number` counts the parts with the same id from 0. `on_premises` and `vpc_block_public_access`
are sections whose only part has the id "". Equal items of a list are told apart by `item_number` likewise.

An edit may leave a design whose ids do not hold together, as removing a NAT gateway leaves a blackhole
route in AWS; `vpclab.exchange.design_check` judges the result.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, NoReturn

from vpclab.errors import DesignError, Problem
from vpclab.network.design import Design
from vpclab.network.sections import (
    fits,
    hints_of,
    id_field,
    id_of,
    is_list,
    item_hint,
    list_sections,
    part_sections,
    parts_of,
    record_types,
    single_fields,
)

_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPart:
    """A new part of a section, which comes to stand at `position`."""

    section: str
    part: Any
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePart:
    """A part that goes."""

    section: str
    part_id: str
    part_number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePart:
    """A part that comes to stand at another `position` of its section."""

    section: str
    part_id: str
    position: int
    part_number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePart:
    """A new value for one field of a part that is no list."""

    section: str
    part_id: str
    field: str
    value: Any
    part_number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem:
    """A new item in a list of a part: a route, a rule, a subnet association."""

    section: str
    part_id: str
    field: str
    item: Any
    position: int
    part_number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveItem:
    """An item of a list that goes."""

    section: str
    part_id: str
    field: str
    item: Any
    part_number: int = 0
    item_number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveItem:
    """An item that comes to stand at another `position` of its list."""

    section: str
    part_id: str
    field: str
    item: Any
    position: int
    part_number: int = 0
    item_number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceItem:
    """An item that becomes another one in its place: a route that gets another target."""

    section: str
    part_id: str
    field: str
    item: Any
    new_item: Any
    part_number: int = 0
    item_number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetField:
    """A new value for one of the design's own fields; None takes `on_premises` and its like away."""

    field: str
    value: Any


PartEdit = AddPart | RemovePart | MovePart
ItemEdit = AddItem | RemoveItem | MoveItem | ReplaceItem
Edit = PartEdit | ChangePart | ItemEdit | SetField


def apply(design: Design, edit: Edit) -> Design:
    """The design with one edit; DesignError where a part, an item or a place is not there to be edited."""
    if isinstance(edit, SetField):
        if edit.field not in single_fields():
            _refuse("unknown_key", edit.field, name=_shown(edit.field))
        _check_value(hints_of(Design)[edit.field], edit.value, edit.field)
        return _with(design, edit.field, edit.value)
    if isinstance(edit, PartEdit):
        if edit.section not in list_sections():
            _refuse("unknown_key", edit.section, name=_shown(edit.section))
        return _with(design, edit.section, _edited_parts(parts_of(design, edit.section), edit))
    if edit.section not in part_sections():
        _refuse("unknown_key", edit.section, name=_shown(edit.section))
    parts = parts_of(design, edit.section)
    index = _index_of_part(parts, edit)
    part = _changed(parts[index], edit) if isinstance(edit, ChangePart) else _with_items(parts[index], edit)
    if edit.section not in list_sections():
        return _with(design, edit.section, part)
    return _with(design, edit.section, (*parts[:index], part, *parts[index + 1 :]))


def apply_all(design: Design, edits: Iterable[Edit]) -> Design:
    """The design with all edits, one after the other; DesignError at the first that does not fit."""
    return reduce(apply, edits, design)


def apply_fitting(design: Design, edits: Iterable[Edit]) -> tuple[Design, tuple[Edit, ...]]:
    """The design with the edits that fit, and those that did not."""
    unfit: list[Edit] = []
    for edit in edits:
        try:
            design = apply(design, edit)
        except DesignError:
            unfit.append(edit)
    return design, tuple(unfit)


# --- parts ---------------------------------------------------------------------------------------------


def _edited_parts(parts: tuple[Any, ...], edit: PartEdit) -> tuple[Any, ...]:
    if isinstance(edit, AddPart):
        if not isinstance(edit.part, record_types(edit.section)):
            _refuse("value_of_other_kind", edit.section)
        return _inserted(parts, edit.part, edit.position, edit.section)
    index = _index_of_part(parts, edit)
    rest = (*parts[:index], *parts[index + 1 :])
    if isinstance(edit, RemovePart):
        return rest
    return _inserted(rest, parts[index], edit.position, edit.section, edit.part_id)


def _index_of_part(parts: tuple[Any, ...], edit: RemovePart | MovePart | ChangePart | ItemEdit) -> int:
    found = [index for index, part in enumerate(parts) if id_of(edit.section, part) == edit.part_id]
    if not 0 <= edit.part_number < len(found):
        _refuse("unknown_id", edit.section, edit.part_id, id=_shown(edit.part_id), section=edit.section)
    return found[edit.part_number]


def _hint(part: Any, edit: ChangePart | ItemEdit, *, wants_list: bool) -> Any:
    kind: Any = type(part)
    hint = hints_of(kind).get(edit.field)
    if hint is None or is_list(hint) is not wants_list:
        _refuse("unknown_key", *_place(edit), name=_shown(edit.field))
    return hint


def _changed(part: Any, edit: ChangePart) -> Any:
    hint = _hint(part, edit, wants_list=False)
    # Another id would make it another part, which is removed and added.
    if edit.section in list_sections() and edit.field == id_field(type(part)):
        _refuse("id_cannot_change", *_place(edit), id=_shown(edit.part_id))
    _check_value(hint, edit.value, *_place(edit))
    return replace(part, **{edit.field: edit.value})


# --- items ---------------------------------------------------------------------------------------------


def _with_items(part: Any, edit: ItemEdit) -> Any:
    hint = item_hint(_hint(part, edit, wants_list=True))
    items = _edited_items(getattr(part, edit.field), edit, hint)
    return replace(part, **{edit.field: items})


def _edited_items(items: tuple[Any, ...], edit: ItemEdit, hint: Any) -> tuple[Any, ...]:
    place = _place(edit)
    if isinstance(edit, AddItem):
        _check_value(hint, edit.item, *place)
        return _inserted(items, edit.item, edit.position, *place)
    found = [index for index, item in enumerate(items) if item == edit.item]
    if not 0 <= edit.item_number < len(found):
        _refuse("item_absent", *place)
    index = found[edit.item_number]
    before, rest = items[:index], items[index + 1 :]
    if isinstance(edit, RemoveItem):
        return (*before, *rest)
    if isinstance(edit, MoveItem):
        return _inserted((*before, *rest), items[index], edit.position, *place)
    _check_value(hint, edit.new_item, *place)
    return (*before, edit.new_item, *rest)


# --- values --------------------------------------------------------------------------------------------


def _with(design: Design, field: str, value: Any) -> Design:
    return replace(design, **{field: value})


def _inserted(values: tuple[Any, ...], value: Any, position: int, *place: str) -> tuple[Any, ...]:
    if not 0 <= position <= len(values):
        _refuse("position_out_of_range", *place, position=position, count=len(values))
    return (*values[:position], value, *values[position:])


def _check_value(hint: Any, value: Any, *place: str) -> None:
    if not fits(hint, value):
        _refuse("value_of_other_kind", *place)


def _place(edit: ChangePart | ItemEdit) -> tuple[str, ...]:
    return (edit.section, *((edit.part_id,) if edit.part_id else ()), edit.field)


def _refuse(code: str, *path: str, **facts: object) -> NoReturn:
    raise DesignError((Problem(path=path, code=code, facts=facts),))


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
