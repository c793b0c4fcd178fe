"""A small reader of response processing, so that tests score items as a delivery system would.

It knows the rules and expressions of QTI 2.1 that the product writes, and fails on any other.
"""

from lxml.etree import _Element as Element

from vpclab.bank.qti_xml import NAMESPACE

NS = f"{{{NAMESPACE}}}"


class Session:
    """One answer to one item: run it, then look at `outcomes`."""

    def __init__(self, item: Element, response: object) -> None:
        self.item = item
        self.values = {"RESPONSE": response}
        for declared in item.findall(f"{NS}outcomeDeclaration"):
            start = declared.findtext(f"{NS}defaultValue/{NS}value")
            self.values[declared.get("identifier")] = None if start is None else float(start)
        self.rules(item.find(f"{NS}responseProcessing"))

    @property
    def score(self) -> float:
        return self.values["SCORE"]

    @property
    def feedback(self) -> list[str]:
        return self.values["FEEDBACK"] or []

    def rules(self, parent: Element) -> None:
        for rule in parent:
            if rule.tag == f"{NS}setOutcomeValue":
                self.values[rule.get("identifier")] = self.value(rule[0])
            elif rule.tag == f"{NS}responseCondition":
                self.condition(rule)

    def condition(self, rule: Element) -> None:
        for branch in rule:
            if branch.tag == f"{NS}responseElse" or self.value(branch[0]):
                self.rules(branch)
                return

    def value(self, expression: Element) -> object:
        name = expression.tag.removeprefix(NS)
        parts = [self.value(part) for part in expression]
        return getattr(self, f"_{name}")(expression, *parts)

    def _variable(self, expression: Element) -> object:
        return self.values[expression.get("identifier")]

    def _baseValue(self, expression: Element) -> object:  # noqa: N802 - the name of the expression
        return float(expression.text) if expression.get("baseType") == "float" else expression.text

    def _isNull(self, _: Element, value: object) -> bool:  # noqa: N802 - same
        return value is None or value == []

    def _match(self, _: Element, one: object, other: object) -> bool:
        return one == other

    def _equal(self, expression: Element, one: float | None, other: float) -> bool:
        below, above = map(float, expression.get("tolerance", "0 0").split())
        return one is not None and other - below <= one <= other + above

    def _index(self, expression: Element, values: list[str] | None) -> str | None:
        place = int(expression.get("n"))
        return values[place - 1] if values and place <= len(values) else None

    def _sum(self, _: Element, *values: float) -> float:
        return sum(values)

    def _divide(self, _: Element, one: float, other: float) -> float:
        return one / other

    def _multiple(self, _: Element, *values: object) -> list[str]:
        found: list[str] = []
        for value in values:
            found += value if isinstance(value, list) else [] if value is None else [value]
        return found

    def _mapResponse(self, _: Element) -> float:  # noqa: N802 - same
        mapping = self.item.find(f"{NS}responseDeclaration/{NS}mapping")
        points = {entry.get("mapKey"): float(entry.get("mappedValue")) for entry in mapping}
        given = self.values["RESPONSE"]
        total = sum(points.get(key, 0.0) for key in set(given if isinstance(given, list) else [given]))
        return max(float(mapping.get("lowerBound")), min(float(mapping.get("upperBound")), total))
