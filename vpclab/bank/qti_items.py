"""One question as an assessmentItem of QTI 2.1, scored from 0 to 1 as the course grades it.

Points are counted whole and divided at the end, so that no share is rounded. After an answer the reasons
appear as modal feedback: for choices those of the chosen ones, for pairs and orders all of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from xml.etree.ElementTree import Element

from vpclab.bank.qti_xml import (
    FEEDBACK,
    RESPONSE,
    SCORE,
    correct,
    declared,
    element,
    equal,
    mapping,
    paragraphs,
    put,
    root,
    value,
    variable,
    when,
)
from vpclab.bank.records import Item, hint, network_lines, plain_number, verdict_why, verdict_words, verdicts
from vpclab.learning.questions import QuestionKind
from vpclab.words import Words

POINTS = "POINTS"
_VERDICT = "verdict"
_TOOL = "VPC Endpoint Lab"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    """One thing to choose: points are counted in parts of the whole."""

    id: str
    text: str
    why: str
    points: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What differs from type to type."""

    declaration: Element
    interaction: Element
    rules: tuple[Element, ...]
    feedback: tuple[tuple[str, str], ...]


def item_name(item: Item) -> str:
    """The identifier of a question; it starts with a letter, and has no slash and no period.

    In QTI a period joins the name of an item with that of its variable. Ours have no underscore.
    """
    return f"q-{item.id.replace('/', '_')}"


def assessment_item(item: Item, t: Words) -> Element:
    """The question as the content of one file."""
    body = _BODIES.get(item.kind, _choice_body)(item, t)
    feedback = [*body.feedback, *([(_VERDICT, item.verdict)] if item.verdict else [])]
    lines = network_lines(item, t)
    picture = [element("div", *(element("p", line) for line in lines))] if lines else []
    made = root(
        "assessmentItem",
        body.declaration,
        _score(),
        _outcome(POINTS, "single", "float", "0"),
        _outcome(FEEDBACK, "multiple", "identifier"),
        element("itemBody", *picture, body.interaction),
        element("responseProcessing", *body.rules),
        *(_modal(name, why) for name, why in feedback if why),
        identifier=item_name(item),
        title=item.id,
        adaptive="false",
        timeDependent="false",
        toolName=_TOOL,
    )
    made.set("xml:lang", item.language)
    return made


def _score() -> Element:
    declaration = _outcome(SCORE, "single", "float", "0")
    declaration.set("normalMaximum", "1")
    return declaration


def _outcome(name: str, cardinality: str, base: str, start: str | None = None) -> Element:
    inside = () if start is None else (element("defaultValue", element("value", start)),)
    return element("outcomeDeclaration", *inside, identifier=name, cardinality=cardinality, baseType=base)


def _modal(name: str, why: str) -> Element:
    return element(
        "modalFeedback",
        *paragraphs(why),
        outcomeIdentifier=FEEDBACK,
        identifier=name,
        showHide="show",
    )


def _prompt(item: Item, t: Words) -> Element:
    return element("prompt", " ".join(part for part in (item.prompt, hint(item, t)) if part))


def _tell(item: Item, *shown: Element) -> Element:
    """Which feedback appears: that of what was answered, and what becomes of the request."""
    verdict = [value(_VERDICT, "identifier")] if item.verdict else []
    return put(FEEDBACK, element("multiple", *shown, *verdict))


def _share(whole: int) -> Element:
    """The points as a share of all that can be had."""
    return put(SCORE, element("divide", variable(POINTS), value(str(whole))))


def _unless_empty(*rules: Element) -> Element:
    empty = element("isNull", variable(RESPONSE))
    return when(empty, put(SCORE, value("0")), otherwise=rules)


# --- choices -----------------------------------------------------------------------------------------


def _options(item: Item, t: Words) -> Iterator[_Option]:
    if item.kind is QuestionKind.TRUTH:
        for verdict in verdicts(item):
            yield _Option(
                id=f"{'true' if verdict.holds else 'false'}_{verdict.reason.id}",
                text=verdict_words(verdict.holds, verdict.reason.text, t),
                why=verdict_why(item, verdict, t),
                points=verdict.credit,
            )
        return
    for choice in item.choices:
        yield _Option(id=f"c-{choice.id}", text=choice.text, why=choice.why, points=choice.credit)


