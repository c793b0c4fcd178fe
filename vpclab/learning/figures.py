"""Figures of number questions: sums of products of numbers, prices and values of facts, worked out."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from math import prod

from vpclab.learning.models import Fact
from vpclab.learning.prices import PREFIX, Prices, figure
from vpclab.learning.questions import Factor, Figure

FACT = "fact:"
"""How a factor says that it is a value of a fact: `fact:q-mtu.bytes`."""


def value_of(figure_: Figure, prices: Prices | None, facts: Mapping[str, Fact]) -> Decimal | None:
    """The figure worked out; None where a factor of it is unknown."""
    total = Decimal(0)
    for product in figure_:
        factors = [factor_of(factor, prices, facts) for factor in product]
        known = [factor for factor in factors if factor is not None]
        if len(known) < len(factors):
            return None
        total += prod(known, start=Decimal(1))
    return total


def factor_of(factor: Factor, prices: Prices | None, facts: Mapping[str, Fact]) -> Decimal | None:
    """One factor as a number; None for a price or value that there is not, or that is no number."""
    if isinstance(factor, Decimal):
        return factor
    if factor.startswith(PREFIX):
        found = None if prices is None else figure(prices, factor.removeprefix(PREFIX))
        return _number(found)
    name, _, value = factor.removeprefix(FACT).partition(".")
    return _number(facts[name].values.get(value)) if name in facts else None


def unknown_factors(figure_: Figure, prices: Prices | None, facts: Mapping[str, Fact]) -> Iterator[str]:
    """The factors of a figure that stand for nothing."""
    for product in figure_:
        for factor in product:
            if isinstance(factor, str) and factor_of(factor, prices, facts) is None:
                yield factor


def _number(text: str | None) -> Decimal | None:
    """A number as people write it, with commas between thousands."""
    try:
        return None if text is None else Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
