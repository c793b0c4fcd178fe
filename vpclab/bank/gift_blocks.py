"""A GIFT file cut into its questions: lines between empty lines, with what the comments say of each.

As Moodle does it: an empty line ends a question wherever it stands, and a line that starts with `//` is no
part of one. What `gift.py` writes into comments is read from there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vpclab.bank.candidates import known_kinds
from vpclab.bank.gift_text import GENERAL, first, marks, unescaped, unmarked
from vpclab.bank.report import LONGEST_TEXT, LeftOut, Report, without_control_characters
from vpclab.exchange.plain_data import LINE_END

# Bounded, so that a comment of nothing but openings is gone through once.
_TAG = re.compile(r"\[tag:([^\[\]\n]{1,200})\]")
_ID = re.compile(r"\[id:([^\[\]\n]{1,200})\]")
_OWN = re.compile(r"//\s*(choices|order|targets|pairs):(.*)")
_CATEGORY = "$CATEGORY:"
_GAP = "_____"
_LONGEST = 20 * LONGEST_TEXT
"""How many characters a whole question may have; a longer one is not looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The lines of one question. `own` has the ids that our own comments list."""

    line: int
    text: str
    id: str
    tags: Mapping[str, tuple[str, ...]]
    own: Mapping[str, tuple[str, ...]]

    def tag(self, name: str) -> str:
        """The first value of a tag; empty where there is none."""
        return next(iter(self.tags.get(name, ())), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A question taken apart: what it asks, and what stands between its braces."""

    title: str
    prompt: str
    answers: str
    general: str
    is_html: bool


def blocks(text: str, report: Report) -> Iterator[Block]:
    """The questions of a file, each with the number of its first line."""
    lines: list[str] = []
    start = 1
    for number, line in enumerate((*LINE_END.split(text), ""), start=1):
        if line.strip():
            lines.append(line)
            continue
        if lines:
            block = _block(start, lines, report)
            if block is not None:
                yield block
        lines, start = [], number + 1


def _block(start: int, lines: Sequence[str], report: Report) -> Block | None:
    comments = [line.strip() for line in lines if _is_comment(line)]
    kept = ["" if _is_comment(line) or line.strip().startswith(_CATEGORY) else line.strip() for line in lines]
    bare = "\n".join(kept)
    if not bare.strip():
        return None
    line = start + len(bare) - len(bare.lstrip("\n"))
    if len(bare) > _LONGEST:
        report.tell(line, "text_too_long", length=len(bare), limit=_LONGEST)
        return None
    tags: dict[str, list[str]] = {}
    for tag in _TAG.findall("\n".join(comments)):
        name, _, value = tag.partition(":")
        tags.setdefault(name, []).append(value.strip())
    ids = [name.strip() for comment in comments for name in _ID.findall(comment)]
    own = [match for match in map(_OWN.match, comments) if match is not None]
    return Block(
        line=line,
        text=without_control_characters(bare.strip(), line, report),
        id=ids[0] if ids else "",
        tags={name: tuple(values) for name, values in tags.items()},
        own={match[1]: tuple(match[2].split()) for match in own},
    )


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("//")


def parts_of(block: Block, report: Report) -> Parts:
    """Title, prompt and answers of a block. Raises LeftOut after telling what is wrong with its braces."""
    title, text = _title(block, report)
    opening, closing = first(text, "{"), first(text, "}")
    if opening < 0 and closing < 0:
        report.tell(block.line, "kind_not_read", kind="description", known=known_kinds())
        raise LeftOut
    if opening < 0 or closing < opening:
        report.tell(block.line, "brace_missing", brace="}" if closing < 0 else "{")
        raise LeftOut
    before, inside, after = text[:opening], text[opening + 1 : closing], text[closing + 1 :]
    if first(inside + after, "{", "}") >= 0:
        report.tell(block.line, "several_answer_blocks")
        raise LeftOut
    kind, asked = unmarked(before + (f"{_GAP}{after}" if after.strip() else ""))
    general = next(iter([*marks(inside, GENERAL)][-1:]), len(inside))
    return Parts(
        title=title,
        prompt=unescaped(asked),
        answers=inside[:general].strip(),
        general=unescaped(unmarked(inside[general + len(GENERAL) :])[1]),
        is_html=kind == "html",
    )


def _title(block: Block, report: Report) -> tuple[str, str]:
    """The title and what follows it."""
    if not block.text.startswith("::"):
        return "", block.text
    end = first(block.text[2:], "::")
    if end < 0:
        report.tell(block.line, "title_not_closed")
        return "", block.text[2:]
    return unescaped(block.text[2 : end + 2]), block.text[end + 4 :]
