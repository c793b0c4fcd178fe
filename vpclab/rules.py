"""AWS's pages behind the decisions of a walk: `content/rules.yaml`, checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from vpclab.errors import ContentError, Problem
from vpclab.network import Hop, Kind, Reason

RULES_FILE = Path(__file__).resolve().parent.parent / "content" / "rules.yaml"

_ENGLISH = "https://docs.aws.amazon.com/"
_KEYS = ("id", "url", "checked_on", "translated", "decides", "when")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A page of AWS that states a rule; what it is about stands in the words under `rules.<id>`."""

    id: str
    url: str
    checked_on: date
    translated: bool

    def address(self, language: str) -> str:
        """The page in a language, if AWS keeps it in that; else the English one, which was read."""
        if language == "ja" and self.translated:
            return self.url.replace(_ENGLISH, f"{_ENGLISH}ja_jp/", 1)
        return self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All pages in order, and which one explains a component's decision or a reason."""

    pages: tuple[Rule, ...]
    by_kind: Mapping[Kind, Rule]
    by_reason: Mapping[Reason, Rule]


def rule_of(hop: Hop) -> Rule:
    """The page that states the rule which a hop followed: by its reason, else by the component."""
    rules = load_rules()
    if hop.reason is not None and hop.reason in rules.by_reason:
        return rules.by_reason[hop.reason]
    return rules.by_kind[hop.kind]


@lru_cache(maxsize=1)
def load_rules(file: Path = RULES_FILE) -> Rules:
    """Read all pages.

    Raises ContentError with every entry that lacks something, names what the engine does not know, or claims
    what another page explains already; and with every component that no page explains.
    """
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    problems: list[Problem] = []
    pages: list[Rule] = []
    by_kind: dict[Kind, Rule] = {}
    by_reason: dict[Reason, Rule] = {}
    for position, entry in enumerate(entries):
        found = list(_problems(position, entry))
        problems += found
        if found:
            continue
        page = Rule(
            id=entry["id"],
            url=entry["url"],
            checked_on=date.fromisoformat(entry["checked_on"]),
            translated=entry["translated"],
        )
        if page.id in {other.id for other in pages}:
            problems.append(Problem(path=(position, "id"), code="duplicate_id", facts={"value": page.id}))
        pages.append(page)
        for kind in map(Kind, entry.get("decides", ())):
            if by_kind.setdefault(kind, page) is not page:
                problems.append(_taken(position, "decides", kind))
        for reason in map(Reason, entry.get("when", ())):
            if by_reason.setdefault(reason, page) is not page:
                problems.append(_taken(position, "when", reason))
    problems += [
        Problem(path=("decides",), code="not_explained", facts={"value": str(kind)})
        for kind in Kind
        if kind not in by_kind
    ]
    if problems:
        raise ContentError(tuple(problems))
    return Rules(pages=tuple(pages), by_kind=by_kind, by_reason=by_reason)


def _problems(position: int, entry: Mapping[str, Any]) -> Iterator[Problem]:
    for key in ("id", "url", "checked_on", "translated"):
        if key not in entry:
            yield Problem(path=(position, key), code="missing_key", facts={"value": key})
    for key in entry:
        if key not in _KEYS:
            yield Problem(path=(position, key), code="unknown_key", facts={"value": key})
    if not str(entry.get("url", _ENGLISH)).startswith(_ENGLISH):
        yield Problem(path=(position, "url"), code="not_a_page_of_aws", facts={"value": entry["url"]})
    try:
        date.fromisoformat(str(entry.get("checked_on", "2026-01-01")))
    except ValueError:
        yield Problem(path=(position, "checked_on"), code="not_a_date", facts={"value": entry["checked_on"]})
    for key, known in (("decides", set(map(str, Kind))), ("when", set(map(str, Reason)))):
        for value in entry.get(key, ()):
            if value not in known:
                yield Problem(path=(position, key), code="unknown_word", facts={"value": value})


def _taken(position: int, key: str, value: str) -> Problem:
    return Problem(path=(position, key), code="explained_already", facts={"value": str(value)})
