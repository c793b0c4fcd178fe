"""What makes one Design another, as edits: `apply_all(before, diff(before, after)) == after`."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vpclab.network.design import Design
from vpclab.network.edits import (
    AddItem,
    AddPart,
    ChangePart,
    Edit,
    ItemEdit,
    MoveItem,
    MovePart,
    PartEdit,
    RemoveItem,
    RemovePart,
    ReplaceItem,
    SetField,
)
from vpclab.network.sections import (
    hints_of,
    id_of,
    is_list,
    item_key,
    list_sections,
    record_types,
)


def diff(before: Design, after: Design) -> tuple[Edit, ...]:
    """The edits that make `before` into `after`, section by section: what comes and goes, then changes."""
    return tuple(edit for section in hints_of(Design) for edit in _section_edits(section, before, after))


def _section_edits(section: str, before: Design, after: Design) -> Iterator[Edit]:
    old, new = getattr(before, section), getattr(after, section)
    if old == new:
        return
    if section in list_sections():
        yield from _part_edits(section, old, new)
    elif record_types(section) and old is not None and new is not None:
        yield from _field_edits(section, old, new, 0)
    else:
        yield SetField(field=section, value=new)


# --- parts ---------------------------------------------------------------------------------------------


def _part_edits(section: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Edit]:
    # An endpoint of the other type is another one, even under the same id.
    steps, parts = rearrange(before, after, lambda part: (type(part), id_of(section, part)))
    ids = [id_of(section, part) for part in before]
    for step in steps:
        yield _part_edit(section, ids, step)
        replace(step, value=id_of(section, step.value)).take(ids)
    for index, (old, new) in enumerate(zip(parts, after, strict=True)):
        if old != new:
            yield from _field_edits(section, old, new, _number(ids, index))


def _part_edit(section: str, ids: Sequence[str], step: "Step") -> PartEdit:
    if step.at is None:
        assert step.to is not None
        return AddPart(section=section, part=step.value, position=step.to)
    part_id, number = ids[step.at], _number(ids, step.at)
    if step.to is None:
        return RemovePart(section=section, part_id=part_id, part_number=number)
    return MovePart(section=section, part_id=part_id, position=step.to, part_number=number)


def _field_edits(section: str, before: Any, after: Any, number: int) -> Iterator[Edit]:
    part_id = id_of(section, before)
    kind: Any = type(before)
    for field, hint in hints_of(kind).items():
        old, new = getattr(before, field), getattr(after, field)
        if old == new:
            continue
        if is_list(hint):
            for edit in _item_edits(section, part_id, field, old, new):
                yield replace(edit, part_number=number)
        else:
            yield ChangePart(section=section, part_id=part_id, field=field, value=new, part_number=number)


# --- items ---------------------------------------------------------------------------------------------


def _item_edits(
    section: str, part_id: str, field: str, before: Sequence[Any], after: Sequence[Any]
) -> Iterator[ItemEdit]:
    where: dict[str, Any] = {"section": section, "part_id": part_id, "field": field}
    steps, items = rearrange(before, after, item_key)
    current = list(before)
    for step in steps:
        if step.at is None:
            assert step.to is not None
            yield AddItem(**where, item=step.value, position=step.to)
        else:
            item, number = current[step.at], _number(current, step.at)
            if step.to is None:
                yield RemoveItem(**where, item=item, item_number=number)
            else:
                yield MoveItem(**where, item=item, position=step.to, item_number=number)
        step.take(current)
    for index, (old, new) in enumerate(zip(items, after, strict=True)):
        if old != new:
            yield ReplaceItem(**where, item=old, new_item=new, item_number=_number(current, index))
            current[index] = new


def _number(values: Sequence[Any], index: int) -> int:
    """How many equals stand before the value at `index`."""
    return sum(value == values[index] for value in values[:index])


# --- lists ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of rearranging a list: what stands `at` a place goes `to` another one.

    Without `at` the `value` is new, without `to` it goes. Each place is that in the list at that moment.
    """

    at: int | None
    to: int | None
    value: Any

    def take(self, values: list[Any]) -> None:
        """Do it to a list."""
        if self.at is not None:
            del values[self.at]
        if self.to is not None:
            values.insert(self.to, self.value)


def rearrange(
    before: Sequence[Any], after: Sequence[Any], key: Callable[[Any], Hashable]
) -> tuple[tuple[Step, ...], tuple[Any, ...]]:
    """The fewest steps that bring the keys of one list into those of another, and the list they lead to.

    That list has old values where the key is an old one, so that what differs from `after` has changed.
    """
    partner = _partners(before, after, key)
    kept = set(partner.values())
    # Values are told apart by their places, for equal ones may stand in one list.
    current = list(range(len(before)))
    steps: list[Step] = []

    def take(at: int | None, to: int | None, value: Any, token: int) -> None:
        step = Step(at=at, to=to, value=value)
        steps.append(step)
        Step(at=at, to=to, value=token).take(current)

    for old in reversed([old for old in current if old not in kept]):
        take(current.index(old), None, before[old], old)
    staying = _longest_rising([partner[new] for new in sorted(partner)])
    previous: int | None = None
    for new in sorted(partner):
        old = partner[new]
        if old not in staying:
            at = current.index(old)
            anchor = -1 if previous is None else current.index(previous)
            # What stands after the moved one comes one place nearer when that is taken out.
            take(at, anchor + 1 - (anchor > at), before[old], old)
        previous = old
    for new, value in enumerate(after):
        if new not in partner:
            take(None, new, value, -1)
    return tuple(steps), tuple(
        before[partner[new]] if new in partner else value for new, value in enumerate(after)
    )


def _partners(before: Sequence[Any], after: Sequence[Any], key: Callable[[Any], Hashable]) -> dict[int, int]:
    """Which old value each new one was, by their places: equal ones first, then those with the same key."""
    partner: dict[int, int] = {}
    first, last = 0, 0
    shorter = min(len(before), len(after))
    while first < shorter and before[first] == after[first]:
        partner[first] = first
        first += 1
    while last < shorter - first and before[-1 - last] == after[-1 - last]:
        last += 1
        partner[len(after) - last] = len(before) - last
    old = range(first, len(before) - last)
    new = range(first, len(after) - last)
    for sort in (lambda value: value, key):
        taken = set(partner.values())
        waiting: dict[Hashable, list[int]] = {}
        for place in reversed(old):
            if place not in taken:
                waiting.setdefault(sort(before[place]), []).append(place)
        for place in (place for place in new if place not in partner):
            if found := waiting.get(sort(after[place])):
                partner[place] = found.pop()
    return partner


def _longest_rising(numbers: Iterable[int]) -> frozenset[int]:
    """The longest rising selection of different numbers: what can stay when the others move."""
    ends: list[int] = []
    back: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        back[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    found: list[int] = []
    here = ends[-1] if ends else None
    while here is not None:
        found.append(here)
        here = back[here]
    return frozenset(found)
