"""Reads all content once and checks that it holds together: `load_library() -> Library`.

A file that is wrong anywhere stops the loading: half a course is worse than none. ContentError carries every
problem of every file, each with its file, its place and its line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from vpclab.errors import ContentError, Problem
from vpclab.learning import chapter_references, question_references, references
from vpclab.learning.content_files import ContentFile, read_file
from vpclab.learning.figures import value_of
from vpclab.learning.lab_files import LabReader
from vpclab.learning.lab_models import Lab
from vpclab.learning.models import (
    Chapter,
    ChapterFile,
    ChapterText,
    CourseFile,
    Entry,
    Fact,
    Library,
    Statement,
    Synonyms,
    Term,
)
from vpclab.learning.prices import PREFIX, Prices, figure
from vpclab.learning.questions import NumberQuestion, Question
from vpclab.learning.texts import ID
from vpclab.learning.words_check import topic_problems, unit_problems, words_problems
from vpclab.words import languages

_QUESTIONS_FILE, _PRACTICE = "questions.yaml", "practice.yaml"

CONTENT = Path(__file__).resolve().parent.parent.parent / "content"

_FACTS = TypeAdapter(tuple[Fact, ...])
_TERMS = TypeAdapter(tuple[Term, ...])
_ENTRIES = TypeAdapter(tuple[Entry, ...])
_QUESTIONS: TypeAdapter[tuple[Question, ...]] = TypeAdapter(tuple[Question, ...])
_STATEMENTS = TypeAdapter(tuple[Statement, ...])
_COURSE = TypeAdapter(CourseFile)
_CHAPTER = TypeAdapter(ChapterFile)
_CHAPTER_TEXT = TypeAdapter(ChapterText)
_PRICES = TypeAdapter(Prices)
_SYNONYMS = TypeAdapter(Synonyms)


@lru_cache(maxsize=4)
def load_library(root: Path = CONTENT) -> Library:
    """All content of a folder, once per process. Raises ContentError with everything that is wrong in it."""
    reader = _Reader(root)
    library = reader.library()
    if reader.problems:
        raise ContentError(tuple(reader.problems))
    return library


def problems_of(root: Path = CONTENT) -> tuple[Problem, ...]:
    """Everything that is wrong in a folder of content."""
    reader = _Reader(root)
    reader.library()
    return tuple(reader.problems)


def lab_reader(root: Path = CONTENT) -> LabReader | None:
    """A reader of single labs, listed or not, with the other content to refer to, whatever is wrong in it.

    None where the prices cannot be read.
    """
    reader = _Reader(root)
    reader.library()
    if reader.lab_reader is None:
        return None
    return LabReader(root=root, known=reader.lab_reader.known, prices=reader.lab_reader.prices)


class _Reader:
    """Reads a folder and collects what is wrong with it; what it returns counts when nothing is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.files: dict[str, ContentFile] = {}
        self.lab_reader: LabReader | None = None

    def library(self) -> Library:
        words = self.root / "words"
        if words.is_dir():  # a course on its own has none
            self.tell(words_problems(words))
        prices = self.one("prices.yaml", _PRICES)
        course = self.one("course.yaml", _COURSE)
        terms_file, terms = self.many("glossary.yaml", _TERMS)
        statements_file, statements = self.many("source-map.yaml", _STATEMENTS)
        synonyms = self.one("search/synonyms.yaml", _SYNONYMS)
        facts = dict(self.records("facts", _FACTS))
        entries = dict(self.records("faq", _ENTRIES))
        chapters = self.chapters(course)
        known = references.Known(
            facts={name: fact for name, (_, _, fact) in facts.items()},
            terms={term.id for term in terms},
            entries=set(entries),
            chapters={
                name: {section.id for section in chapter.plan.sections} for name, chapter in chapters.items()
            },
        )
        is_price = self.price_check(prices)
        for file, place, fact in facts.values():
            self.tell(references.fact_problems(file, place, fact, is_price))
        self.tell(references.repeated(terms_file, (), [term.id for term in terms]))
        for number, term in enumerate(terms):
            self.tell(references.term_problems(terms_file, (number,), term, known))
        for file, place, entry in entries.values():
            self.tell(references.entry_problems(file, place, entry, known))
        for chapter in chapters.values():
            self.check_chapter(chapter, known, prices)
        if words.is_dir():
            topics = {file.name: entry.topic for file, _, entry in entries.values()}
            self.tell(topic_problems(words, topics))
            self.tell(unit_problems(words, tuple(self.units(chapters.values()))))
        for number, statement in enumerate(statements):
            self.tell(references.statement_problems(statements_file, (number,), statement, known))
        prerequisites = {name: chapter.plan.prerequisites for name, chapter in chapters.items()}
        for name in chapter_references.circles(prerequisites):
            file = self.files[f"chapters/{name}/chapter.yaml"]
            self.problems.append(file.problem(("prerequisites",), "prerequisites_in_a_circle", name=name))
        labs = self.labs(known, prices)
        return Library(
            parts=course.parts if course is not None else (),
            chapters=MappingProxyType(
                {name: self.figured(chapter, known, prices) for name, chapter in chapters.items()}
            ),
            facts=MappingProxyType({name: self.priced(fact, prices) for name, fact in known.facts.items()}),
            terms=MappingProxyType({term.id: term for term in terms}),
            entries=MappingProxyType({name: entry for name, (_, _, entry) in entries.items()}),
            topics=tuple(dict.fromkeys(entry.topic for _, _, entry in entries.values())),
            synonyms=synonyms.groups if synonyms is not None else (),
            statements=statements,
            labs=MappingProxyType(labs),
        )

    def labs(self, known: references.Known, prices: Prices | None) -> dict[str, Lab]:
        """The labs; without prices none can be tried."""
        if prices is None:
            return {}
        self.lab_reader = LabReader(root=self.root, known=known, prices=prices)
        labs = self.lab_reader.labs()
        self.problems += self.lab_reader.problems
        return labs

    def one(self, name: str, model: TypeAdapter[Any]) -> Any:
        """One file; None where it could not be read."""
        return self.file(name, model).value

    def many(self, name: str, model: TypeAdapter[Any]) -> tuple[ContentFile, tuple[Any, ...]]:
        file = self.file(name, model)
        return file, file.value or ()

    def file(self, name: str, model: TypeAdapter[Any]) -> ContentFile:
        file = read_file(self.root / name, self.root, model)
        self.problems += file.problems
        self.files[name] = file
        return file

    def records(
        self, folder: str, model: TypeAdapter[Any]
    ) -> Iterator[tuple[str, tuple[ContentFile, tuple[int], Any]]]:
        """The records of every file of a folder by id; the file's name is their topic."""
        seen: dict[str, str] = {}
        for path in sorted((self.root / folder).glob("*.yaml")):
            file, found = self.many(f"{folder}/{path.name}", model)
            for number, record in enumerate(found):
                if record.topic:
                    self.problems.append(file.problem((number, "topic"), "unknown_key", name="topic"))
                if record.id in seen:
                    facts = {"name": record.id, "file": seen[record.id]}
                    self.problems.append(file.problem((number, "id"), "id_in_another_file", **facts))
                seen[record.id] = file.name
                yield record.id, (file, (number,), record.model_copy(update={"topic": path.stem}))

    def chapters(self, course: CourseFile | None) -> dict[str, Chapter]:
        if course is None:
            return {}
        found: dict[str, Chapter] = {}
        file = self.files["course.yaml"]
        for number, part in enumerate(course.parts):
            for position, name in enumerate(part.chapters):
                if name in found:
                    place = ("parts", number, "chapters", position)
                    self.problems.append(file.problem(place, "repeated_id", name=name))
                    continue
                chapter = self.chapter(name, part.id)
                if chapter is not None:
                    found[name] = chapter
        listed = {name for part in course.parts for name in part.chapters}
        for folder in sorted((self.root / "chapters").glob("*/")):
            if folder.name not in listed:
                self.problems.append(file.problem(("parts",), "chapter_not_listed", name=folder.name))
        return found

    def chapter(self, name: str, part: str) -> Chapter | None:
        if not ID.fullmatch(name):  # told as the form of an id
            return None
        folder = f"chapters/{name}"
        plan = self.one(f"{folder}/chapter.yaml", _CHAPTER)
        _, questions = self.many(f"{folder}/{_QUESTIONS_FILE}", _QUESTIONS)
        practice = self.practice(folder)
        texts = {language: self.one(f"{folder}/{language}.yaml", _CHAPTER_TEXT) for language in languages()}
        if plan is None or any(text is None for text in texts.values()):
            return None
        return Chapter(
            id=name,
            part=part,
            plan=plan,
            questions=questions,
            practice=practice,
            texts=MappingProxyType(texts),
        )

    def practice(self, folder: str) -> tuple[Question, ...]:
        """The questions of a chapter that are asked only in the review; a chapter need not have any."""
        name = f"{folder}/{_PRACTICE}"
        return self.many(name, _QUESTIONS)[1] if (self.root / name).is_file() else ()

    def figured(self, chapter: Chapter, known: references.Known, prices: Prices | None) -> Chapter:
        """The chapter with the figures of its number questions worked out."""

        def worked_out(question: Question) -> Question:
            if not isinstance(question, NumberQuestion):
                return question
            values = {
                name: value_of(figure, prices, priced) or Decimal(0)
                for name, figure in question.figures.items()
            }
            return question.model_copy(update={"values": values})

        priced = {name: self.priced(fact, prices) for name, fact in known.facts.items()}
        return replace(
            chapter,
            questions=tuple(map(worked_out, chapter.questions)),
            practice=tuple(map(worked_out, chapter.practice)),
        )

    def units(self, chapters: Iterable[Chapter]) -> Iterator[tuple[ContentFile, tuple[int], str]]:
        """The unit of each number question, with its file and place."""
        for chapter in chapters:
            for name, questions in ((_QUESTIONS_FILE, chapter.questions), (_PRACTICE, chapter.practice)):
                for number, question in enumerate(questions):
                    if isinstance(question, NumberQuestion):
                        yield self.files[f"chapters/{chapter.id}/{name}"], (number,), question.unit

    def check_chapter(self, chapter: Chapter, known: references.Known, prices: Prices | None) -> None:
        folder = f"chapters/{chapter.id}"
        plan = self.files[f"{folder}/chapter.yaml"]
        files = {language: self.files[f"{folder}/{language}.yaml"] for language in chapter.texts}
        self.tell(chapter_references.plan_problems(plan, chapter.plan, known))
        for name, questions in ((_QUESTIONS_FILE, chapter.questions), (_PRACTICE, chapter.practice)):
            if questions:
                asked = self.files[f"{folder}/{name}"]
                self.tell(
                    question_references.question_problems(asked, questions, chapter.plan, known, prices)
                )
        if chapter.practice:
            asked = self.files[f"{folder}/{_PRACTICE}"]
            taken = {question.id for question in chapter.questions}
            self.tell(references.taken(asked, [question.id for question in chapter.practice], taken))
        for language, words in chapter.texts.items():
            self.tell(chapter_references.words_problems(files[language], words, chapter, known))
        self.tell(chapter_references.language_problems(files, chapter.texts))

    def price_check(self, prices: Prices | None) -> Callable[[str], bool]:
        def exists(value: str) -> bool:
            if prices is None or not value.startswith(PREFIX):
                return True
            return figure(prices, value.removeprefix(PREFIX)) is not None

        return exists

    def priced(self, fact: Fact, prices: Prices | None) -> Fact:
        """The fact with its prices in place of their names."""
        if prices is None or not any(value.startswith(PREFIX) for value in fact.values.values()):
            return fact
        values: Mapping[str, str] = {
            name: figure(prices, value.removeprefix(PREFIX)) or "" if value.startswith(PREFIX) else value
            for name, value in fact.values.items()
        }
        return fact.model_copy(update={"values": values})

    def tell(self, problems: Iterator[Problem]) -> None:
        self.problems += problems