def _choice_body(item: Item, t: Words) -> _Body:
    """One or several choices; each brings or takes its points, and never less than none remain."""
    options = tuple(_options(item, t))
    is_several = item.kind is QuestionKind.SEVERAL
    whole = max(option.points.denominator for option in options)
    points = [(option.id, str(int(option.points * whole))) for option in options if option.points]
    right = [option.id for option in options if option.points > 0 and (is_several or option.points == 1)]
    return _Body(
        declaration=declared(
            RESPONSE,
            "multiple" if is_several else "single",
            "identifier",
            correct(*right),
            mapping(points, str(whole)),
        ),
        interaction=element(
            "choiceInteraction",
            _prompt(item, t),
            *(element("simpleChoice", option.text, identifier=option.id) for option in options),
            responseIdentifier=RESPONSE,
            shuffle=_is(item.guess is None and item.kind is not QuestionKind.TRUTH),
            maxChoices="0" if is_several else "1",
        ),
        rules=(
            _unless_empty(
                put(POINTS, element("mapResponse", identifier=RESPONSE)),
                _share(whole),
                _tell(item, variable(RESPONSE)),
            ),
        ),
        feedback=tuple((option.id, option.why) for option in options),
    )


def _is(holds: bool) -> str:
    return "true" if holds else "false"


def _all_reasons(item: Item) -> Element:
    return _tell(item, *(value(f"c-{choice.id}", "identifier") for choice in item.choices))


def _named_reasons(item: Item) -> tuple[tuple[str, str], ...]:
    """The reasons of all choices, each with the words of its choice, since all of them appear together."""
    return tuple(
        (f"c-{choice.id}", f"{choice.text}: {choice.why}" if choice.why else "") for choice in item.choices
    )


# --- orders, pairs, numbers --------------------------------------------------------------------------


def _order_body(item: Item, t: Words) -> _Body:
    """Things to put in order; each one that stands at its own place brings a point."""
    names = [f"c-{choice.id}" for choice in item.choices]
    return _Body(
        declaration=declared(RESPONSE, "ordered", "identifier", correct(*names)),
        interaction=element(
            "orderInteraction",
            _prompt(item, t),
            *(element("simpleChoice", choice.text, identifier=f"c-{choice.id}") for choice in item.choices),
            responseIdentifier=RESPONSE,
            shuffle="true",
        ),
        rules=(
            *map(_point_for_place, range(1, len(names) + 1), names),
            _share(len(names)),
            _all_reasons(item),
        ),
        feedback=_named_reasons(item),
    )


def _point_for_place(place: int, name: str) -> Element:
    here = element("index", variable(RESPONSE), n=str(place))
    return when(
        element("match", here, value(name, "identifier")),
        put(POINTS, element("sum", variable(POINTS), value("1"))),
    )


def _match_body(item: Item, t: Words) -> _Body:
    """Things to be matched with what they belong to; each right pair brings a point."""
    pairs = [f"c-{choice.id} t-{choice.target}" for choice in item.choices]
    count = len(pairs)
    return _Body(
        declaration=declared(
            RESPONSE,
            "multiple",
            "directedPair",
            correct(*pairs),
            mapping([(pair, "1") for pair in pairs], str(count)),
        ),
        interaction=element(
            "matchInteraction",
            _prompt(item, t),
            _match_set(((f"c-{choice.id}", choice.text) for choice in item.choices), 1),
            _match_set(((f"t-{target.id}", target.text) for target in item.targets), count),
            responseIdentifier=RESPONSE,
            shuffle="true",
            maxAssociations=str(count),
        ),
        rules=(
            _unless_empty(put(POINTS, element("mapResponse", identifier=RESPONSE)), _share(count)),
            _all_reasons(item),
        ),
        feedback=_named_reasons(item),
    )


def _match_set(things: Iterable[tuple[str, str]], most: int) -> Element:
    return element(
        "simpleMatchSet",
        *(
            element("simpleAssociableChoice", text, identifier=name, matchMax=str(most))
            for name, text in things
        ),
    )


def _number_body(item: Item, t: Words) -> _Body:
    """A number to type; the right one is looked for first, then those of known mistakes for their reason."""
    ranked = sorted(item.choices, key=lambda choice: not choice.is_right)
    condition = element("responseCondition")
    for number, choice in enumerate(ranked):
        assert choice.figure is not None
        name = f"c-{choice.id}"
        near = equal(RESPONSE, choice.figure, choice.figure * item.tolerance)
        earned = [put(SCORE, value("1"))] if choice.is_right else []
        told = _tell(item, value(name, "identifier"))
        condition.append(element("responseElseIf" if number else "responseIf", near, *earned, told))
    right = item.right[0].figure
    assert right is not None
    return _Body(
        declaration=declared(RESPONSE, "single", "float", correct(plain_number(right))),
        interaction=element(
            "div",
            *paragraphs("\n".join((item.prompt, hint(item, t)))),
            element("p", element("textEntryInteraction", responseIdentifier=RESPONSE, expectedLength="20")),
        ),
        rules=(condition,),
        feedback=tuple((f"c-{choice.id}", choice.why) for choice in item.choices),
    )


_BODIES = {
    QuestionKind.ORDER: _order_body,
    QuestionKind.MATCH: _match_body,
    QuestionKind.NUMBER: _number_body,
}
