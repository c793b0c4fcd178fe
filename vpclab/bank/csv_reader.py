"""CSV to questions: `read_csv(data, chapter, t) -> Brought`. Rows in other languages are passed over.

The rows are those that `csv_bank.py` writes; a person may write them as well. Whatever the file is, the
outcome is a value.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from pydantic import TypeAdapter, ValidationError

from vpclab.bank.candidates import NAMES, Candidate, Settler, is_id, known_kinds
from vpclab.bank.csv_bank import COLUMNS, NUMBERS, unguarded
from vpclab.bank.drafts import Brought
from vpclab.bank.records import FULL, NONE, Item, ItemChoice, Target, neat
from vpclab.bank.report import MOST_QUESTIONS, LeftOut, Report, text_of, without_control_characters
from vpclab.learning.questions import Guess, Network, QuestionKind
from vpclab.words import Words

NEEDED = ("kind", "prompt", "choice_1_text")
"""Columns without which nothing can be read."""

_NUMBER = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?")
_WEIGHT = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,8})?")
_NETWORK = TypeAdapter(Network)
_EVERYWHERE = (QuestionKind.ORDER, QuestionKind.MATCH)

Row = tuple[int, list[str]]
"""The cells of a row, and the line on which it starts."""


def read_csv(data: bytes, chapter: str, t: Words) -> Brought:
    """The questions of a CSV file, for a chapter, in the language of `t`."""
    report, items = Report(), list[Item]()
    text = text_of(data, report)
    if text is not None:
        rows = _rows(without_control_characters(text, 1, report), report)
        columns = _header(next(rows, None), report)
        if columns is not None:
            items = _read(rows, columns, Settler(chapter, t, report))
    return Brought(chapter=chapter, language=t.language, items=tuple(items), report=report.in_order())


def _rows(text: str, report: Report) -> Iterator[Row]:
    """The rows that are not empty. What is no CSV ends them."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        report.tell(start, "not_csv", detail=str(error))


def _header(row: Row | None, report: Report) -> list[str] | None:
    """The names of the columns; None where nothing can be read by them."""
    if row is None:
        if not report.problems:
            report.tell(1, "empty_file")
        return None
    line, cells = row
    columns = [cell.strip().lower() for cell in cells]
    for name in dict.fromkeys(columns):
        if name not in COLUMNS and name:
            report.tell(line, "unknown_column", name=name)
    missing = [name for name in NEEDED if name not in columns]
    repeated = [name for name in COLUMNS if columns.count(name) > 1]
    for name in missing:
        report.tell(line, "missing_column", name=name)
    for name in repeated:
        report.tell(line, "repeated_column", name=name)
    return None if missing or repeated else columns


def _read(rows: Iterator[Row], columns: Sequence[str], settler: Settler) -> list[Item]:
    items: list[Item] = []
    report = settler.report
    for line, cells in rows:
        if len(items) >= MOST_QUESTIONS:
            report.tell(line, "too_many_questions", limit=MOST_QUESTIONS)
            break
        if report.is_full:
            break
        if len(cells) > len(columns):
            report.tell(line, "too_many_cells", count=len(cells), expected=len(columns))
            continue
        row = {name: neat(unguarded(cell)) for name, cell in zip(columns, cells, strict=False)}
        if row.get("language", "") not in ("", settler.t.language):
            continue
        try:
            items.append(settler.settle(_RowReader(line, row, report).candidate()))
        except LeftOut:
            continue
    return items


