"""How well the FAQ search finds what people want: queries of both languages, and what answers them.

`scripts/faq_queries.yaml` was written by somebody who had not read the entries. One half is for tuning; only
the other half is reported. `python -m scripts.faq_evaluation [--half tune] [--misses]` tells the figures, and
what was not found.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from vpclab.learning.library import load_library
from vpclab.learning.search import Index, index_of

FILE = Path(__file__).resolve().parent / "faq_queries.yaml"


@dataclass(frozen=True, kw_only=True)
class Query:
    """What was typed, and the entries that answer it."""

    q: str
    lang: str
    half: str
    expect: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """The figures of some queries: shares found first and among three, mean reciprocal rank."""

    hit_1: float
    hit_3: float
    mrr: float


def queries(half: str) -> list[Query]:
    """The queries of one half, `tune` or `held`."""
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [Query(**{**one, "expect": tuple(one["expect"])}) for one in listed if one["half"] == half]


def rank(index: Index, query: Query) -> int:
    """The place of the first entry that answers, counted from 1."""
    hits = [hit.entry.id for hit in index.search(query.q)]
    return min(hits.index(name) + 1 for name in query.expect)


def evaluate(index: Index, asked: Sequence[Query]) -> Found:
    """The figures of some queries."""
    ranks = [rank(index, query) for query in asked]
    return Found(
        hit_1=sum(place == 1 for place in ranks) / len(ranks),
        hit_3=sum(place <= 3 for place in ranks) / len(ranks),
        mrr=sum(1 / place for place in ranks) / len(ranks),
    )


def main() -> None:
    """Print the figures of a half, by language, and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "held"), default="held")
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args()
    index = index_of(load_library())
    for language in (None, "ja", "en"):
        some = [query for query in queries(asked.half) if language in (None, query.lang)]
        found = evaluate(index, some)
        figures = f"hit@1 {found.hit_1:.3f}  hit@3 {found.hit_3:.3f}  MRR {found.mrr:.3f}"
        print(f"{language or 'all':4} {len(some):4} queries  {figures}")
    if asked.misses:
        for query in queries(asked.half):
            place = rank(index, query)
            if place > 1:
                got = ", ".join(f"{hit.entry.id} {hit.score:.2f}" for hit in index.search(query.q)[:3])
                print(f"{place:4} {query.q[:110]!r}")
                print(f"     wants {', '.join(query.expect)}; got {got}")


if __name__ == "__main__":
    main()
