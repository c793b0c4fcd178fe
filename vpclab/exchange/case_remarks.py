"""The parts of a case that a walk never reads: title, description, traps, source, expect."""

from collections.abc import Iterable
from typing import Any

from vpclab.exchange.reading import Notebook, any_text, choice, is_absent, list_of, mapping, shown
from vpclab.exchange.walk_json import RESULT_KEYS

REMARK_KEYS = ("title", "description", "traps", "source", "expect")
SOURCE_KINDS = ("aws-docs", "aws-blog", "aws-whitepaper", "re:Post", "github-issue", "batfish-test")
FIDELITIES = ("asserted", "adapted", "derived")


def remarks_on(notebook: Notebook, case: dict[str, Any]) -> None:
    """Note what is wrong with these parts."""
    for key, reader in (
        ("title", _prose),
        ("description", _prose),
        ("traps", list_of(_prose)),
        ("source", _source),
        ("expect", _expect),
    ):
        if not is_absent(case.get(key)):
            notebook.at(key, reader, case[key])


def _prose(notebook: Notebook, value: Any) -> Any:
    # Longer than what the model holds: descriptions are for people.
    return value if isinstance(value, str) else any_text(notebook, value)


def _source(notebook: Notebook, value: Any) -> None:
    given = mapping(notebook, value, ("kind", "ref", "fidelity", "note")) or {}
    _word(notebook, given, "kind", SOURCE_KINDS)
    _word(notebook, given, "fidelity", FIDELITIES)
    if not is_absent(given.get("note")):
        notebook.at("note", _prose, given["note"])
    if not is_absent(given.get("ref")):
        notebook.at("ref", list_of(_prose) if isinstance(given["ref"], list) else _prose, given["ref"])


def _word(notebook: Notebook, given: dict[str, Any], key: str, allowed: Iterable[str]) -> None:
    if not is_absent(given.get(key)):
        notebook.at(key, lambda book, value: choice(book, value, allowed), given[key])


def _expect(notebook: Notebook, value: Any) -> None:
    if isinstance(value, dict):
        mapping(notebook, value, RESULT_KEYS)
    else:
        notebook.tell("expected_mapping", value=shown(value))
