"""Generated exercises: the engine answers, the trap decides, and a seed makes the same everywhere."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vpclab.learning.exercise import Exercise, exercise_of
from vpclab.learning.fates import fate_of, with_change
from vpclab.learning.generated import SEEDS, TRAPS, generate, kinds_of, traps_of_fact
from vpclab.learning.library import load_library
from vpclab.learning.networks import network_setup, outcome
from vpclab.learning.question_references import question_words_problems
from vpclab.learning.questions import OneQuestion, PointQuestion, PredictQuestion
from vpclab.learning.quiz import answer_of, grade
from vpclab.learning.traps import MOST_NOISE, scene_of
from vpclab.network import Verdict
from vpclab.sandbox.choice_texts import CHOICES, is_several, options, to_texts, unreadable
from vpclab.sandbox.choices import Choices
from vpclab.sandbox.offers import effective, why_not
from vpclab.sandbox.setup import walk_of
from vpclab.words import languages, load_words

ROOT = Path(__file__).resolve().parents[3]
KANA = re.compile(r"[ぁ-ゖァ-ヺ]")

seeds = st.integers(0, SEEDS - 1)
traps = st.sampled_from(sorted(TRAPS))
often = settings(max_examples=100, deadline=None)


def says(exercise: Exercise, language: str, choice: str) -> str:
    """A choice as it is shown: in the words of the exercise, or in those of the product."""
    question, t = exercise.question, load_words(language)
    if isinstance(question, PredictQuestion):
        return t(f"course.{question.guess}.{choice}")
    if isinstance(question, PointQuestion):
        return t(f"walk.kind.{choice}")
    return exercise.texts[language].choices[choice]


def all_texts(exercise: Exercise, language: str) -> list[str]:
    words = exercise.texts[language]
    return [words.ask, *words.choices.values(), *words.why.values()]


@often
@given(seeds, traps)
def test_exactly_one_choice_is_right_and_the_walk_says_so(seed, trap):
    exercise = generate(seed, trap=trap)
    question = exercise.question

    (right,) = answer_of(question)

    assert right in question.choices
    assert 3 <= len(question.choices) <= 4
    assert len(set(question.choices)) == len(question.choices)
    assert grade(question, (right,)).is_right
    assert not any(grade(question, (other,)).is_right for other in question.choices if other != right)
    if isinstance(question, PredictQuestion | PointQuestion):
        assert right == outcome(question.guess, walk_of(exercise.setup))
        assert network_setup(question.stage) == exercise.setup


@often
@given(seeds, traps)
def test_no_two_choices_say_the_same_in_any_language(seed, trap):
    exercise = generate(seed, trap=trap)

    for language in languages():
        told = [says(exercise, language, choice) for choice in exercise.question.choices]
        assert len(set(told)) == len(told)


@often
@given(seeds, traps)
def test_turning_the_choice_of_the_trap_changes_what_becomes_of_the_request(seed, trap):
    scene = scene_of(TRAPS[trap], seed)
    now = to_texts(scene.setup.choices)[scene.trap.choice]

    stands, turned = fate_of(scene.setup), fate_of(scene.turned)

    assert now != scene.trap.turned
    assert (stands.verdict, stands.way) != (turned.verdict, turned.way)


@often
@given(seeds, traps)
def test_noise_decides_nothing_whether_the_trap_stands_or_not(seed, trap):
    scene = scene_of(TRAPS[trap], seed)
    usual = to_texts(Choices())

    for name in scene.noise:
        quiet = with_change(scene.setup, name, usual[name])
        assert fate_of(quiet) == fate_of(scene.setup)
        turned = with_change(quiet, scene.trap.choice, scene.trap.turned)
        assert fate_of(turned) == fate_of(scene.turned)
    assert not {*scene.noise} & {scene.trap.choice, *scene.trap.scene}
    assert len(scene.noise) <= MOST_NOISE


@often
@given(seeds, traps)
def test_a_network_has_no_choice_that_cannot_be_made(seed, trap):
    setup = scene_of(TRAPS[trap], seed).setup

    assert effective(setup.choices) == setup.choices
    assert TRAPS[trap].choice not in why_not(setup.choices)


@often
@given(seeds, traps)
def test_texts_are_complete_in_every_language(seed, trap):
    exercise = generate(seed, trap=trap)
    texts = exercise.texts

    assert set(texts) == set(languages())
    assert not list(question_words_problems(None, {exercise.question.id: texts["ja"]}, [exercise.question]))
    assert not list(question_words_problems(None, {exercise.question.id: texts["en"]}, [exercise.question]))
    for language in languages():
        told = all_texts(exercise, language)
        assert not any("{" in text or "}" in text or "generated." in text for text in told)
        assert all(text == text.strip() and "  " not in text for text in told)
    assert all(KANA.search(text) for text in (texts["ja"].ask, *texts["ja"].why.values()))
    assert not any(KANA.search(text) for text in all_texts(exercise, "en"))


@often
@given(seeds, traps)
def test_an_id_makes_the_exercise_again(seed, trap):
    exercise = generate(seed, trap=trap)

    again = exercise_of(load_library(), exercise.id)

    assert again is not None
    assert (again.id, again.question, again.texts) == (exercise.id, exercise.question, exercise.texts)
    assert (again.trap, again.setup) == (trap, exercise.setup)


@settings(max_examples=60, deadline=None)
@given(st.integers(), st.none() | traps, st.none() | st.integers(1, 3))
def test_every_whole_number_is_a_seed(seed, trap, difficulty):
    exercise = generate(seed, trap=trap, difficulty=difficulty)

    assert exercise.difficulty in (1, 2, 3)
    assert exercise.trap == (trap or exercise.trap)
    assert exercise.is_generated
    assert exercise_of(load_library(), exercise.id) is not None


def changed_choices(exercise: Exercise) -> dict[str, Verdict]:
    """What becomes of the request with each change that a question about changes offers."""
    found = {}
    for name in CHOICES:
        for text in texts_of(name):
            other = with_change(exercise.setup, name, text)
            found.setdefault(
                f"{name}-{text or 'none'}".replace("_", "-").replace("+", "-"), fate_of(other).verdict
            )
    return found


def texts_of(name: str) -> list[str]:
    if name == "destination":
        return []
    if not is_several(name):
        return [
            ("no", "yes")[option] if isinstance(option, bool) else str(option) for option in options(name)
        ]
    members = [str(option) for option in options(name)]
    return [
        "+".join(one for at, one in enumerate(members) if bits >> at & 1) for bits in range(2 ** len(members))
    ]


def asked(kind: str, trap: str, count: int = 400) -> Exercise | None:
    """The first exercise of a trap that asks such a question, told by its last sentence."""
    sentence = load_words("en")(f"generated.ask.{kind}")
    made = (generate(seed, trap=trap) for seed in range(count))
    return next((exercise for exercise in made if exercise.texts["en"].ask.endswith(sentence)), None)


@pytest.mark.parametrize("trap", sorted(TRAPS))
def test_changes_that_are_offered_as_wrong_do_not_change_the_outcome(trap):
    for kind, before in (("mend", False), ("spoil", True)):
        if kind not in {kind for seed in range(6) for kind in kinds_of(scene_of(TRAPS[trap], seed))}:
            continue
        exercise = asked(kind, trap, 40)
        if exercise is None:
            continue
        verdicts = changed_choices(exercise)
        (right,) = answer_of(exercise.question)
        assert fate_of(exercise.setup).is_delivered is before
        for choice in exercise.question.choices:
            is_delivered = verdicts[choice] is Verdict.DELIVERED
            assert is_delivered is (before if choice != right else not before), choice


@pytest.mark.parametrize("kind", ["outcome", "way", "stop", "reason", "mend", "spoil"])
def test_every_kind_of_question_is_asked(kind):
    sentence = load_words("en")(f"generated.ask.{kind}")

    assert any(generate(seed).texts["en"].ask.endswith(sentence) for seed in range(60))


@pytest.mark.parametrize("trap", sorted(TRAPS))
def test_every_trap_can_be_drawn_and_is_drawn_without_being_named(trap):
    exercise = generate(7, trap=trap)

    assert exercise.id == f"generated/{trap}/7"
    assert any(generate_trap(seed) == trap for seed in range(800))


def generate_trap(seed: int) -> str:
    from vpclab.learning.generated import _trap  # to draw the trap alone is quick

    return _trap(seed, None).id


@pytest.mark.parametrize("trap", TRAPS.values(), ids=lambda trap: trap.id)
def test_a_trap_is_taught_in_the_course(trap):
    library = load_library()
    plan = library.chapters[trap.chapter].plan

    assert trap.section in {section.id for section in plan.sections}
    assert trap.misconception in {None, *(one.id for one in plan.misconceptions)}
    assert trap.facts
    assert set(trap.facts) <= set(library.facts)
    assert all(trap.id in traps_of_fact(fact) for fact in trap.facts)


@pytest.mark.parametrize("trap", TRAPS.values(), ids=lambda trap: trap.id)
def test_a_trap_names_choices_that_there_are(trap):
    changes = (*trap.believed, *trap.tempts, (trap.choice, trap.turned))
    drawn = [(name, text) for name, texts in trap.scene.items() for text in texts]
    stands = [(trap.choice, text) for text in trap.stands]

    assert not [change for change in (*changes, *drawn, *stands) if unreadable(dict([change]))]
    assert trap.choice not in trap.scene


def test_a_fact_that_no_trap_is_about_has_no_traps():
    assert traps_of_fact("japanese-orthography") == ()


@pytest.mark.parametrize("difficulty", [1, 2, 3])
def test_a_difficulty_that_is_asked_for_is_nearly_always_found(difficulty):
    found = [generate(seed, difficulty=difficulty).difficulty for seed in range(20)]

    assert sum(one == difficulty for one in found) >= 18


def test_the_same_seed_makes_the_same_exercise_in_another_process():
    program = (
        "import json, sys; from vpclab.learning.generated import generate;"
        "made = [generate(seed) for seed in range(25)];"
        "print(json.dumps([[one.id, one.question.model_dump_json(), one.texts['ja'].model_dump_json()]"
        " for one in made]))"
    )

    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "2")
    ]

    assert runs[0] == runs[1]
    assert [one[0] for one in json.loads(runs[0])] == [generate(seed).id for seed in range(25)]


def test_every_choice_of_the_sandbox_can_be_told_in_every_language():
    for language in languages():
        t = load_words(language)
        for name in CHOICES:
            if name in ("destination", "gateway_endpoint", "interface_endpoint") or is_several(name):
                continue
            section = "caller" if name == "source" else f"given.{name}"
            missing = [text for text in texts_of(name) if not t.has(f"generated.{section}.{text}")]
            assert not missing, name


def test_what_happens_and_why_tells_apart_what_a_person_would_confuse():
    for trap in TRAPS:
        exercise = asked("reason", trap, 30)
        assert exercise is not None, trap
        assert isinstance(exercise.question, OneQuestion)
        for language in languages():
            right = answer_of(exercise.question)[0]
            others = set(exercise.question.choices) - {right}
            told = exercise.texts[language]
            assert all(told.choices[right] != told.choices[other] for other in others)
