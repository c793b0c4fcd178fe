"""Moodle GIFT to questions: `read_gift(data, chapter, t) -> Brought`.

What the braces hold decides the type, as in Moodle; a tag `kind:…` of our own only tells apart types that
look alike. Whatever the file is, the outcome is a value.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NoReturn, TypeVar

from vpclab.bank.candidates import MOST, Candidate, Settler, ids_for, known_kinds
from vpclab.bank.drafts import Brought
from vpclab.bank.gift import BULLET
from vpclab.bank.gift_blocks import Block, Parts, blocks, parts_of
from vpclab.bank.gift_text import ARROW, first, split, unescaped, unmarked, weighed
from vpclab.bank.records import FULL, Item, ItemChoice, Target, hint, verdict_words
from vpclab.bank.report import MOST_QUESTIONS, LeftOut, Report, text_of
from vpclab.learning.questions import QuestionKind
from vpclab.words import Words

_T = TypeVar("_T", ItemChoice, Target)
_NUMBER = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?")
_TRUTH = ("T", "TRUE", "F", "FALSE")
_SHARE = Decimal("0.000001")
_OF_NETWORKS = (QuestionKind.PREDICT, QuestionKind.POINT)


def read_gift(data: bytes, chapter: str, t: Words) -> Brought:
    """The questions of a GIFT file, for a chapter, in the language of `t`."""
    report, items = Report(), list[Item]()
    settler = Settler(chapter, t, report)
    for block in blocks(text_of(data, report) or "", report):
        if len(items) >= MOST_QUESTIONS:
            report.tell(block.line, "too_many_questions", limit=MOST_QUESTIONS)
            break
        if report.is_full:
            break
        try:
            items.append(_BlockReader(block, settler).item())
        except LeftOut:
            continue
    return Brought(chapter=chapter, language=t.language, items=tuple(items), report=report.in_order())


class _BlockReader:
    """Reads one question. Whatever cannot be kept raises LeftOut after the report was told."""

    def __init__(self, block: Block, settler: Settler) -> None:
        self.block = block
        self.settler = settler
        self.report = settler.report
        self.t = settler.t
        self.is_html = False
        self.found = Candidate(
            line=block.line,
            kind=QuestionKind.ONE,
            given_id=block.id,
            language=block.tag("language"),
            unit=block.tag("unit"),
            section=block.tag("section"),
            facts=block.tags.get("fact", ()),
            misconception=block.tag("misconception"),
        )

    def item(self) -> Item:
        parts = parts_of(self.block, self.report)
        kind = self.block.tag("kind")
        if kind in _OF_NETWORKS or self.block.tag("network"):
            self.leave_out("needs_network", kind=kind)
        self.found.title, self.found.prompt = parts.title, parts.prompt
        self.is_html = parts.is_html
        self.read_answers(parts)
        self.read_general(parts.general)
        self.drop_hint()
        if self.is_html:
            self.report.tell(self.block.line, "html_text")
        return self.settler.settle(self.found)

    def leave_out(self, code: str, **facts: object) -> NoReturn:
        self.report.tell(self.block.line, code, **facts)
        raise LeftOut

    def read_answers(self, parts: Parts) -> None:
        """Find out the type as Moodle does, and read its answers."""
        answers, kind = parts.answers, self.block.tag("kind")
        if not answers:
            self.leave_out("kind_not_read", kind="essay", known=known_kinds())
        if answers.startswith("#"):
            self.read_figures(answers[1:])
        elif first(answers, "~") >= 0:
            if kind == QuestionKind.TRUTH:
                self.read_verdicts(answers)
            else:
                self.read_choices(answers)
        elif first(answers, "=") >= 0 and first(answers, ARROW) >= 0:
            if kind == QuestionKind.ORDER:
                self.read_order(answers)
            else:
                self.read_pairs(answers)
        elif answers[: first(answers, "#") if first(answers, "#") > 0 else None].strip() in _TRUTH:
            self.found.kind = QuestionKind.TRUTH
            self.found.holds = answers.startswith("T")
            self.report.tell(self.block.line, "reasons_missing")
        else:
            self.leave_out("kind_not_read", kind="short answer", known=known_kinds())

    # --- parts of answers ------------------------------------------------------------------------------

    def text(self, raw: str) -> str:
        """A text without its format marker and escapes."""
        kind, rest = unmarked(raw)
        self.is_html = self.is_html or kind == "html"
        return unescaped(rest)

    def answered(self, raw: str) -> tuple[str, str]:
        """The answer and the feedback after the first `#`."""
        at = first(raw, "#")
        return (raw, "") if at < 0 else (raw[:at], self.text(raw[at + 1 :]))

    def weight(self, written: str | None) -> Fraction | None:
        """A weight as a share of the points."""
        if written is None:
            return None
        try:
            share = Fraction(Decimal(written)) / 100
        except (InvalidOperation, ValueError, OverflowError):
            self.leave_out("wrong_weight", value=written)
        if len(written) > 12 or abs(share) > 1:
            self.leave_out("wrong_weight", value=written)
        return share

    def refuse_many(self, parts: Sequence[str]) -> None:
        """Leave out what has more answers than any type; a statement has two for each reason."""
        if len(parts) > 2 * MOST:
            self.leave_out("too_many_choices", count=len(parts))

    def weigh(self, name: str, weight: Fraction | None) -> None:
        """Remember which credit the file gives to a choice."""
        if weight is not None:
            self.found.weights[name] = weight

    def options(self, answers: str) -> list[tuple[str, str, str, Fraction | None]]:
        """Each choice with its mark: mark, text, reason, weight."""
        before, parts = split(answers, "=", "~")
        if before.strip():
            self.leave_out("kind_not_read", kind="text before the choices", known=known_kinds())
        self.refuse_many(parts)
        found = []
        for part in parts:
            written, rest = weighed(part[1:])
            text, why = self.answered(rest)
            found.append((part[0], self.text(text), why, self.weight(written)))
        return found

    # --- types -----------------------------------------------------------------------------------------

    def read_choices(self, answers: str) -> None:
        """One right choice where one is marked `=`; several where weights tell which are right."""
        options = self.options(answers)
        is_one = any(mark == "=" for mark, _, _, _ in options)
        self.found.kind = QuestionKind.ONE if is_one else QuestionKind.SEVERAL
        names = ids_for(len(options), self.block.own.get("choices", ()))
        for name, (mark, text, why, weight) in zip(names, options, strict=True):
            is_right = mark == "=" if is_one else weight is not None and weight > 0
            self.found.choices.append(ItemChoice(id=name, text=text, why=why, is_right=is_right))
            self.weigh(name, FULL if mark == "=" else weight)

    def read_verdicts(self, answers: str) -> None:
        """Choices that say whether a statement holds, and why; each reason stands with both."""
        self.found.kind = QuestionKind.TRUTH
        starts = {holds: verdict_words(holds, "", self.t) for holds in (True, False)}
        read: list[tuple[bool, ItemChoice]] = []
        for mark, text, why, _ in self.options(answers):
            holds = next((holds for holds, start in starts.items() if text.startswith(start)), None)
            if holds is None:
                self.leave_out("verdict_unclear", value=text, expected=starts[True])
            reason = text.removeprefix(starts[holds])
            read.append((holds, ItemChoice(id="", text=reason, why=why, is_right=mark == "=")))
        self.found.holds = next((holds for holds, choice in read if choice.is_right), None)
        if self.found.holds is None:
            self.leave_out("no_right_choice")
        # What is said of a reason on the wrong side is about the statement as well.
        reasons = [choice for holds, choice in read if holds is self.found.holds]
        names = ids_for(len(reasons), self.block.own.get("choices", ()))
        self.found.choices = [replace(reason, id=name) for name, reason in zip(names, reasons, strict=True)]

    def pairs(self, answers: str) -> list[tuple[str, str]]:
        """The two sides of each pair."""
        before, parts = split(answers, "=")
        if before.strip():
            self.leave_out("pair_without_arrow")
        self.refuse_many(parts)
        found = []
        for part in parts:
            at = first(part, ARROW)
            if at < 0:
                self.leave_out("pair_without_arrow")
            found.append((self.text(part[1:at]), unescaped(part[at + len(ARROW) :])))
        return found

    def read_pairs(self, answers: str) -> None:
        """Things and what they belong to; what nothing belongs to has an empty left side."""
        self.found.kind = QuestionKind.MATCH
        pairs = self.pairs(answers)
        texts = list(dict.fromkeys(right for _, right in pairs))
        given = self.block.own.get("pairs", ())
        ids = (
            dict(zip((right for _, right in pairs), given, strict=False)) if len(given) == len(pairs) else {}
        )
        names = ids_for(len(texts), [ids.get(text, "") for text in texts])
        target = dict(zip(texts, names, strict=True))
        left = [(text, right) for text, right in pairs if text]
        choices = ids_for(len(left), self.block.own.get("choices", ()))
        self.found.choices = [
            ItemChoice(id=name, text=text, is_right=True, target=target[right])
            for name, (text, right) in zip(choices, left, strict=True)
        ]
        self.found.targets = _ordered(
            [Target(id=name, text=text) for text, name in target.items()], self.block.own.get("targets", ())
        )

    def read_order(self, answers: str) -> None:
        """Things and their positions, of our own export."""
        self.found.kind = QuestionKind.ORDER
        pairs = self.pairs(answers)
        wanted = [str(number) for number in range(1, len(pairs) + 1)]
        wrong = next((right for _, right in pairs if right not in wanted), None)
        if wrong is not None or len({right for _, right in pairs}) < len(pairs):
            self.leave_out("not_a_position", value=wrong or pairs[-1][1], count=len(pairs))
        choices = ids_for(len(pairs), self.block.own.get("choices", ()))
        placed = sorted(zip(pairs, choices, strict=True), key=lambda one: int(one[0][1]))
        self.found.choices = [ItemChoice(id=name, text=text, is_right=True) for (text, _), name in placed]

    def read_figures(self, answers: str) -> None:
        """The right figure and those of known mistakes, which are worth nothing."""
        self.found.kind = QuestionKind.NUMBER
        before, parts = split(answers, "=", "~")
        raw = [part[1:] for part in parts if part[0] == "="] or [before]
        self.refuse_many(raw)
        names = ids_for(len(raw), self.block.own.get("choices", ()))
        for name, part in zip(names, raw, strict=True):
            written, rest = weighed(part)
            text, why = self.answered(rest)
            weight = self.weight(written)
            figure, within = self.figure(unescaped(text))
            is_right = weight is None or weight > 0
            if is_right:
                self.found.tolerance = (within / figure).quantize(_SHARE) if figure else Decimal(0)
            self.found.choices.append(ItemChoice(id=name, text="", why=why, is_right=is_right, figure=figure))
            self.weigh(name, weight)
        self.found.choices = _ordered(self.found.choices, self.block.own.get("order", ()))

    def figure(self, text: str) -> tuple[Decimal, Decimal]:
        """A figure and how far an answer may be from it: `43.8:0.5`, `43.3..44.3`, `43.8`."""
        low, dots, high = text.partition("..")
        if dots:
            least, most = self.number(low), self.number(high)
            return (least + most) / 2, abs(most - least) / 2
        figure, colon, within = text.partition(":")
        return self.number(figure), self.number(within) if colon else Decimal(0)

    def number(self, text: str) -> Decimal:
        if not _NUMBER.fullmatch(text.strip()):
            self.leave_out("not_a_number", value=text)
        return Decimal(text.strip())

    # --- around the answers ----------------------------------------------------------------------------

    def read_general(self, general: str) -> None:
        """The reasons of pairs and places, as `gift.py` writes them; other feedback for all has no place."""
        if not general:
            return
        if self.found.kind not in (QuestionKind.MATCH, QuestionKind.ORDER):
            self.report.tell(self.block.line, "general_feedback")
            return
        told = f"\n{general}".split(f"\n{BULLET}")[1:]
        for number, choice in enumerate(self.found.choices):
            if told and told[0].startswith(f"{choice.text}\n"):
                why = told.pop(0).removeprefix(f"{choice.text}\n")
                self.found.choices[number] = replace(choice, why=why)
        if told or not general.startswith(BULLET):
            self.report.tell(self.block.line, "whys_not_apart")

    def drop_hint(self) -> None:
        """Take away what `gift.py` adds to the prompt."""
        plain = Item(id="", kind=self.found.kind, language="", prompt="", choices=(), unit=self.found.unit)
        said = hint(plain, self.t)
        if said:
            self.found.prompt = self.found.prompt.removesuffix(said).rstrip()


def _ordered(found: list[_T], names: Sequence[str]) -> list[_T]:
    """The records in the order that the file lists their ids in, if it lists all of them."""
    by_id = {one.id: one for one in found}
    return [by_id[name] for name in names] if sorted(by_id) == sorted(names) else found
