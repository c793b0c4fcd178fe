"""Design files: bytes to cases, each a Design and a Request, or everything that is wrong with it.

The format is described in `docs/design-file.md`. The way back is `design_writer.write_case`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from vpclab.errors import Problem
from vpclab.exchange.case_remarks import REMARK_KEYS, remarks_on
from vpclab.exchange.plain_data import Path, PlainData, ProblemList, Unreadable, in_order, read_plain
from vpclab.exchange.reading import INVALID, Budget, Notebook, is_absent, mapping, missing, shown, text
from vpclab.exchange.records import fill, keys_of
from vpclab.exchange.references import note_all_ids
from vpclab.exchange.request_reader import request
from vpclab.exchange.walk_cost import charge
from vpclab.network.design import Design
from vpclab.network.request import Request

_CASE_KEYS = ("id", "design", "request", *REMARK_KEYS)
_CASE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case that can be walked.

    `expect` is as written. `remarks` are problems in the parts that a walk never reads. `path` is the
    place of the case in its file.
    """

    path: Path
    id: str
    title: str | None
    description: str | None
    expect: Mapping[str, Any]
    design: Design
    request: Request
    remarks: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenCase:
    """A case that cannot be read, and why; `id` is None where it has none to go by."""

    path: Path
    id: str | None
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignFile:
    """The cases of a file in its order. With `problems` of its own the file as a whole cannot be read."""

    cases: tuple[Case | BrokenCase, ...]
    problems: tuple[Problem, ...] = ()


def read_cases(data: bytes, name: str) -> DesignFile:
    """Read a design file; `name` tells JSON from YAML and names a case that has no id.

    All problems come at once, by their position in the file, with paths from its top.
    """
    plain = read_plain(data, name)
    if not plain.readable:
        return DesignFile(cases=(), problems=plain.problems)
    problems = ProblemList(plain.problems)
    try:
        drafts = _drafts(plain, problems, PurePath(name).stem)
    except Unreadable as error:
        return DesignFile(cases=(), problems=(*in_order(problems, plain), error.problem))
    by_case: dict[Path, list[Problem]] = {draft.path: [] for draft in drafts}
    own: list[Problem] = []
    for problem in in_order(problems, plain):
        place = () if () in by_case else problem.path[:2]
        by_case.get(place, own).append(problem)
    cases = tuple(_finished(draft, by_case[draft.path]) for draft in drafts)
    return DesignFile(cases=cases, problems=tuple(own))


def relative(problem: Problem, case: Case | BrokenCase) -> Path:
    """The path of a problem from the top of its case."""
    return problem.path[len(case.path) :]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What a case came to, sound or not."""

    path: Path
    id: str | None
    given: Mapping[str, Any]
    design: Any
    request: Any


def _drafts(plain: PlainData, problems: ProblemList, stem: str) -> list[_Draft]:
    budget = Budget()
    top = plain.value
    if isinstance(top, dict) and is_absent(top.get("cases")) and ("design" in top or "request" in top):
        alone = {key: value for key, value in top.items() if key != "cases"}
        return [_draft(Notebook((), problems, budget), alone, {}, stem)]
    notebook = Notebook((), problems, budget)
    entries = (mapping(notebook, top, ("cases",)) or {}).get("cases")
    if isinstance(entries, list) and entries:
        known: dict[str, None] = {}
        return [
            _draft(Notebook(("cases", number), problems, budget), entry, known, None)
            for number, entry in enumerate(entries)
        ]
    if not is_absent(entries):
        notebook.tell("expected_list", "cases", value=shown(entries))
    elif not problems:
        notebook.tell("no_cases", "cases")
    return []


def _draft(notebook: Notebook, value: Any, known: dict[str, None], stem: str | None) -> _Draft:
    path = tuple(notebook.path)
    given = mapping(notebook, value, _CASE_KEYS)
    if given is None:
        return _Draft(path=path, id=None, given={}, design=INVALID, request=INVALID)
    case_id = _case_id(notebook, given, known, stem)
    missing(notebook, given, "design", "request")
    remarks_on(notebook, given)
    design, asked = _design_and_request(notebook, given)
    return _Draft(path=path, id=case_id, given=given, design=design, request=asked)


def _case_id(
    notebook: Notebook, given: Mapping[str, Any], known: dict[str, None], stem: str | None
) -> str | None:
    """The id of a case, as far as it has one: also a wrong one serves to name the case."""
    raw = given.get("id")
    if is_absent(raw):
        if stem is None:
            missing(notebook, given, "id")
        return stem
    case_id = notebook.at("id", text, raw)
    if not isinstance(case_id, str):
        return stem
    if not _CASE_ID.fullmatch(case_id):
        notebook.tell("not_a_case_id", "id", value=shown(case_id))
    elif case_id in known:
        notebook.tell("duplicate_case_id", "id", id=shown(case_id))
    known[case_id] = None
    return case_id


def _design_and_request(notebook: Notebook, given: Mapping[str, Any]) -> tuple[Any, Any]:
    design: Any = INVALID
    plain = given.get("design")
    if not is_absent(plain):
        design = notebook.at("design", _design, plain)
    asked: Any = given.get("request")
    if is_absent(asked):
        return design, INVALID
    if not isinstance(plain, dict) and isinstance(asked, dict):
        # Without a design nobody can say whether the caller exists.
        notebook.ids["workloads"] = {str(asked.get("from")): None}
    charge(notebook, plain, asked)
    return design, notebook.at("request", request, asked)


def _design(notebook: Notebook, value: Any) -> Any:
    keys = keys_of(Design, str)
    given = mapping(notebook, value, keys)
    if given is None:
        return INVALID
    note_all_ids(notebook, given)
    values = fill(notebook, given, keys)
    return INVALID if values is None else Design(**values)


def _finished(draft: _Draft, problems: list[Problem]) -> Case | BrokenCase:
    depth = len(draft.path)
    remarks = tuple(p for p in problems if len(p.path) > depth and p.path[depth] in REMARK_KEYS)
    serious = tuple(problem for problem in problems if problem not in remarks)
    if serious or draft.id is None:
        return BrokenCase(path=draft.path, id=draft.id, problems=serious, remarks=remarks)
    expect = draft.given.get("expect")
    return Case(
        path=draft.path,
        id=draft.id,
        title=_text_or_none(draft.given.get("title")),
        description=_text_or_none(draft.given.get("description")),
        expect=expect if isinstance(expect, dict) else {},
        design=draft.design,
        request=draft.request,
        remarks=remarks,
    )


def _text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None
