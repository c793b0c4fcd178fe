"""Questions to Moodle GIFT, one language a file: https://docs.moodle.org/en/GIFT_format.

What GIFT has no place for stands in comments, which Moodle skips and `gift_reader.py` reads.
"""

from collections.abc import Iterator, Mapping, Sequence

from vpclab.bank.gift_text import GENERAL, escaped, pair_part, part, weight
from vpclab.bank.records import (
    FULL,
    NONE,
    READABLE,
    Item,
    ItemChoice,
    Target,
    hint,
    network_lines,
    plain_number,
    verdict_why,
    verdict_words,
    verdicts,
)
from vpclab.learning.questions import QuestionKind
from vpclab.words import Words

BULLET = "▸ "
"""What stands before each choice in the feedback for a whole question."""

_CATEGORY = "$CATEGORY: $course$/top"


def write_gift(items: Sequence[Item], titles: Mapping[str, str], t: Words) -> str:
    """The questions as one GIFT file; `titles` are those of the chapters, which become categories."""
    lines: list[str] = []
    chapter = None
    for item in items:
        if item.chapter != chapter:
            chapter = item.chapter
            path = (t("interface.product.name"), item.language, titles.get(chapter, chapter))
            lines += ["/".join((_CATEGORY, *map(_in_path, path))), ""]
        lines += [*_question(item, t), ""]
    return "\n".join(lines)


def _in_path(name: str) -> str:
    """A name inside a category's path, where a slash parts names and two of them are one."""
    return " ".join(name.split()).replace("/", "//")


def _question(item: Item, t: Words) -> Iterator[str]:
    yield "// " + " ".join([f"[id:{item.id}]", *(f"[tag:{tag}]" for tag in tags(item))])
    yield from _own_comments(item)
    yield f"::{escaped(item.id)}::[plain]{escaped(prompt(item, t))}" + "{" + _opening(item)
    yield from _answers(item, t)
    feedback = _general(item)
    if feedback:
        yield GENERAL + feedback
    yield "}"


def tags(item: Item) -> Iterator[str]:
    """What a question is about, and what of it a format has no place for, as `name:value`."""
    yield f"kind:{item.kind}"
    yield f"language:{item.language}"
    yield f"chapter:{item.chapter}"
    if item.section:
        yield f"section:{item.section}"
    yield from (f"fact:{fact}" for fact in item.facts)
    if item.misconception:
        yield f"misconception:{item.misconception}"
    if item.unit:
        yield f"unit:{item.unit}"
    if item.network is not None:
        yield "network:yes"


def _own_comments(item: Item) -> Iterator[str]:
    """The ids of choices and targets, in the order in which they follow; only for what is read back."""
    if item.kind not in READABLE or item.network is not None:
        return
    written = _right_first(item) if item.kind is QuestionKind.NUMBER else item.choices
    yield f"// choices: {' '.join(choice.id for choice in written)}"
    if written != item.choices:
        yield f"// order: {' '.join(choice.id for choice in item.choices)}"
    if item.targets:
        yield f"// targets: {' '.join(target.id for target in item.targets)}"
        unused = [target.id for target in _unused(item)]
        yield f"// pairs: {' '.join([*(choice.target for choice in item.choices), *unused])}"


def prompt(item: Item, t: Words) -> str:
    """The question, the network in words, and how to answer, each after an empty line."""
    parts = (item.prompt, "\n".join(network_lines(item, t)), hint(item, t))
    return "\n\n".join(part for part in parts if part)


def _opening(item: Item) -> str:
    return "#" if item.kind is QuestionKind.NUMBER else ""


def _answers(item: Item, t: Words) -> Iterator[str]:
    match item.kind:
        case QuestionKind.TRUTH:
            yield from _verdicts(item, t)
        case QuestionKind.SEVERAL:
            for choice in item.choices:
                yield f"~%{weight(choice.credit)}%{part(choice.text)}{_feedback(choice.why)}"
        case QuestionKind.MATCH:
            yield from _pairs(item)
        case QuestionKind.ORDER:
            for number, choice in enumerate(item.choices, start=1):
                yield f"={_left(choice.text)} -> {number}"
        case QuestionKind.NUMBER:
            yield from _figures(item)
        case _:
            for choice in item.choices:
                yield ("=" if choice.credit else "~") + part(choice.text) + _feedback(choice.why)


def _verdicts(item: Item, t: Words) -> Iterator[str]:
    """Each answer to a statement as a choice; half of the points stand for the statement alone."""
    for verdict in verdicts(item):
        mark = "=" if verdict.credit == FULL else f"~%{weight(verdict.credit)}%" if verdict.credit else "~"
        text = verdict_words(verdict.holds, verdict.reason.text, t)
        yield f"{mark}{part(text)}{_feedback(verdict_why(item, verdict, t))}"


def _pairs(item: Item) -> Iterator[str]:
    """What belongs together; what nothing belongs to has nothing on its left, which Moodle offers as well."""
    words = {target.id: target.text for target in item.targets}
    for choice in item.choices:
        yield f"={_left(choice.text)} -> {pair_part(words[choice.target])}"
    for target in _unused(item):
        yield f"= -> {pair_part(target.text)}"


def _left(text: str) -> str:
    return ("[plain]" if text.startswith("[") else "") + pair_part(text)


def _unused(item: Item) -> tuple[Target, ...]:
    """The targets that nothing belongs to."""
    used = {choice.target for choice in item.choices}
    return tuple(target for target in item.targets if target.id not in used)


def _figures(item: Item) -> Iterator[str]:
    """The right figure, then those of known mistakes, which are worth nothing."""
    for choice in _right_first(item):
        assert choice.figure is not None
        share = FULL if choice.is_right else NONE
        within = plain_number(choice.figure * item.tolerance)
        yield f"=%{weight(share)}%{plain_number(choice.figure)}:{within}{_feedback(choice.why)}"


def _right_first(item: Item) -> tuple[ItemChoice, ...]:
    """The right figure before all others: Moodle takes the first that a number is near enough to."""
    return tuple(sorted(item.choices, key=lambda choice: not choice.is_right))


def _feedback(why: str) -> str:
    return f"#{part(why)}" if why else ""


def _general(item: Item) -> str:
    """What becomes of the network's request, and the reasons of pairs and places, which have no feedback."""
    lines = [item.verdict] if item.verdict else []
    if item.kind in (QuestionKind.MATCH, QuestionKind.ORDER):
        lines += [f"{BULLET}{choice.text}\n{choice.why}" for choice in item.choices if choice.why]
    return part("\n".join(lines)) if lines else ""
