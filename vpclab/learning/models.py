"""Content as values: what `library.py` reads from the files that `docs/course.md` describes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import Field

from vpclab.learning.lab_models import Lab
from vpclab.learning.questions import Guess, Network, Question, QuestionText
from vpclab.learning.texts import Content, Filled, Id, TextLists, Texts

OPENING, MISCONCEPTIONS = "opening", "misconceptions"
"""Steps of a chapter besides its sections and questions."""

_CHECK = re.compile(r"check-([1-9][0-9]?)")


def check_step(number: int) -> str:
    """The step of a chapter that asks its question with this number, counted from 1."""
    return f"check-{number}"


def question_number(step: str) -> int:
    """Which question a step asks, counted from 1; 0 for a step that asks none."""
    found = _CHECK.fullmatch(step)
    return int(found[1]) if found else 0


def is_step_name(name: str) -> bool:
    """Whether a step of every chapter has this name, so that no section can."""
    return name in (OPENING, MISCONCEPTIONS) or question_number(name) > 0


class Confidence(StrEnum):
    """How well a fact is founded. What is less than this is not in the course."""

    VERIFIED = "verified"
    SECONDARY = "secondary"


class Source(Content):
    """A page that says so."""

    title: Filled
    url: Filled = Field(pattern=r"^https?://\S+$")


class Correction(Content):
    """What is often said, in the words of the document that started the course, and what is true instead."""

    says: Filled
    instead: Texts


class Fact(Content):
    """One claim about AWS. `{name}` in its texts stands for one of `values`; `topic` is the file's name."""

    id: Id
    topic: str = ""
    holds: Texts
    values: Mapping[str, str] = {}
    confidence: Confidence
    sources: tuple[Source, ...] = Field(min_length=1)
    as_of: str | None = None
    checked_on: date
    regions: tuple[str, ...] = ()
    corrects: Correction | None = None


class Term(Content):
    """A word of the glossary: AWS's spelling, its reading in Japanese, one sentence, other words for it."""

    id: Id
    name: Texts
    reading: Filled = Field(pattern=r"^[ぁ-ゖー・ 0-9]+$")
    means: Texts
    also: TextLists
    facts: tuple[Id, ...] = ()
    see: tuple[Id, ...] = ()
    chapter: str


class Stage(Network):
    """A network that a chapter shows, and the choices that a learner can change there."""

    id: Id
    unlock: tuple[str, ...] = Field(min_length=1, max_length=5)
    opens: str | None = None
    guess: Guess | None = None


class Section(Content):
    """One thought of a chapter, with the facts that it stands on."""

    id: Id
    facts: tuple[Id, ...] = ()
    stage: Id | None = None


class Misconception(Content):
    """Something that people say and that is not so."""

    id: Id
    facts: tuple[Id, ...] = Field(min_length=1)


class SectionText(Content):
    """The words of a section at both depths."""

    title: Filled
    easy: Filled
    deep: Filled


class StageText(Content):
    """The words of a stage: a task; for one that opens a chapter a question and what explains it."""

    title: Filled
    task: Filled | None = None
    ask: Filled | None = None
    explain: Filled | None = None


class MisconceptionText(Content):
    """What people say, what is true, what follows."""

    said: Filled
    true: Filled
    so: Filled


class ChapterText(Content):
    """All words of a chapter in one language."""

    title: Filled
    about: Filled
    objectives: tuple[Filled, ...] = Field(min_length=1)
    out_of_scope: tuple[Filled, ...] = Field(min_length=1)
    sections: Mapping[str, SectionText]
    stages: Mapping[str, StageText]
    misconceptions: Mapping[str, MisconceptionText]
    questions: Mapping[str, QuestionText]


class ChapterFile(Content):
    """What of a chapter has no language."""

    minutes: int = Field(ge=1, le=120)
    prerequisites: tuple[Id, ...] = ()
    opening: Id
    sections: tuple[Section, ...] = Field(min_length=1)
    stages: tuple[Stage, ...] = Field(min_length=1)
    misconceptions: tuple[Misconception, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chapter:
    """One chapter with its words in every language. It asks `questions`; `practice` is for the review."""

    id: str
    part: str
    plan: ChapterFile
    questions: tuple[Question, ...]
    practice: tuple[Question, ...] = ()
    texts: Mapping[str, ChapterText]

    def stage(self, name: str) -> Stage:
        """The stage of this chapter with this id."""
        return next(stage for stage in self.plan.stages if stage.id == name)

    def all_questions(self) -> tuple[Question, ...]:
        """What is asked in the chapter, then what is asked only in the review and in exams."""
        return (*self.questions, *self.practice)


class Step(Content):
    """Something to look at, with the command line that shows it."""

    say: Texts
    run: Filled | None = None


class Entry(Content):
    """A question of the FAQ with its answer; `topic` is the file's name."""

    id: Id
    topic: str = ""
    asks: TextLists
    answer: Texts
    why: Texts
    check: tuple[Step, ...] = ()
    errors: tuple[Filled, ...] = ()
    network: Network | None = None
    facts: tuple[Id, ...] = Field(min_length=1)
    chapter: str
    related: tuple[Id, ...] = ()

    def title(self, language: str) -> str:
        """The question as it stands above the answer."""
        return self.asks[language][0]


class Part(Content):
    """A part of the course."""

    id: Id
    title: Texts
    chapters: tuple[Id, ...]


class CourseFile(Content):
    """The parts of the course in reading order."""

    parts: tuple[Part, ...] = Field(min_length=1)


class Statement(Content):
    """A statement of the document that started the course, where it is taught, and whether it holds.

    `verdict` is `as-is` or the id of the fact that corrects it.
    """

    heading: str
    says: Filled
    taught: str
    verdict: str


class Synonyms(Content):
    """Groups of words that mean the same to somebody who searches."""

    groups: tuple[tuple[Filled, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Library:
    """All content, checked: every reference in it leads somewhere."""

    parts: tuple[Part, ...]
    chapters: Mapping[str, Chapter]
    facts: Mapping[str, Fact]
    terms: Mapping[str, Term]
    entries: Mapping[str, Entry]
    topics: tuple[str, ...]
    synonyms: tuple[tuple[str, ...], ...]
    statements: tuple[Statement, ...]
    labs: Mapping[str, Lab]

    def order(self) -> tuple[Chapter, ...]:
        """The chapters in reading order."""
        return tuple(self.chapters[name] for part in self.parts for name in part.chapters)
