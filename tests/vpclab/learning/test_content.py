"""The course itself: all that the source document says is taught or corrected, and nothing is missing."""

import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vpclab.course_commands import OLD_AFTER_MONTHS, months_between
from vpclab.learning.library import load_library
from vpclab.learning.models import Confidence
from vpclab.learning.questions import QuestionKind
from vpclab.learning.quiz import answer_of
from vpclab.learning.references import AS_IS
from vpclab.words import languages, load_words

LIBRARY = load_library()
SOURCE = Path(__file__).resolve().parents[2] / "fixtures" / "source-document.md"


COUNTING_HEADINGS = ("VPC Endpoint の種類", "2 つのタイプの違い")
"""Headings that say something: how many types there are."""


def statements_of(document: str) -> list[str]:
    """Every line of the document that says something, in order; bare labels and most headings say nothing."""
    said = []
    for line in document.splitlines():
        heading = line.lstrip("#").strip()
        if line.startswith("#") and heading in COUNTING_HEADINGS:
            said.append(heading)
        text = re.sub(r"^(?:[-*]|\d+\.)\s+", "", line.strip()).replace("**", "")
        is_label = text.endswith((":", "：")) and "です" not in text
        if text and not line.startswith("#") and text != "```" and not is_label:
            said.append(text)
    return said


def test_every_statement_of_the_source_document_is_taught_in_its_order():
    assert [statement.says for statement in LIBRARY.statements] == statements_of(
        SOURCE.read_text(encoding="utf-8")
    )


def test_every_correction_is_used_by_a_statement_of_the_source_document():
    correcting = {fact.id for fact in LIBRARY.facts.values() if fact.corrects is not None}
    used = {statement.verdict for statement in LIBRARY.statements} - {AS_IS}

    assert used <= correcting
    assert correcting - used == set()


def test_a_section_that_teaches_a_correction_stands_on_that_fact():
    missing = []
    for statement in LIBRARY.statements:
        chapter, _, section = statement.taught.partition("/")
        plan = next(one for one in LIBRARY.chapters[chapter].plan.sections if one.id == section)
        if statement.verdict != AS_IS and statement.verdict not in plan.facts:
            missing.append((statement.says, statement.taught, statement.verdict))

    assert missing == []


def test_nothing_unverified_is_taught():
    assert {fact.confidence for fact in LIBRARY.facts.values()} <= set(Confidence)


def test_old_facts_are_listed_as_a_warning(capsys: pytest.CaptureFixture[str]):
    today = datetime.now(UTC).date()
    checked = {fact.id: months_between(fact.checked_on, today) for fact in LIBRARY.facts.values()}
    old = [name for name, months in checked.items() if months >= OLD_AFTER_MONTHS]
    with capsys.disabled():
        sys.stderr.writelines(f"\nwarning: the fact {name} has not been checked for a year" for name in old)


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [("2026-11-22", "2027-11-21", 11), ("2026-11-22", "2027-11-22", 12), ("2026-01-31", "2026-02-28", 0)],
)
def test_months_are_whole(earlier: str, later: str, months: int):
    assert months_between(date.fromisoformat(earlier), date.fromisoformat(later)) == months


@pytest.mark.parametrize("language", languages())
def test_every_topic_has_a_name(language: str):
    t = load_words(language)

    assert [topic for topic in LIBRARY.topics if not t.has(f"faq.topic.{topic}")] == []


def test_the_course_has_what_it_promises():
    assert len(LIBRARY.chapters) >= 17
    assert len(LIBRARY.terms) >= 70
    assert len(LIBRARY.entries) >= 90


@pytest.mark.parametrize("name", LIBRARY.chapters)
def test_a_chapter_opens_with_a_guess_has_stages_misconceptions_and_questions(name: str):
    chapter = LIBRARY.chapters[name]

    assert 2 <= len(chapter.plan.stages) <= 4
    assert 2 <= len(chapter.plan.misconceptions) <= 4
    assert 4 <= len(chapter.questions) <= 8
    assert chapter.stage(chapter.plan.opening).guess is not None


@pytest.mark.parametrize("name", LIBRARY.chapters)
def test_the_answer_to_a_prediction_is_one_of_its_choices(name: str):
    for question in LIBRARY.chapters[name].questions:
        assert set(answer_of(question)) <= set(question.choices), question.id
        if question.kind is not QuestionKind.SEVERAL:
            assert len(answer_of(question)) == 1


@pytest.mark.parametrize("topic", LIBRARY.topics)
def test_an_entry_asks_in_several_ways_and_answers_in_one_sentence(topic: str):
    for entry in LIBRARY.entries.values():
        if entry.topic == topic:
            assert all(len(asks) >= 3 for asks in entry.asks.values()), entry.id
            assert entry.answer("ja").count("。") == 1, entry.id
            english = entry.answer("en").replace("N. Virginia", "Virginia")
            assert len(re.findall(r"[.!?](?:\s|$)", english)) == 1, entry.id


def test_no_two_entries_ask_the_same():
    asked: dict[str, str] = {}
    for entry in LIBRARY.entries.values():
        for text in (text for listed in entry.asks.values() for text in listed):
            assert asked.setdefault(text.lower(), entry.id) == entry.id, text
