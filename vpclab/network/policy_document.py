"""IAM policy documents as values: statements, principals, conditions and the operators we know.

Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What a statement does."""

    ALLOW = "Allow"
    DENY = "Deny"


class Quantifier(StrEnum):
    """Prefix of an operator for keys with several values."""

    ANY_VALUE = "ForAnyValue"
    ALL_VALUES = "ForAllValues"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A condition operator taken apart: `comparison` is the positive base, e.g. `StringLike`."""

    comparison: str
    negated: bool = False
    if_exists: bool = False
    quantifier: Quantifier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One line of a Condition block: `name` is the operator as written."""

    name: str
    operator: Operator
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyStatement:
    """One statement. An element that is not written is None; no principal at all means everybody.

    Principals are account ids, ARNs or `*`; other kinds of principal are written `Service:...` and never
    match.
    """

    effect: Effect
    sid: str | None = None
    principals: tuple[str, ...] | None = None
    not_principals: tuple[str, ...] | None = None
    actions: tuple[str, ...] | None = None
    not_actions: tuple[str, ...] | None = None
    resources: tuple[str, ...] | None = None
    not_resources: tuple[str, ...] | None = None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDocument:
    """A whole policy: its statements and the version of the policy language."""

    statements: tuple[PolicyStatement, ...]
    version: str = "2012-10-17"


# Written name -> (positive base, negated). Every other operator of IAM is refused by the reader.
_COMPARISONS: dict[str, tuple[str, bool]] = {
    "StringEquals": ("StringEquals", False),
    "StringNotEquals": ("StringEquals", True),
    "StringEqualsIgnoreCase": ("StringEqualsIgnoreCase", False),
    "StringNotEqualsIgnoreCase": ("StringEqualsIgnoreCase", True),
    "StringLike": ("StringLike", False),
    "StringNotLike": ("StringLike", True),
    # IAM treats ArnEquals and ArnLike alike.
    "ArnEquals": ("ArnLike", False),
    "ArnNotEquals": ("ArnLike", True),
    "ArnLike": ("ArnLike", False),
    "ArnNotLike": ("ArnLike", True),
    "IpAddress": ("IpAddress", False),
    "NotIpAddress": ("IpAddress", True),
    "Bool": ("Bool", False),
    "NumericEquals": ("NumericEquals", False),
    "NumericNotEquals": ("NumericEquals", True),
    "NumericLessThan": ("NumericLessThan", False),
    "NumericLessThanEquals": ("NumericLessThanEquals", False),
    "NumericGreaterThan": ("NumericGreaterThan", False),
    "NumericGreaterThanEquals": ("NumericGreaterThanEquals", False),
    "Null": ("Null", False),
}

OPERATOR_NAMES = tuple(_COMPARISONS)


def parse_operator(name: str) -> Operator | None:
    """Take an operator's written name apart; None where the engine does not know it."""
    quantifier: Quantifier | None = None
    rest = name
    for candidate in Quantifier:
        if rest.startswith(f"{candidate}:"):
            quantifier, rest = candidate, rest.removeprefix(f"{candidate}:")
    if_exists = rest.endswith("IfExists")
    base = _COMPARISONS.get(rest.removesuffix("IfExists"))
    if base is None or (base[0] == "Null" and if_exists):
        return None
    return Operator(comparison=base[0], negated=base[1], if_exists=if_exists, quantifier=quantifier)
