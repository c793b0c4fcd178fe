"""Questions to a text file that Anki imports: https://docs.ankiweb.net/importing/text-files.html.

One note a question, with its question on the front, and its answer with every reason on the back. The same
question has the same guid every time, so that importing again renews the notes and keeps what was learnt.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from vpclab.bank.records import Item, ItemChoice, hint, mixed, network_lines, plain_number
from vpclab.learning.questions import QuestionKind
from vpclab.words import Words

_GUID_LENGTH = 20


def write_anki(items: Sequence[Item], titles: Mapping[str, str], t: Words) -> str:
    """The questions as one file; `titles` are those of the chapters, which become decks inside a deck."""
    header = (
        "#separator:tab",
        "#html:true",
        f"#deck:{_deck(t('interface.product.name'), t.language)}",
        "#guid column:1",
        "#notetype column:2",
        "#deck column:3",
        "#tags column:6",
    )
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for item in items:
        deck = _deck(t("interface.product.name"), t.language, titles.get(item.chapter, item.chapter))
        fields = (guid(item), t("bank.anki.notetype"), deck, _front(item, t), _back(item, t), _tags(item))
        writer.writerow([" ".join(field.split()) for field in fields])
    return "\n".join(header) + "\n" + out.getvalue()


def guid(item: Item) -> str:
    """What Anki knows a note by: the same for the same question in the same language."""
    return hashlib.sha256(f"{item.id}/{item.language}".encode()).hexdigest()[:_GUID_LENGTH]


def _deck(*names: str) -> str:
    return "::".join(name.replace("::", ":").replace('"', "'") for name in names)


def _tags(item: Item) -> str:
    about = (item.misconception,) if item.misconception else ()
    return " ".join(
        (
            f"chapter::{item.chapter}",
            f"kind::{item.kind}",
            *(f"fact::{fact}" for fact in item.facts),
            *(f"misconception::{name}" for name in about),
        )
    )


def _front(item: Item, t: Words) -> str:
    """The question, its network in words, and what can be chosen."""
    parts = [_lines(item.prompt)]
    if item.picture:
        heading, *lines = network_lines(item, t)
        parts.append(escape(heading) + _list("ul", (escape(line.removeprefix("- ")) for line in lines)))
    if item.kind is not QuestionKind.NUMBER:
        parts.append(_list("ol", (_lines(choice.text) for choice in mixed(item))))
    if item.targets:
        parts.append(_list("ul", (_lines(target.text) for target in item.targets)))
    said = hint(item, t)
    return "".join([*map(_paragraph, parts), f"<p><i>{escape(said)}</i></p>" if said else ""])


def _back(item: Item, t: Words) -> str:
    """The right answer, what becomes of the request, and the reason of each choice."""
    return "".join(
        (
            _paragraph(f"<b>{escape(t('bank.anki.right'))}</b>" + _right(item, t)),
            _paragraph(_lines(item.verdict)) if item.verdict else "",
            _list("ul", (_reason(choice) for choice in item.choices if choice.why)),
        )
    )


def _right(item: Item, t: Words) -> str:
    texts = {target.id: target.text for target in item.targets}
    match item.kind:
        case QuestionKind.ORDER:
            return _list("ol", (_lines(choice.text) for choice in item.choices))
        case QuestionKind.MATCH:
            return _list("ul", (_lines(f"{choice.text} → {texts[choice.target]}") for choice in item.choices))
        case QuestionKind.TRUTH:
            told = t(f"bank.truth.{'yes' if item.holds else 'no'}", reason=item.right[0].text)
            return _list("ul", (_lines(told),))
        case QuestionKind.NUMBER:
            percent = plain_number(item.tolerance * 100)
            near = [t("bank.anki.tolerance", percent=percent)] if item.tolerance else []
            return _list("ul", map(_lines, (item.right[0].text, *near)))
        case _:
            return _list("ul", (_lines(choice.text) for choice in item.right))


def _reason(choice: ItemChoice) -> str:
    return f"<b>{_lines(choice.text)}</b><br>{_lines(choice.why)}"


def _lines(text: str) -> str:
    """A text as HTML, with its line ends."""
    return escape(text).replace("\n", "<br>")


def _paragraph(html: str) -> str:
    return f"<div>{html}</div>"


def _list(tag: str, entries: Iterable[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{entry}</li>' for entry in entries)}</{tag}>"