class _RowReader:
    """Reads one row. A cell that says nothing usable leaves the row out."""

    def __init__(self, line: int, row: Mapping[str, str], report: Report) -> None:
        self.line = line
        self.row = row
        self.report = report

    def candidate(self) -> Candidate:
        kind = self.kind()
        targets = self.targets()
        found = Candidate(
            line=self.line,
            kind=kind,
            given_id=self.cell("id"),
            title=self.cell("id"),
            language=self.cell("language"),
            prompt=self.cell("prompt"),
            targets=targets,
            unit=self.cell("unit"),
            section=self.cell("section"),
            facts=tuple(self.cell("facts").split()),
            misconception=self.cell("misconception"),
            picture=tuple(self.cell("picture").splitlines()),
            verdict=self.cell("verdict"),
        )
        if kind is QuestionKind.TRUTH:
            found.holds = self.one_of("holds", {"true": True, "false": False})
        if kind is QuestionKind.NUMBER:
            found.tolerance = self.number("tolerance") if self.cell("tolerance") else Decimal(0)
        self.read_network(found)
        self.read_choices(found)
        return found

    def cell(self, name: str) -> str:
        return self.row.get(name, "")

    def wrong(self, name: str, expected: str) -> NoReturn:
        self.report.tell(self.line, "wrong_cell", name=name, value=self.cell(name), expected=expected)
        raise LeftOut

    def kind(self) -> QuestionKind:
        try:
            return QuestionKind(self.cell("kind").lower())
        except ValueError:
            self.report.tell(self.line, "kind_not_read", kind=self.cell("kind"), known=known_kinds())
            raise LeftOut from None

    def one_of(self, name: str, known: Mapping[str, bool]) -> bool:
        said = known.get(self.cell(name).lower())
        if said is None:
            self.wrong(name, ", ".join(known))
        return said

    def number(self, name: str) -> Decimal:
        if not _NUMBER.fullmatch(self.cell(name)):
            self.wrong(name, "43.8")
        return Decimal(self.cell(name))

    def credit(self, name: str) -> Fraction:
        """A credit in percent; an empty cell is none."""
        text = self.cell(name).removesuffix("%") or "0"
        if not _WEIGHT.fullmatch(text) or abs(Fraction(text)) > 100:
            self.wrong(name, "-100 … 100")
        return Fraction(text) / 100

    def read_network(self, found: Candidate) -> None:
        """The network of a question that shows one, as its example, choices and what the walk comes to."""
        is_needed = found.kind in (QuestionKind.PREDICT, QuestionKind.POINT)
        if is_needed or self.cell("network"):
            try:
                found.network = _NETWORK.validate_json(self.cell("network"))
            except ValidationError:
                self.wrong("network", '{"start": "…", "choices": {}, "shows": "…"}')
        guesses = tuple(Guess)
        if found.kind is QuestionKind.PREDICT or self.cell("guess"):
            if self.cell("guess") not in guesses:
                self.wrong("guess", ", ".join(guesses))
            found.guess = Guess(self.cell("guess"))

    def read_choices(self, found: Candidate) -> None:
        """The choices up to the last that has a text or a value."""
        used = [number for number in NUMBERS if self.has(f"choice_{number}_")]
        for number in range(1, max(used, default=0) + 1):
            stem = f"choice_{number}_"
            credit = self.credit(f"{stem}credit")
            found.choices.append(
                ItemChoice(
                    id=self.id(f"{stem}id", number),
                    text=self.cell(f"{stem}text"),
                    why=self.cell(f"{stem}why"),
                    is_right=found.kind in _EVERYWHERE or credit > NONE,
                    target=self.target(f"{stem}value", found) if found.kind is QuestionKind.MATCH else "",
                    figure=self.number(f"{stem}value") if found.kind is QuestionKind.NUMBER else None,
                )
            )
            # A person may give 100 to each right one, and nothing to all others: that says which are right.
            if credit not in (FULL, NONE):
                found.weights[found.choices[-1].id] = credit
        ids = [choice.id for choice in found.choices]
        for number, name in enumerate(ids, start=1):
            if ids.index(name) < number - 1:
                self.wrong(f"choice_{number}_id", "each id once")

    def has(self, stem: str) -> bool:
        return any(self.cell(f"{stem}{part}") for part in ("text", "value", "why"))

    def id(self, name: str, number: int) -> str:
        """An id of a choice or a target; an empty cell takes the name of its number."""
        given = self.cell(name) or NAMES[number - 1]
        if not is_id(given):
            self.wrong(name, "a-z 0-9 -")
        return given

    def target(self, name: str, found: Candidate) -> str:
        """The target that a choice belongs to."""
        known = [target.id for target in found.targets]
        if self.cell(name) not in known:
            self.report.tell(
                self.line, "unknown_target", name=name, value=self.cell(name), expected=", ".join(known)
            )
            raise LeftOut
        return self.cell(name)

    def targets(self) -> list[Target]:
        used = [number for number in NUMBERS if self.cell(f"target_{number}_text")]
        return [
            Target(id=self.id(f"target_{number}_id", number), text=self.cell(f"target_{number}_text"))
            for number in used
        ]
