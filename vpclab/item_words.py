"""Item statistics in words: the question and each of its options, in lines, and all of it as CSV."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vpclab.bank.csv_bank import MARK, guarded
from vpclab.bank.items import item_of
from vpclab.bank.records import Item
from vpclab.learning.exercise import exercise_of
from vpclab.learning.item_choices import OTHER, REASON, STATEMENT, Option
from vpclab.learning.item_statistics import FEWEST_SHOWN, SMALL_BELOW, Chosen, ItemStatistics
from vpclab.learning.models import Library
from vpclab.learning.questions import QuestionKind
from vpclab.words import Words

COLUMNS = (
    *("exercise", "kind", "language", "question", "learners", "small_sample", "facility", "discrimination"),
    *("flags", "about", "choice", "text", "right", "chosen", "share", "choice_flag"),
)
"""A row for each option; what is said of the whole item stands in each of its rows."""

_OTHER_ID = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldItem:
    """An item with its question in plain words, and its options, each with its words."""

    statistics: ItemStatistics
    question: str
    options: tuple[tuple[str, Chosen], ...]


def told_items(items: Sequence[ItemStatistics], library: Library, t: Words) -> tuple[ToldItem, ...]:
    """Items in the language of `t`; those that the course has no longer are left out."""
    return tuple(_told(library, items, t))


def _told(library: Library, items: Sequence[ItemStatistics], t: Words) -> Iterator[ToldItem]:
    for one in items:
        exercise = exercise_of(library, one.exercise)
        if exercise is not None:
            item = item_of(library, exercise, t)
            yield ToldItem(
                statistics=one,
                question=" ".join(item.prompt.split()),
                options=tuple((_option_words(item, chosen.option, t), chosen) for chosen in one.chosen),
            )


def _option_words(item: Item, option: Option, t: Words) -> str:
    texts = {choice.id: choice.text for choice in item.choices}
    about, choice = option.about, option.choice
    is_number = item.kind is QuestionKind.NUMBER
    other = t("items.other_figure" if is_number else "items.other")
    if about == STATEMENT:
        return t("items.statement", answer=other if choice == OTHER else t(f"practice.card.{choice}"))
    if about == REASON:
        return t("items.reason", reason=texts.get(choice, other))
    if item.kind is QuestionKind.ORDER:
        place = other if choice == OTHER else t("items.place", number=choice)
        return t("practice.answered.pair", choice=texts[about], target=place)
    if item.kind is QuestionKind.MATCH:
        targets = {target.id: target.text for target in item.targets}
        return t("practice.answered.pair", choice=texts[about], target=targets.get(choice, other))
    return texts.get(choice, other)


def percent(share: float) -> int:
    """A share as people read it."""
    return round(100 * share)


def discrimination_words(item: ItemStatistics, t: Words) -> str:
    """A discrimination as people read it; a mark where it cannot be told."""
    if item.discrimination is None:
        return t("items.unknown")
    return f"{round(item.discrimination, 2) + 0.0:.2f}"  # adding nothing makes of -0 a 0


def remarks(item: ItemStatistics, t: Words) -> tuple[str, ...]:
    """What is conspicuous, in words; that there are few learners comes last."""
    told = [t(f"items.flag.{flag}") for flag in item.flags]
    return (*told, t("items.small", count=SMALL_BELOW)) if item.is_small else tuple(told)


def option_remarks(chosen: Chosen, t: Words) -> tuple[str, ...]:
    """That an option is right, and what is conspicuous about it."""
    right = (t("items.right"),) if chosen.is_right else ()
    return right if chosen.flag is None else (*right, t(f"items.option.{chosen.flag}"))


def flagged_first(items: Sequence[ToldItem]) -> tuple[ToldItem, ...]:
    """The items with something conspicuous before the others, both in their order."""
    return tuple(sorted(items, key=lambda item: not item.statistics.flags))


def summary(items: Sequence[ToldItem], hidden: int, t: Words) -> str:
    """How many items there are; `hidden` are those that too few learners have answered."""
    if not items:
        return t("items.nothing", fewest=FEWEST_SHOWN)
    flagged = sum(bool(item.statistics.flags) for item in items)
    return t("items.summary", shown=len(items), flagged=flagged, hidden=hidden)


def listing(items: Sequence[ToldItem], hidden: int, t: Words) -> Iterator[str]:
    """All of it in lines."""
    for item in flagged_first(items):
        one = item.statistics
        yield f"== {one.exercise}: {item.question}"
        index = discrimination_words(one, t)
        yield t("items.line", learners=one.learners, percent=percent(one.facility), index=index)
        yield from (f"! {remark}" for remark in remarks(one, t))
        for text, chosen in item.options:
            told = ", ".join(option_remarks(chosen, t))
            taken = times_words(chosen, one, t)
            yield f"  {taken}  {' '.join(text.split())}{f'  [{told}]' if told else ''}"
        yield ""
    yield summary(items, hidden, t)


def times_words(chosen: Chosen, item: ItemStatistics, t: Words) -> str:
    """How many learners took an option, and which part of all they are."""
    return t("items.times", count=chosen.count, percent=percent(chosen.count / item.learners))


def write_item_csv(items: Sequence[ToldItem], t: Words) -> str:
    """The items as one CSV file, with its byte order mark; a row for each option."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for item in items:
        for text, chosen in item.options:
            writer.writerow({**_item_cells(item, t), **_option_cells(item, text, chosen)})
    return MARK + out.getvalue()


def _item_cells(item: ToldItem, t: Words) -> dict[str, str]:
    one = item.statistics
    # A number is not guarded: a spreadsheet has to read a negative one, and ours hold nothing but digits.
    return {
        "exercise": guarded(one.exercise),
        "kind": str(one.kind),
        "language": t.language,
        "question": guarded(item.question),
        "learners": str(one.learners),
        "small_sample": str(one.is_small).lower(),
        "facility": f"{one.facility:.4f}",
        "discrimination": "" if one.discrimination is None else f"{one.discrimination:.4f}",
        "flags": " ".join(one.flags),
    }


def _option_cells(item: ToldItem, text: str, chosen: Chosen) -> dict[str, str]:
    return {
        "about": guarded(chosen.option.about),
        "choice": guarded(chosen.option.choice or _OTHER_ID),
        "text": guarded(text),
        "right": str(chosen.is_right).lower(),
        "chosen": str(chosen.count),
        "share": f"{chosen.count / item.statistics.learners:.4f}",
        "choice_flag": "" if chosen.flag is None else str(chosen.flag),
    }
