"""Generated exercises: a seed draws a trap, a network for it and a kind of question; the engine answers.

The same seed makes the same exercise everywhere, so that its id, `generated/trap/seed`, is all that is kept.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from random import Random

from pydantic import TypeAdapter

from vpclab.learning import generated_answers, generated_guesses
from vpclab.learning.exercise import GENERATED, Exercise
from vpclab.learning.fates import START, fate_of, walked
from vpclab.learning.generated_choices import FEWEST, Choice
from vpclab.learning.networks import GUESSES
from vpclab.learning.questions import Guess, Network, Question, QuestionKind, QuestionText
from vpclab.learning.situation import situation
from vpclab.learning.trap_table import TRAPS, traps_of_fact
from vpclab.learning.traps import Scene, Trap, scene_of
from vpclab.network.vocabulary import Verdict
from vpclab.sandbox.choice_texts import to_texts
from vpclab.sandbox.choices import Choices
from vpclab.sandbox.setup import Setup
from vpclab.sandbox.shown import shown_by
from vpclab.words import languages, load_words

__all__ = ["SEEDS", "TRAPS", "generate", "generated_exercise", "kinds_of", "traps_of_fact"]

SEEDS = 2**32
"""Seeds count from 0; others are taken modulo this."""

_TRIES = 12
_STRIDE = 0x9E3779B1
_ID = re.compile(rf"{GENERATED}/([a-z0-9-]+)/(0|[1-9][0-9]{{0,9}})", re.ASCII)

_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)
_Builder = Callable[[Scene, Random], list[Choice]]
_BUILDERS: Mapping[str, _Builder] = {
    "outcome": generated_guesses.outcomes,
    "way": generated_guesses.ways,
    "stop": generated_guesses.stops,
    "reason": generated_answers.reasons,
    "mend": generated_answers.mends,
    "spoil": generated_answers.spoils,
}


def generate(seed: int, *, trap: str | None = None, difficulty: int | None = None) -> Exercise:
    """The exercise that a seed makes: of the trap where one is named (one of TRAPS), else of any.

    With a `difficulty`, from 1 to 3, it is the nearest to it that the seed finds.
    """
    tries = [(seed + number * _STRIDE) % SEEDS for number in range(_TRIES if difficulty is not None else 1)]
    drawn = ((_trap(number, trap), number) for number in tries)
    best = None
    for one, number in drawn:
        off = abs(scene_of(one, number).difficulty - (difficulty or 0))
        if best is None or off < best[0]:
            best = off, one, number
        if difficulty is None or off == 0:
            break
    assert best is not None
    return _exercise(best[1], best[2])


def _trap(seed: int, name: str | None) -> Trap:
    if name is not None:
        return TRAPS[name]
    return Random(f"trap/{seed}").choice(tuple(TRAPS.values()))  # noqa: S311 - to learn from, no secret


def generated_exercise(name: str) -> Exercise | None:
    """The generated exercise with this id, made again; None where the id names none."""
    found = _ID.fullmatch(name)
    if found is None or found[1] not in TRAPS or int(found[2]) >= SEEDS:
        return None
    return _exercise(TRAPS[found[1]], int(found[2]))


@lru_cache(maxsize=256)
def _exercise(trap: Trap, seed: int) -> Exercise:
    scene = scene_of(trap, seed)
    random = Random(f"{trap.id}/{seed}/question")  # noqa: S311 - to learn from, no secret
    kind, choices = next(_asked(scene, random))
    if kind not in GUESSES:
        random.shuffle(choices)
    return Exercise(
        id=f"{GENERATED}/{trap.id}/{seed}",
        question=_question(scene, seed, kind, choices),
        texts={language: _texts(scene, kind, choices, language) for language in languages()},
        setup=scene.setup,
        chapter=trap.chapter,
        section=trap.section,
        trap=trap.id,
        difficulty=scene.difficulty,
    )


def _asked(scene: Scene, random: Random) -> Iterator[tuple[str, list[Choice]]]:
    """Kinds of questions that fit, in an order of the seed, with their choices."""
    kinds = list(kinds_of(scene))
    random.shuffle(kinds)
    for kind in kinds:
        choices = _BUILDERS[kind](scene, random)
        if len(choices) >= FEWEST:
            yield kind, choices


def kinds_of(scene: Scene) -> tuple[str, ...]:
    """The kinds of questions that a scene can ask; what happens and why can always be asked."""
    now, turned = fate_of(scene.setup), fate_of(scene.turned)
    fits = {
        "reason": True,
        "way": Verdict.DENIED not in (now.verdict, turned.verdict),  # a refusal has no way, and is an answer
        "outcome": now.verdict is not turned.verdict,
        "stop": not now.is_delivered,
        "mend": turned.is_delivered and not now.is_delivered and scene.trap.mends,
        "spoil": now.is_delivered and not turned.is_delivered,
    }
    return tuple(kind for kind, is_fit in fits.items() if is_fit)


def _question(scene: Scene, seed: int, kind: str, choices: list[Choice]) -> Question:
    trap = scene.trap
    data: dict[str, object] = {
        "id": f"{trap.id}-{seed}",
        "section": trap.section,
        "facts": trap.facts,
        "misconception": trap.misconception,
        "choices": tuple(choice.id for choice in choices),
    }
    if kind in GUESSES:
        is_point = kind == Guess.STOP
        data["kind"] = QuestionKind.POINT if is_point else QuestionKind.PREDICT
        data |= {"guess": Guess(kind), "stage": _network(scene.setup)}
    else:
        data |= {
            "kind": QuestionKind.ONE,
            "answer": tuple(choice.id for choice in choices if choice.is_right),
        }
    return _QUESTION.validate_python(data)


def _network(setup: Setup) -> Network:
    usual = to_texts(Choices())
    choices = {name: text for name, text in to_texts(setup.choices).items() if text != usual[name]}
    return Network(start=START, choices=choices, shows=shown_by(walked(setup)))


def _texts(scene: Scene, kind: str, choices: list[Choice], language: str) -> QuestionText:
    t = load_words(language)
    told = situation(scene.setup, scene.trap, t)
    return QuestionText(
        ask=t("walk.phrase.between_sentences").join((told, t(f"generated.ask.{kind}"))),
        choices={choice.id: choice.says[language] for choice in choices if choice.says is not None},
        why={choice.id: choice.why[language] for choice in choices},
    )
