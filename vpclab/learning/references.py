"""Whether content holds together: ids lead somewhere, texts mark what there is, walks show what is said.

One short function for each kind of record; each yields problems with their place in the record's file.
Chapters have a file of their own, `chapter_references.py`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vpclab.errors import Problem
from vpclab.learning import markup
from vpclab.learning.content_files import ContentFile, Place
from vpclab.learning.models import Entry, Fact, Stage, Statement, Term
from vpclab.learning.questions import Network
from vpclab.learning.telling import OWN_VALUE, is_no_day
from vpclab.presets import load_presets
from vpclab.sandbox.choice_texts import CHOICES, unreadable
from vpclab.sandbox.setup import walk_of
from vpclab.sandbox.shown import setup_of, shown_by
from vpclab.texts import Text

AS_IS = "as-is"
"""The verdict on a statement of the source document that holds as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything that a reference can lead to; `chapters` has the ids of the sections of each."""

    facts: Mapping[str, Fact]
    terms: Collection[str]
    entries: Collection[str]
    chapters: Mapping[str, Collection[str]]


def text_problems(file: ContentFile, place: Place, text: str, known: Known) -> Iterator[Problem]:
    """What a text marks that there is not, and numbers that should be values of facts."""
    yield from unknown(file, place, markup.terms(text), known.terms, "unknown_term", at_place=True)
    yield from unknown(file, place, markup.fact_marks(text), known.facts, "unknown_fact", at_place=True)
    yield from _value_problems(file, place, text, known)
    for kind, target in markup.links(text):
        if not _leads_somewhere(kind, target, known):
            yield file.problem(place, "dangling_link", target=f"{kind}:{target}")
    for number in markup.typed_numbers(text):
        yield file.problem(place, "typed_number", number=number)


def _value_problems(file: ContentFile, place: Place, text: str, known: Known) -> Iterator[Problem]:
    for fact, name in markup.values(text):
        if fact not in known.facts:
            yield file.problem(place, "unknown_fact", name=fact)
        elif name not in known.facts[fact].values:
            values = ", ".join(known.facts[fact].values)
            yield file.problem(place, "unknown_value", name=f"{fact}.{name}", known=values)


def _leads_somewhere(kind: str, target: str, known: Known) -> bool:
    if kind == "chapter":
        return is_taught(target, known)
    if kind == "sandbox":
        return target in {preset.id for preset in load_presets()}
    return target in (known.entries if kind == "faq" else known.terms)


def is_taught(target: str, known: Known) -> bool:
    """Whether `CHAPTER` or `CHAPTER/SECTION` exists."""
    chapter, slash, section = target.partition("/")
    return chapter in known.chapters and (not slash or section in known.chapters[chapter])


def every_text(place: Place, record: Any) -> Iterator[tuple[Place, str]]:
    """All texts inside a record with their places, whichever model it is."""
    if isinstance(record, str):
        yield place, record
    elif isinstance(record, Text):
        yield from every_text(place, record.texts)
    elif isinstance(record, Mapping):
        for key, value in record.items():
            yield from every_text((*place, str(key)), value)
    elif isinstance(record, tuple):
        for number, value in enumerate(record):
            yield from every_text((*place, number), value)
    elif hasattr(type(record), "model_fields"):
        for name in type(record).model_fields:
            yield from every_text((*place, name), getattr(record, name))


def texts_in_languages(place: Place, record: Any) -> Iterator[tuple[Place, Text]]:
    """All texts of a record that stand there in every language."""
    if isinstance(record, Text):
        yield place, record
    elif isinstance(record, tuple):
        for number, value in enumerate(record):
            yield from texts_in_languages((*place, number), value)
    elif hasattr(type(record), "model_fields"):
        for name in type(record).model_fields:
            yield from texts_in_languages((*place, name), getattr(record, name))


def record_problems(file: ContentFile, place: Place, record: Any, known: Known) -> Iterator[Problem]:
    """What the texts of a record mark, and whether its languages use the same values."""
    for inner, text in texts_in_languages(place, record):
        for language, words in text.texts.items():
            yield from text_problems(file, (*inner, language), words, known)
        used = [set(markup.values(words)) for words in text.texts.values()]
        if any(names != used[0] for names in used):
            yield file.problem(inner, "placeholders_differ", name=str(inner[-1]))


def fact_problems(
    file: ContentFile, place: Place, fact: Fact, price: Callable[[str], bool]
) -> Iterator[Problem]:
    """A fact's placeholders are its values, the same in every language; prices exist."""
    texts = [fact.holds] if fact.corrects is None else [fact.holds, fact.corrects.instead]
    used: set[str] = set()
    for text in texts:
        names = [{match[1] for match in OWN_VALUE.finditer(words)} for words in text.texts.values()]
        if any(one != names[0] for one in names):
            yield file.problem((*place, "holds"), "placeholders_differ", name=fact.id)
        used |= set().union(*names)
    for name in sorted(used - fact.values.keys()):
        yield file.problem(place, "unknown_value", name=name, known=", ".join(fact.values))
    for name in sorted(fact.values.keys() - used):
        yield file.problem((*place, "values", name), "unused_value", name=name)
    for name, value in fact.values.items():
        if not price(value):
            yield file.problem((*place, "values", name), "unknown_price", name=value)
        if is_no_day(value):
            yield file.problem((*place, "values", name), "no_such_day", value=value)


