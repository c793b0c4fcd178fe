"""What authors write inside texts besides Markdown: terms, fact marks, values, links (docs/course.md, 1).

This file finds them and fills in values; `ui/reading` makes them visible.
"""

import re
from collections.abc import Iterator

TERM = re.compile(r"\[\[([a-z0-9-]+)(?:\\?\|([^\]]+))?\]\]")  # in a table, the bar is escaped
FACT = re.compile(r"\[\^([a-z0-9-]+)\]")
VALUE = re.compile(r"\{([a-z0-9-]+)\.([a-z0-9_]+)\}")
LINK = re.compile(r"\]\((chapter|faq|sandbox|glossary):([^)\s]*)\)")

_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_OUTSIDE_LINK = re.compile(r"\]\(https?://[^)\s]*\)")

_NAMES = re.compile(
    # Numbers that are names: parts of words (S3, IPv4, EC2), addresses and CIDR blocks, versions of TLS,
    # ports and status codes, lengths of a prefix such as /28.
    r"[A-Za-z][A-Za-z0-9._/-]*"
    r"|\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?"
    r"|/\d{1,2}\b"
    r"|\b1\.[0-3]\b"
    r"|\b(?:22|53|80|443|587|3306|5432|6081|301|400|403|404|503)\b"
    r"|1:1"
)
_AMOUNT = re.compile(
    # A small number that a unit of money, size or time follows is a figure, not a count of things. One of a
    # unit is the unit itself: "1 GB あたり".
    r"(?!1\b)\d[\d.,]*\s*(?:%|％|USD|ドル|円|[KMGTP]i?B\b|[GMK]bps|秒|分|時間|日|か月|ヶ月|カ月|年|バイト|文字"
    r"|(?:second|minute|hour|day|week|month|year|byte|character|dollar|cent)s?\b)"
)
_NUMBER = re.compile(r"\d[\d.,]*")
_MOST_COUNT = 10


def terms(text: str) -> Iterator[str]:
    """The ids of the terms that a text mentions."""
    return (match[1] for match in TERM.finditer(_CODE.sub("", text)))


def fact_marks(text: str) -> Iterator[str]:
    """The ids of the facts that are marked in a text."""
    return (match[1] for match in FACT.finditer(_CODE.sub("", text)))


def values(text: str) -> Iterator[tuple[str, str]]:
    """The values that a text uses: the fact's id and the value's name."""
    return ((match[1], match[2]) for match in VALUE.finditer(text))


def links(text: str) -> Iterator[tuple[str, str]]:
    """The links inside the product: what they lead to, and which one."""
    return ((match[1], match[2]) for match in LINK.finditer(_CODE.sub("", text)))


def typed_numbers(text: str) -> tuple[str, ...]:
    """The numbers that should be values of facts: amounts, and what is no count up to ten and no name."""
    bare = _CODE.sub(" ", text)
    for pattern in (_OUTSIDE_LINK, LINK, VALUE, FACT):
        bare = pattern.sub(" ", bare)
    bare = TERM.sub(lambda match: match[2] or " ", bare)
    found = [match[0] for match in _AMOUNT.finditer(bare)]
    bare = _NAMES.sub(" ", _AMOUNT.sub(" ", bare))
    bare = re.sub(r"^\s*\d+\.\s", " ", bare, flags=re.MULTILINE)  # numbered lists
    for match in _NUMBER.finditer(bare):
        number = match[0].rstrip(".,")
        if not (number.isdecimal() and int(number) <= _MOST_COUNT):
            found.append(number)
    return tuple(found)


def plain(text: str) -> str:
    """The text as words alone: terms by their words, no fact marks, no Markdown; code is as it is."""
    parts = _CODE.split(text)
    codes = [match[0].strip("`") for match in _CODE.finditer(text)]
    return "".join(_plain_words(part) + code for part, code in zip(parts, [*codes, ""], strict=True))


def _plain_words(text: str) -> str:
    bare = FACT.sub("", text)
    bare = TERM.sub(lambda match: match[2] or match[1].replace("-", " "), bare)
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", bare)
    return bare.replace("**", "")
