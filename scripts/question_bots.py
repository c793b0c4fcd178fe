"""How far somebody comes who knows nothing: `python -m scripts.question_bots`.

One bot picks the longest choice, one the choice that shares most words with what is asked, in each language.
Choices of tied length or overlap count as a part, as if the bot drew lots. Chance is what drawing lots among
all choices gives. Asked are the questions with exactly one right choice in the author's own words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from vpclab.learning.exercise import Exercise, exercises
from vpclab.learning.library import load_library
from vpclab.learning.models import Library
from vpclab.learning.questions import OneQuestion, TruthQuestion
from vpclab.learning.search_text import fold, japanese_tokens, latin_tokens
from vpclab.learning.telling import as_words
from vpclab.words import languages, load_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a bot reached: the share of questions answered right, beside what chance gives."""

    bot: str
    language: str
    share: float
    chance: float
    count: int


def scores(library: Library) -> Iterator[Score]:
    """Every bot in every language."""
    asked = [one for one in exercises(library) if isinstance(one.question, OneQuestion | TruthQuestion)]
    for language in languages():
        for bot, value in BOTS.items():
            won = [_won(library, exercise, language, value) for exercise in asked]
            chance = sum(1 / len(exercise.question.choices) for exercise in asked) / len(asked)
            share = sum(won) / len(won)
            yield Score(bot=bot, language=language, share=share, chance=chance, count=len(asked))


def _won(
    library: Library,
    exercise: Exercise,
    language: str,
    value: Callable[[Sequence[str], Sequence[str], str], float],
) -> float:
    """What the bot gets for one question: 1, 0, or a part where it has to draw lots."""
    t = load_words(language)
    words = exercise.texts[language]
    ask = _tokens(as_words(library, words.ask, t))
    told = {choice: as_words(library, words.choices[choice], t) for choice in exercise.question.choices}
    values = {choice: value(ask, _tokens(text), text) for choice, text in told.items()}
    best = [choice for choice in values if values[choice] == max(values.values())]
    return (exercise.question.answer[0] in best) / len(best)


def _tokens(text: str) -> list[str]:
    """The words of a text in either language, as the search cuts them."""
    return [*latin_tokens(fold(text)), *japanese_tokens(text)]


def _length(_ask: Sequence[str], _choice: Sequence[str], text: str) -> float:
    return len(text)


def _shared(ask: Sequence[str], choice: Sequence[str], _text: str) -> float:
    return len({*ask} & {*choice})


BOTS = {"longest": _length, "most shared words": _shared}


def main() -> None:
    """Print the table."""
    for score in scores(load_library()):
        print(
            f"{score.bot:18} {score.language}  {score.share:.3f}  (chance {score.chance:.3f}, "
            f"{score.count} questions)"
        )


if __name__ == "__main__":
    main()
