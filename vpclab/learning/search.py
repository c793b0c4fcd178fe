"""FAQ search: one index for all languages, built once from the Library.

An entry is found by three kinds of documents: each phrasing or printed error line by itself, so that one good
match counts and ten middling ones do not add up; all of them with the answer; and all that it says. BM25
ranks the documents; words that mean the same (synonyms, terms of the glossary in either language) count as
one; words that nobody wrote are read as the nearest that somebody did; lines that programs print are found
inside what is around them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import bm25s
import numpy as np
from rapidfuzz import fuzz, process

from vpclab.learning.models import Entry, Library
from vpclab.learning.search_text import (
    STOP_WORDS,
    fold,
    japanese_tokens,
    latin_tokens,
    latin_words,
    stem,
    without_ids,
)
from vpclab.learning.telling import as_words
from vpclab.words import load_words

MAX_QUERY = 2_000
"""Letters of a query that are read; a pasted log may be longer."""

FAR = 1.2
"""Below this score an entry is only the nearest that there is, not an answer."""

# Set on one half of the queries of scripts/faq_queries.yaml, and on phrasings left out of the index.
_PHRASING, _ENTRY, _WHOLE = 0, 1, 2
_WEIGHTS = {_PHRASING: 1.0, _ENTRY: 2.0, _WHOLE: 3.0}
_CONCEPT = 1.8
_UNKNOWN = 0.3
"""How much a word that nobody wrote counts among those that a perfect match would have."""
_ALIKE, _ALIKE_FROM = 1.5, 80
_ERROR = 1.5
_ERROR_FOUND = 90
_TELLING = 12
_NEAREST_WORD = 84
_SHORTEST_GUESS = 4


_GUESSED = re.compile(rf"[a-z]{{{_SHORTEST_GUESS},40}}|[\u30a1-\u30fc]{{3,20}}")
"""Words that can be corrected: Latin ones, and loan words in katakana."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry that was found; `score` tells more the larger it is: a perfect match has about 6."""

    entry: Entry
    score: float

    @property
    def is_near_only(self) -> bool:
        """Whether it is only the nearest that there is."""
        return self.score < FAR


@lru_cache(maxsize=2)
def index_of(library: Library) -> "Index":
    """The index of a library, built once."""
    return Index(library)


