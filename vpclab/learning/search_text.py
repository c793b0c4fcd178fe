"""Text as the FAQ search sees it: folded, then cut into tokens that are alike wherever people write alike.

Latin words are stemmed; Japanese has no spaces, so its runs are cut into pairs of characters. Width, kana,
long vowels and the case of letters do not count.
"""

import re
import threading
import unicodedata
from functools import lru_cache
from itertools import pairwise

import snowballstemmer

_WORD = re.compile(r"[a-z0-9]+(?:[._:/'-][a-z0-9]+)*")
_PART = re.compile(r"[a-z]+\d+[a-z0-9]*|[a-z]+|\d+")
_RUN = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff]+")
_PARTICLES = frozenset("のはがをにでともやへかよねな")
_MOST_MARKED, _LONGEST_MARK = 300, 24
"""Letters of a query whose words are marked, and of one piece of Japanese."""
_KATAKANA_OF = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_LAST_VOWEL = re.compile("(?<=[\u30a1-\u30fc][\u30a1-\u30fa])ー(?![\u30a1-\u30fc])")
_SMALL_E = re.compile("ェ[ーイ]")
_IDS = re.compile(
    # What differs from case to case in a pasted line: ids, account numbers, times, hexadecimal.
    r"\b(?:vpce|vpc|subnet|eni|sg|rtb|i|igw|nat|acl|pl|tgw|vgw|acct)-[0-9a-f]{6,}\b"
    r"|\b\d{12}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\b\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?z?)?|\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b"
    r"|\b[0-9a-f]{16,}\b"
)

STOP_WORDS = frozenset(
    """
    a an the is are be been am do does did i we my our me you your it its this that these those to of for
    in on at by with from and or if so as when what which who how why can could should would will shall
    may might must have has had there here then than not no any some about into out up over under via per
    use using used need needs get gets getting want make made please
    """.split()  # noqa: SIM905 - a list of short words reads best as a text
)
"""English words that tell nothing of what is asked."""


def fold(text: str) -> str:
    """Text in which only what matters differs: width, case, hiragana and katakana, long vowels are one."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_KATAKANA_OF)
    text = _SMALL_E.sub("ェ", text)
    # サーバー and サーバ, ユーザー and ユーザ: a long vowel at the end of a longer word.
    return _LAST_VOWEL.sub("", text)


def without_ids(folded: str) -> str:
    """The folded text without what differs from case to case."""
    return _IDS.sub(" ", folded)


_HERE = threading.local()
"""A stemmer keeps the word that it works on: threads must not share one."""


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The stem of an English word; `policies` and `policy` have the same."""
    if not hasattr(_HERE, "stemmer"):
        _HERE.stemmer = snowballstemmer.stemmer("english")
    return str(_HERE.stemmer.stemWord(word))


def latin_words(folded: str) -> list[str]:
    """Words in Latin letters, whole and in their parts: `aws:sourcevpce`, `aws`, `sourcevpce`."""
    words: list[str] = []
    for match in _WORD.finditer(folded):
        whole = match[0]
        parts = _PART.findall(whole)
        words += parts
        if len(parts) > 1:
            words.append(whole)
    return words


def latin_tokens(folded: str) -> list[str]:
    """Stems of the words that tell something."""
    return [stem(word) for word in latin_words(folded) if word not in STOP_WORDS]


def japanese_tokens(text: str) -> list[str]:
    """Pairs of characters of each Japanese run, and each kanji by itself; what is only grammar is left out.

    Pairs that begin with hiragana, or end in a particle, stand in every sentence and tell nothing.
    """
    found: list[str] = []
    for match in _RUN.finditer(_with_hiragana(text)):
        run = match[0]
        for first, second in pairwise(run):
            if not _is_hiragana(first) and second not in _PARTICLES:
                found.append(f"{first}{second}".translate(_KATAKANA_OF))
        found += [letter for letter in run if "\u3400" <= letter <= "\u9fff"]
    return found


def _is_hiragana(letter: str) -> bool:
    return "ぁ" <= letter <= "ゖ"


def _with_hiragana(text: str) -> str:
    """The text folded as `fold` does, but with hiragana, which tells grammar from words."""
    normal = unicodedata.normalize("NFKC", text).lower()
    return _LAST_VOWEL.sub("", _SMALL_E.sub("ェ", normal))


def marks(text: str, query: str) -> list[tuple[int, int]]:
    """Where words of the query stand in a text, as pairs of start and end, in order and apart."""
    here, asked = _fold_letters(text), _folded_query(query[:_MOST_MARKED])
    taken = [False] * len(here)
    for word in sorted(_marked_words(here, asked), key=len, reverse=True):
        start = here.find(word)
        while start >= 0:
            end = start + len(word)
            if not (word.isascii() and _is_inside_a_word(here, start, end)):
                taken[start:end] = [True] * (end - start)
            start = here.find(word, end)
    found: list[tuple[int, int]] = []
    for at, is_taken in enumerate(taken):
        if is_taken and (at == 0 or not taken[at - 1]):
            found.append((at, at + 1))
        elif is_taken:
            found[-1] = (found[-1][0], at + 1)
    return found


def _is_inside_a_word(text: str, start: int, end: int) -> bool:
    """Whether Latin letters stand right before or after; the s of a plural does not count."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum() and after != "s")


def _marked_words(here: str, asked: str) -> set[str]:
    """Latin words of the query, and the longest pieces of its Japanese runs that the text has."""
    words = {word for word in _WORD.findall(asked) if len(word) > 1 and word not in STOP_WORDS}
    for run in _RUN.findall(asked):
        start = 0
        while start < len(run) - 1:
            longest = min(len(run), start + _LONGEST_MARK)
            end = next((end for end in range(longest, start + 1, -1) if run[start:end] in here), None)
            if end is None:
                start += 1
                continue
            # Particles and endings alone tell nothing: a piece has a kanji or three letters.
            if end - start > 2 or any("\u3400" <= letter <= "\u9fff" for letter in run[start:end]):
                words.add(run[start:end])
            start = end
    return words


@lru_cache(maxsize=16)
def _folded_query(query: str) -> str:
    """The query folded once for all the texts of a page."""
    return _fold_letters(query)


def _fold_letters(text: str) -> str:
    """The text folded letter by letter, so that every place stays where it is."""
    folded = []
    for letter in text:
        one = unicodedata.normalize("NFKC", letter).lower()
        folded.append(one if len(one) == 1 else letter)
    return "".join(folded)
