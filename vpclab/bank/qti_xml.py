"""The XML of QTI 2.1, element by element: https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html."""

from collections.abc import Iterable
from decimal import Decimal
from xml.etree.ElementTree import Element, indent, tostring

from vpclab.bank.records import plain_number
from vpclab.exchange.plain_data import FORBIDDEN_CHARACTERS

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

SCORE, RESPONSE, FEEDBACK = "SCORE", "RESPONSE", "FEEDBACK"


def element(tag: str, *inside: Element | str, **attributes: str) -> Element:
    """An element with its attributes; of what is inside, a text comes first."""
    made = Element(tag, attributes)
    for one in inside:
        if isinstance(one, str):
            made.text = _allowed(one)
        else:
            made.append(one)
    return made


def root(
    tag: str, *inside: Element, namespace: str = NAMESPACE, schema: str = SCHEMA, **attributes: str
) -> Element:
    """The outermost element of a file, with its namespace and schema."""
    made = element(tag, *inside, **attributes)
    made.set("xmlns", namespace)
    made.set("xmlns:xsi", INSTANCE)
    made.set("xsi:schemaLocation", f"{namespace} {schema}")
    return made


def paragraphs(text: str) -> list[Element]:
    """Each line of a text as a paragraph."""
    return [element("p", line) for line in text.split("\n") if line.strip()]


def file_of(made: Element) -> bytes:
    """A whole file. Elements with text are left as they are, since spaces in them count."""
    indent(made)
    body: bytes = tostring(made, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _allowed(text: str) -> str:
    """The text without what XML cannot carry even escaped."""
    return FORBIDDEN_CHARACTERS.sub("", text)


# --- expressions -------------------------------------------------------------------------------------


def variable(name: str) -> Element:
    """The value of a response or an outcome."""
    return element("variable", identifier=name)


def value(text: str, kind: str = "float") -> Element:
    """A constant."""
    return element("baseValue", text, baseType=kind)


def equal(name: str, number: Decimal, within: Decimal) -> Element:
    """Whether a variable is a number, or as near to it as that; a tolerance has to be more than 0."""
    here, around = plain_number(number), plain_number(within)
    near = {"toleranceMode": "absolute", "tolerance": f"{around} {around}"} if within else {}
    return element("equal", variable(name), value(here), **({"toleranceMode": "exact"} | near))


def put(name: str, expression: Element) -> Element:
    """Give an outcome a value."""
    return element("setOutcomeValue", expression, identifier=name)


def when(condition: Element, *rules: Element, otherwise: Iterable[Element] = ()) -> Element:
    """Rules that count only where a condition holds."""
    made = element("responseCondition", element("responseIf", condition, *rules))
    others = tuple(otherwise)
    if others:
        made.append(element("responseElse", *others))
    return made


def declared(name: str, cardinality: str, base: str, *inside: Element) -> Element:
    """The declaration of a response."""
    return element("responseDeclaration", *inside, identifier=name, cardinality=cardinality, baseType=base)


def correct(*values: str) -> Element:
    """The right response."""
    return element("correctResponse", *(element("value", one) for one in values))


def mapping(points: Iterable[tuple[str, str]], most: str) -> Element:
    """Points for each value of a response, from 0 up to `most`."""
    return element(
        "mapping",
        *(element("mapEntry", mapKey=key, mappedValue=worth) for key, worth in points),
        lowerBound="0",
        upperBound=most,
        defaultValue="0",
    )