class Concepts:
    """Groups of words that mean the same; a text that has one of a group has the group's token."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        # By how they start, so that a text asks only for the words that it may have.
        self._latin: dict[str, dict[tuple[str, ...], set[str]]] = defaultdict(lambda: defaultdict(set))
        self._japanese: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for number, group in enumerate(groups):
            for word in map(fold, group):
                if word.isascii():
                    stems = tuple(stem(part) for part in latin_words(word))
                    self._latin[stems[0]][stems].add(f"~{number}")
                else:
                    self._japanese[word[:2]][word].add(f"~{number}")

    def tokens(self, folded: str, stems: tuple[str, ...]) -> list[str]:
        """The tokens of the groups that a folded text speaks of; `stems` are those of its Latin words."""
        found: set[str] = set()
        starts = self._japanese
        pairs = () if folded.isascii() else map(str.__add__, folded, folded[1:])
        for at, pair in enumerate(pairs):
            if pair in starts:
                for word, groups in starts[pair].items():
                    if folded.startswith(word, at):
                        found |= groups
        for at, first in enumerate(stems):
            if first in self._latin:
                for words, groups in self._latin[first].items():
                    if stems[at : at + len(words)] == words:
                        found |= groups
        return sorted(found)


class Index:
    """The FAQ as BM25 documents; `search` ranks its entries for a query."""

    def __init__(self, library: Library) -> None:
        self._entries = tuple(library.entries.values())
        terms = [[*term.name.texts.values(), *_lists(term.also)] for term in library.terms.values()]
        self._concepts = Concepts([*library.synonyms, *terms])
        documents: list[list[str]] = []
        of: list[int] = []
        kinds: list[int] = []
        for number, entry in enumerate(self._entries):
            for kind, document in self._documents(entry, library):
                documents.append(document)
                of.append(number)
                kinds.append(kind)
        self._of, self._kinds = np.array(of, dtype=int), np.array(kinds, dtype=int)
        self._bm25 = bm25s.BM25(k1=1.0, b=0.2)
        if any(documents):  # it refuses to index nothing
            self._bm25.index(documents, show_progress=False)
        self._rarity = _rarity(documents)
        self._rarest = max(self._rarity.values(), default=1.0)
        asked = [(n, fold(text)) for n, entry in enumerate(self._entries) for text in _lists(entry.asks)]
        self._phrasings = [text for _, text in asked]
        self._phrasing_of = np.array([number for number, _ in asked], dtype=int)
        self._errors = [
            (number, line, self._telling(line))
            for number, entry in enumerate(self._entries)
            for line in map(fold, entry.errors)
        ]
        self._words = _written_words(library)
        self._sorted_words = sorted(self._words)

    def search(self, query: str) -> tuple[Hit, ...]:
        """Every entry with a score, the best first; never empty as long as there are entries."""
        text = query[:MAX_QUERY]
        # Folding can make many letters of one.
        folded = without_ids(fold(text))[:MAX_QUERY]
        scores = self._ranked(text, folded)
        self._add_alike(scores, folded)
        self._add_errors(scores, folded)
        order = np.argsort(-scores, kind="stable")
        return tuple(Hit(entry=self._entries[number], score=float(scores[number])) for number in order)

    def _documents(self, entry: Entry, library: Library) -> Iterator[tuple[int, list[str]]]:
        """The documents of an entry, each with its kind; a text is cut into tokens once for all of them."""
        words: list[str] = []
        concepts: set[str] = set()
        for text in (*_lists(entry.asks), *entry.errors):
            here, meant = self._tokens(text)
            yield _PHRASING, [*here, *sorted(meant)]
            words += here
            concepts |= meant
        for kind, texts in ((_ENTRY, _answers(entry, library)), (_WHOLE, _reasons(entry, library))):
            for text in texts:
                here, meant = self._tokens(text)
                words += here
                concepts |= meant
            yield kind, [*words, *sorted(concepts)]

    def _tokens(self, text: str) -> tuple[list[str], set[str]]:
        """The words of a text, and the groups of words that it speaks of."""
        folded = without_ids(fold(text))
        words = latin_words(folded)
        stems = tuple(map(stem, words))
        telling = [root for word, root in zip(words, stems, strict=True) if word not in STOP_WORDS]
        return telling + japanese_tokens(text), set(self._concepts.tokens(folded, stems))

    def _telling(self, line: str) -> float:
        """How much a printed line tells: one for a line of some rare words, less for common ones."""
        return min(1.0, sum(self._rarity.get(token, 0.0) for token in set(latin_tokens(line))) / _TELLING)

    def _ranked(self, text: str, folded: str) -> Any:
        """What BM25 makes of the query: by kind of document, the part of what a perfect match would reach."""
        corrected = self._corrected(folded)
        exact = latin_tokens(corrected) + japanese_tokens(text if corrected == folded else corrected)
        by_document = np.zeros(len(self._of))
        perfect = 0.0
        stems = tuple(map(stem, latin_words(corrected)))
        for weight, found in ((1.0, exact), (_CONCEPT, self._concepts.tokens(corrected, stems))):
            known = [token for token in dict.fromkeys(found) if token in self._rarity]
            if known:
                by_document += weight * self._bm25.get_scores(known)
            unknown = self._rarest * _UNKNOWN
            perfect += weight * sum(self._rarity.get(token, unknown) for token in set(found))
        scores = np.zeros(len(self._entries))
        for kind, weight in _WEIGHTS.items() if perfect else ():
            of_kind = self._kinds == kind
            best = np.zeros(len(self._entries))
            np.maximum.at(best, self._of[of_kind], by_document[of_kind] / perfect)
            scores += weight * best
        return scores

    def _corrected(self, folded: str) -> str:
        """The query with the nearest words in place of those that nobody wrote: `enpoint`, `エンドポント`."""

        def nearest(match: re.Match[str]) -> str:
            word = match[0]
            if word in self._words or stem(word) in self._rarity:
                return word
            found = process.extractOne(
                word, self._sorted_words, scorer=fuzz.ratio, score_cutoff=_NEAREST_WORD
            )
            return word if found is None else str(found[0])

        return _GUESSED.sub(nearest, folded)

    def _add_alike(self, scores: Any, folded: str) -> None:
        """Add much for a phrasing that is the query, or nearly."""
        alike = process.cdist([folded], self._phrasings, scorer=fuzz.ratio, score_cutoff=_ALIKE_FROM)[0]
        best = np.zeros(len(self._entries))
        np.maximum.at(best, self._phrasing_of, alike)
        scores += _ALIKE * np.clip((best - _ALIKE_FROM) / (100 - _ALIKE_FROM), 0, None)

    def _add_errors(self, scores: Any, folded: str) -> None:
        """Add much for a printed line that is found in the query, the more the rarer its words are.

        What a program complains of comes first, what caused it comes last: later lines count more.
        """
        best = np.zeros(len(self._entries))
        for number, line, weight in self._errors:
            if len(folded) + 3 < len(line):
                continue
            found = fuzz.partial_ratio_alignment(line, folded, score_cutoff=_ERROR_FOUND)
            if found is not None:
                late = 0.5 + 0.5 * found.dest_end / len(folded)
                best[number] = max(best[number], _ERROR * weight * late * found.score / 100)
        scores += best


def _answers(entry: Entry, library: Library) -> list[str]:
    return [as_words(library, text, load_words(code)) for code, text in entry.answer.texts.items()]


def _reasons(entry: Entry, library: Library) -> list[str]:
    told = [as_words(library, text, load_words(code)) for code, text in entry.why.texts.items()]
    told += [text for step in entry.check for text in step.say.texts.values()]
    return [*told, *(step.run for step in entry.check if step.run)]


def _lists(texts: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [text for listed in texts.values() for text in listed]


def _written_words(library: Library) -> set[str]:
    """All words that a guess can lead to: those of phrasings, terms and synonyms."""
    words: set[str] = set()
    texts = [text for entry in library.entries.values() for text in _lists(entry.asks)]
    for term in library.terms.values():
        texts += [*term.name.texts.values(), *_lists(term.also)]
    texts += [text for group in library.synonyms for text in group]
    for text in texts:
        words.update(_GUESSED.findall(fold(text)))
    return words


def _rarity(documents: Sequence[Sequence[str]]) -> dict[str, float]:
    """How much a token tells: the fewer documents have it, the more."""
    counts: dict[str, int] = defaultdict(int)
    for document in documents:
        for token in set(document):
            counts[token] += 1
    total = len(documents)
    return {
        token: float(np.log(1 + (total - count + 0.5) / (count + 0.5))) for token, count in counts.items()
    }