def term_problems(file: ContentFile, place: Place, term: Term, known: Known) -> Iterator[Problem]:
    """A term's references and texts."""
    yield from unknown(file, (*place, "facts"), term.facts, known.facts, "unknown_fact")
    yield from unknown(file, (*place, "see"), term.see, known.terms, "unknown_term")
    yield from _taught_problems(file, (*place, "chapter"), term.chapter, known)
    yield from record_problems(file, place, term, known)


def entry_problems(file: ContentFile, place: Place, entry: Entry, known: Known) -> Iterator[Problem]:
    """An entry's references, texts and network."""
    yield from unknown(file, (*place, "facts"), entry.facts, known.facts, "unknown_fact")
    yield from unknown(file, (*place, "related"), entry.related, known.entries, "unknown_entry")
    if entry.id in entry.related:
        yield file.problem((*place, "related"), "refers_to_itself", name=entry.id)
    yield from _taught_problems(file, (*place, "chapter"), entry.chapter, known)
    for language, asks in entry.asks.items():
        if not asks:
            yield file.problem((*place, "asks", language), "empty_text", language=language)
    yield from record_problems(file, place, entry, known)
    if entry.network is not None:
        yield from network_problems(file, (*place, "network"), entry.network)


def _taught_problems(file: ContentFile, place: Place, target: str, known: Known) -> Iterator[Problem]:
    if not is_taught(target, known):
        yield file.problem(place, "dangling_link", target=target)


def statement_problems(
    file: ContentFile, place: Place, statement: Statement, known: Known
) -> Iterator[Problem]:
    """A statement of the source document leads to a section, and to a fact where it is corrected."""
    if "/" not in statement.taught or not is_taught(statement.taught, known):
        yield file.problem((*place, "taught"), "dangling_link", target=statement.taught)
    if statement.verdict == AS_IS:
        return
    fact = known.facts.get(statement.verdict)
    if fact is None:
        yield file.problem((*place, "verdict"), "unknown_fact", name=statement.verdict)
    elif fact.corrects is None:
        yield file.problem((*place, "verdict"), "fact_corrects_nothing", name=statement.verdict)


def network_problems(file: ContentFile, place: Place, network: Network) -> Iterator[Problem]:
    """Whether a network can be made, and shows what it is said to show."""
    for name in unreadable(network.choices):
        value = network.choices[name]
        yield file.problem((*place, "choices", name), "unknown_choice", name=name, value=value)
    setup = setup_of(network.start, network.choices)
    if setup is None:
        yield file.problem((*place, "start"), "unknown_example", name=network.start)
        return
    walked = walk_of(setup)
    shown = shown_by(walked)
    if shown != network.shows:
        yield file.problem((*place, "shows"), "shows_something_else", said=network.shows, shown=shown)
    if isinstance(network, Stage):
        yield from _stage_problems(file, place, network, [str(hop.kind) for hop in walked.hops])


def _stage_problems(
    file: ContentFile, place: Place, stage: Stage, kinds: Collection[str]
) -> Iterator[Problem]:
    for name in stage.unlock:
        if name not in CHOICES:
            yield file.problem((*place, "unlock"), "unknown_choice", name=name, value="")
    if stage.opens is not None and stage.opens not in kinds:
        known = ", ".join(dict.fromkeys(kinds))
        yield file.problem((*place, "opens"), "does_not_decide", name=stage.opens, known=known)


def unknown(
    file: ContentFile,
    place: Place,
    names: Iterable[str],
    known: Collection[str],
    code: str,
    *,
    at_place: bool = False,
) -> Iterator[Problem]:
    """The names that there are not; each at its position in a list, or all `at_place`."""
    for number, name in enumerate(names):
        if name not in known:
            yield file.problem(place if at_place else (*place, number), code, name=name)


def repeated(file: ContentFile, place: Place, names: Iterable[str]) -> Iterator[Problem]:
    """The names that stand in a list twice."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield file.problem((*place, number), "repeated_id", name=name)
        seen.add(name)


def same_keys(
    file: ContentFile, place: Place, found: Collection[str], wanted: Collection[str]
) -> Iterator[Problem]:
    """The keys that are missing, and those that are too many."""
    for name in wanted:
        if name not in found:
            yield file.problem((*place, name), "missing_key", name=name)
    for name in found:
        if name not in wanted:
            yield file.problem((*place, name), "unknown_key", name=name)


def taken(file: ContentFile, names: Iterable[str], there: Collection[str]) -> Iterator[Problem]:
    """The ids of records that another file of the same chapter has already."""
    for number, name in enumerate(names):
        if name in there:
            yield file.problem((number, "id"), "repeated_id", name=name)
