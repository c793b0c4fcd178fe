"""Words: every code can be said, in every language, with the same facts."""

import re
import string
from enum import StrEnum
from inspect import isclass

import pytest

from vpclab.narrate import Unwanted
from vpclab.network import vocabulary
from vpclab.network.vocabulary import (
    Cause,
    Kind,
    Leg,
    Loss,
    Note,
    Reason,
    Remark,
    ResolvesTo,
    Stage,
    Symptom,
    Verdict,
)
from vpclab.words import languages, load_words

# Which sections of walk.yaml speak of the codes of an enumeration.
SECTIONS: dict[type[StrEnum], tuple[str, ...]] = {
    Verdict: ("verdict", "verdict_short"),
    Symptom: ("symptom",),
    ResolvesTo: ("resolves_to",),
    Leg: ("leg", "section"),
    Stage: ("stage",),
    Kind: ("kind", "place"),
    Reason: ("reason", "repair"),
    Cause: ("cause", "repair"),
    Remark: ("remark",),
    Note: ("note",),
    Loss: ("loss",),
    Unwanted: ("unwanted",),
}
ENGLISH = "en"
OTHERS = [language for language in languages() if language != ENGLISH]

# Names that Japanese texts of AWS write in Latin letters, too.
LATIN_NAMES = {
    "AWS",
    "DNS",
    "VPC",
    "Transit",
    "Gateway",
    "Direct",
    "Connect",
    "NAT",
    "API",
    "S3",
    "ID",
    "FAQ",
    "GB",
    "Gbps",
    "USD",
}
JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def without_placeholders(text: str) -> str:
    return "".join(literal for literal, _, _, _ in string.Formatter().parse(text))


def test_every_enumeration_of_the_vocabulary_has_a_section():
    found = {
        value
        for value in vars(vocabulary).values()
        if isclass(value) and issubclass(value, StrEnum) and value is not StrEnum
    }
    assert found <= SECTIONS.keys()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("codes", SECTIONS, ids=lambda codes: codes.__name__)
def test_every_code_has_words(codes: type[StrEnum], language: str):
    words = load_words(language)

    missing = [
        f"walk.{part}.{code}"
        for part in SECTIONS[codes]
        for code in codes
        if not words.has(f"walk.{part}.{code}")
    ]

    assert missing == []


@pytest.mark.parametrize("language", OTHERS)
def test_languages_have_the_same_keys(language: str):
    english, other = load_words(ENGLISH).texts, load_words(language).texts

    assert english.keys() - other.keys() == set()
    assert other.keys() - english.keys() == set()


@pytest.mark.parametrize("language", OTHERS)
def test_languages_have_the_same_placeholders(language: str):
    english, other = load_words(ENGLISH).texts, load_words(language).texts

    differing = {
        key for key in english.keys() & other.keys() if placeholders(english[key]) != placeholders(other[key])
    }

    assert differing == set()


@pytest.mark.parametrize("language", languages())
def test_no_text_is_blank_or_padded(language: str):
    joints = {"walk.phrase.between_sentences", "walk.phrase.between_items"}
    texts = load_words(language).texts

    assert {
        key for key, text in texts.items() if key not in joints and (not text or text != text.strip())
    } == set()


def test_japanese_texts_are_japanese():
    def is_left_in_english(text: str) -> bool:
        literal = without_placeholders(text)
        words = set(re.findall(r"[A-Za-z][A-Za-z0-9]*", literal))
        return not JAPANESE.search(literal) and bool(words - LATIN_NAMES)

    texts = load_words("ja").texts
    proper_nouns = {
        text
        for key, text in texts.items()
        if key.startswith(("services.", "diagram.card.", "faq.topic.", "practice.topic."))
        or (key.startswith("destinations.") and key.endswith(".name"))
    }
    assert {key for key, text in texts.items() if is_left_in_english(text)} == {
        key for key, text in texts.items() if text in proper_nouns and is_left_in_english(text)
    }


def test_english_texts_are_english():
    assert {key for key, text in load_words("en").texts.items() if JAPANESE.search(text)} == set()


def test_japanese_walk_sentences_end_as_japanese_sentences_do():
    sentences = (
        "verdict",
        "symptom",
        "hop",
        "reason",
        "cause",
        "repair",
        "repair_at",
        "remark",
        "unwanted",
        "note",
    )
    prefixes = tuple(f"walk.{section}." for section in sentences)
    exempt = {"walk.hop.other.blocked"}  # ends with the reason, a sentence of its own

    texts = {key: text for key, text in load_words("ja").texts.items() if key.startswith(prefixes)}

    assert {
        key for key, text in texts.items() if key not in exempt and not text.endswith(("。", "）。"))
    } == set()
