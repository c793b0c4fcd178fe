"""Questions to CSV: one row for a question in one language, with the same columns always.

UTF-8 with a byte order mark, so that spreadsheets read Japanese; otherwise RFC 4180. A cell that a
spreadsheet would take for a formula has an apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection).
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from vpclab.bank.candidates import MOST
from vpclab.bank.gift_text import weight
from vpclab.bank.records import NONE, Item, plain_number
from vpclab.learning.questions import QuestionKind

MARK = "\ufeff"
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
"""How a cell starts that has to be guarded, or that looks guarded already."""

NUMBERS = range(1, MOST + 1)
CHOICE_PARTS = ("id", "text", "value", "credit", "why")
TARGET_PARTS = ("id", "text")
COLUMNS = (
    *("id", "kind", "language", "section", "facts", "misconception", "prompt"),
    *("holds", "unit", "tolerance"),
    *(f"choice_{number}_{part}" for number in NUMBERS for part in CHOICE_PARTS),
    *(f"target_{number}_{part}" for number in NUMBERS for part in TARGET_PARTS),
    *("network", "guess", "picture", "verdict"),
)


def write_csv(items: Sequence[Item]) -> str:
    """The questions as one CSV file, with its byte order mark."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for item in items:
        writer.writerow({name: guarded(cell) for name, cell in _cells(item)})
    return MARK + out.getvalue()


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that guards it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _cells(item: Item) -> Iterator[tuple[str, str]]:
    yield "id", item.id
    yield "kind", str(item.kind)
    yield "language", item.language
    yield "section", item.section
    yield "facts", " ".join(item.facts)
    yield "misconception", item.misconception
    yield "prompt", item.prompt
    yield "holds", "" if item.holds is None else str(item.holds).lower()
    yield "unit", item.unit
    yield "tolerance", plain_number(item.tolerance) if item.kind is QuestionKind.NUMBER else ""
    for number, choice in enumerate(item.choices, start=1):
        figure = "" if choice.figure is None else plain_number(choice.figure)
        yield f"choice_{number}_id", choice.id
        yield f"choice_{number}_text", choice.text
        yield f"choice_{number}_value", choice.target or figure
        yield f"choice_{number}_credit", weight(choice.credit) if choice.credit != NONE else "0"
        yield f"choice_{number}_why", choice.why
    for number, target in enumerate(item.targets, start=1):
        yield f"target_{number}_id", target.id
        yield f"target_{number}_text", target.text
    yield "network", "" if item.network is None else _network(item.network.model_dump())
    yield "guess", "" if item.guess is None else str(item.guess)
    yield "picture", "\n".join(item.picture)
    yield "verdict", item.verdict


def _network(stage: Mapping[str, object]) -> str:
    return json.dumps(stage, ensure_ascii=False, sort_keys=True)
