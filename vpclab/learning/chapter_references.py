"""Whether a chapter holds together: its plan and its words in every language.

Its questions have a file of their own, `question_references.py`.
"""

from collections.abc import Iterable, Iterator, Mapping

from vpclab.errors import Problem
from vpclab.learning import markup
from vpclab.learning.content_files import ContentFile, Place
from vpclab.learning.models import Chapter, ChapterFile, ChapterText, is_step_name
from vpclab.learning.question_references import question_words_problems
from vpclab.learning.references import (
    Known,
    every_text,
    network_problems,
    repeated,
    same_keys,
    text_problems,
    unknown,
)


def plan_problems(file: ContentFile, plan: ChapterFile, known: Known) -> Iterator[Problem]:
    """What of a chapter has no language: its stages, sections, misconceptions and prerequisites."""
    yield from _stage_list_problems(file, plan)
    yield from repeated(file, ("sections",), [section.id for section in plan.sections])
    yield from repeated(file, ("misconceptions",), [one.id for one in plan.misconceptions])
    for number, section in enumerate(plan.sections):
        if is_step_name(section.id):
            yield file.problem(("sections", number, "id"), "name_is_taken", name=section.id)
        yield from unknown(file, ("sections", number, "facts"), section.facts, known.facts, "unknown_fact")
    for number, one in enumerate(plan.misconceptions):
        yield from unknown(file, ("misconceptions", number, "facts"), one.facts, known.facts, "unknown_fact")
    for number, name in enumerate(plan.prerequisites):
        if name not in known.chapters:
            yield file.problem(("prerequisites", number), "dangling_link", target=name)


def _stage_list_problems(file: ContentFile, plan: ChapterFile) -> Iterator[Problem]:
    stages = [stage.id for stage in plan.stages]
    there = ", ".join(stages)
    yield from repeated(file, ("stages",), stages)
    if plan.opening not in stages:
        yield file.problem(("opening",), "unknown_stage", name=plan.opening, known=there)
    for number, stage in enumerate(plan.stages):
        place: Place = ("stages", number)
        if (stage.guess is not None) is not (stage.id == plan.opening):
            yield file.problem((*place, "guess"), "guess_opens_the_chapter", name=stage.id)
        yield from network_problems(file, place, stage)
    shown = [section.stage for section in plan.sections]
    for number, name in enumerate(shown):
        if name is not None and name not in stages:
            yield file.problem(("sections", number, "stage"), "unknown_stage", name=name, known=there)
    for name in sorted(set(stages) - set(shown) - {plan.opening}):
        yield file.problem(("stages",), "stage_not_shown", name=name)


def words_problems(
    file: ContentFile, words: ChapterText, chapter: Chapter, known: Known
) -> Iterator[Problem]:
    """The words of a chapter in one language: all there, none too many, marking only what there is."""
    plan = chapter.plan
    wanted = {
        "sections": [section.id for section in plan.sections],
        "stages": [stage.id for stage in plan.stages],
        "misconceptions": [one.id for one in plan.misconceptions],
        "questions": [question.id for question in chapter.all_questions()],
    }
    for name, ids in wanted.items():
        yield from same_keys(file, (name,), getattr(words, name), ids)
    yield from _stage_words_problems(file, words, plan)
    yield from question_words_problems(file, words.questions, chapter.all_questions())
    for place, text in every_text((), words):
        yield from text_problems(file, place, text, known)
    yield from _unlisted_facts(file, words, plan, known)


def _stage_words_problems(file: ContentFile, words: ChapterText, plan: ChapterFile) -> Iterator[Problem]:
    """A stage that opens a chapter asks and explains; every other one has a task."""
    for stage, told in words.stages.items():
        needed = ("ask", "explain") if stage == plan.opening else ("task",)
        for key in ("ask", "explain", "task"):
            is_there = getattr(told, key) is not None
            if is_there is not (key in needed):
                code = "unknown_key" if is_there else "missing_key"
                yield file.problem(("stages", stage, key), code, name=key)


def _unlisted_facts(
    file: ContentFile, words: ChapterText, plan: ChapterFile, known: Known
) -> Iterator[Problem]:
    for section in plan.sections:
        told = words.sections.get(section.id)
        for depth in () if told is None else ("easy", "deep"):
            marked = set(markup.fact_marks(getattr(told, depth)))
            for name in sorted(marked & known.facts.keys() - set(section.facts)):
                place = ("sections", section.id, depth)
                yield file.problem(place, "fact_not_listed", name=name, section=section.id)


def language_problems(
    files: Mapping[str, ContentFile], texts: Mapping[str, ChapterText]
) -> Iterator[Problem]:
    """Where the languages of a chapter differ in what has to be equal: values, and how long lists are."""
    first, *others = texts
    for other in others:
        here, there = texts[first], texts[other]
        for name in ("objectives", "out_of_scope"):
            if len(getattr(here, name)) != len(getattr(there, name)):
                yield files[other].problem((name,), "lists_differ", name=name, language=first)
        ours, theirs = dict(every_text((), here)), dict(every_text((), there))
        for place in sorted(ours.keys() & theirs.keys(), key=str):
            if set(markup.values(ours[place])) != set(markup.values(theirs[place])):
                yield files[other].problem(place, "placeholders_differ", name=str(place[-1]))


def circles(prerequisites: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The chapters that ask for themselves, by way of others or directly."""

    def reaches(name: str, goal: str, seen: set[str]) -> bool:
        for before in prerequisites.get(name, ()):
            if before == goal:
                return True
            if before not in seen:
                seen.add(before)
                if reaches(before, goal, seen):
                    return True
        return False

    return tuple(name for name in prerequisites if reaches(name, name, set()))
