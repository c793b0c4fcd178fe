"""Condition operators of IAM policies: whether a request's key fits a policy's values.

AWS: "IAM JSON policy elements: Condition operators",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html;
"Conditions with multiple context keys or values",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
"""

import operator
import re
from collections.abc import Callable, Mapping
from ipaddress import ip_address, ip_network

from vpclab.network.policy_document import Condition, Quantifier

Context = Mapping[str, str]
"""Condition keys of a request in lower case, with their values; an absent key is not in it."""


def is_met(condition: Condition, context: Context) -> bool:
    """Whether one condition holds.

    An absent key: positive operators do not match, negated ones do, `IfExists` does, `Null: true` does.
    Several values: any of them is enough; for negated operators none of them may fit. Our keys have one value
    each, so `ForAnyValue` needs the key to be there and `ForAllValues` is content when it is not.
    """
    op = condition.operator
    actual = context.get(condition.key.lower())
    if op.comparison == "Null":
        return any((value.lower() == "true") == (actual is None) for value in condition.values)
    if actual is None:
        if op.quantifier is Quantifier.ANY_VALUE and not op.if_exists:
            return False
        return op.negated or op.if_exists or op.quantifier is Quantifier.ALL_VALUES
    compare = _COMPARE[op.comparison]
    fits = any(
        compare(actual, expanded)
        for value in condition.values
        if (expanded := expand(value, context)) is not None
    )
    return fits is not op.negated


_VARIABLE = re.compile(r"\$\{([^}]*)\}")


def expand(value: str, context: Context) -> str | None:
    """A policy value with its variables filled in; None where a variable has no value in this request.

    AWS: "IAM policy elements: Variables and tags",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    if "${" not in value:
        return value
    missing = False

    def fill(match: re.Match[str]) -> str:
        nonlocal missing
        name, _, default = match.group(1).partition(",")
        if name in ("*", "?", "$"):
            return name
        found = context.get(name.strip().lower())
        if found is None and default:
            return default.strip().strip("'")
        missing = missing or found is None
        return found or ""

    filled = _VARIABLE.sub(fill, value)
    return None if missing else filled


def is_like(text: str, pattern: str, *, ignore_case: bool = False) -> bool:
    """Whether a text fits a pattern with `*` (any characters) and `?` (one character).

    Each piece between stars is taken at the first place where it fits: no piece ever needs a second try,
    where a regular expression may go through every way to divide the text.
    """
    if pattern == "*":
        return True
    if ignore_case:
        text, pattern = text.lower(), pattern.lower()
    first, *others = pattern.split("*")
    if not others:
        return len(text) == len(first) and _fits_at(text, first, 0)
    *middle, last = others
    at, end = len(first), len(text) - len(last)
    if at > end or not _fits_at(text, first, 0) or not _fits_at(text, last, end):
        return False
    for piece in middle:
        found = _find(text, piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _fits_at(text: str, piece: str, at: int) -> bool:
    """Whether a piece without stars fits a text at a place where it has room."""
    if "?" not in piece:
        return text.startswith(piece, at)
    return all(sign in ("?", text[at + offset]) for offset, sign in enumerate(piece))


def _find(text: str, piece: str, start: int, end: int) -> int:
    """The first place from `start` where a piece without stars fits before `end`; -1 where there is none."""
    if "?" not in piece:
        return text.find(piece, start, end)
    return next((at for at in range(start, end - len(piece) + 1) if _fits_at(text, piece, at)), -1)


def is_arn_like(arn: str, pattern: str) -> bool:
    """Whether an ARN fits a pattern, compared part by part.

    A wildcard does not reach across a colon of the first five.
    """
    if pattern == "*":
        return True
    parts, patterns = arn.split(":", 5), pattern.split(":", 5)
    return len(parts) == len(patterns) and all(map(is_like, parts, patterns))


def _is_within_network(address: str, network: str) -> bool:
    try:
        return ip_address(address) in ip_network(network, strict=False)
    except (ValueError, TypeError):
        return False


def _numeric(compare: Callable[[float, float], bool]) -> Callable[[str, str], bool]:
    def compared(actual: str, value: str) -> bool:
        try:
            return compare(float(actual), float(value))
        except ValueError:
            return False

    return compared


_COMPARE: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": operator.eq,
    "StringEqualsIgnoreCase": lambda actual, value: actual.lower() == value.lower(),
    "StringLike": is_like,
    "ArnLike": is_arn_like,
    "IpAddress": _is_within_network,
    "Bool": lambda actual, value: actual.lower() == value.lower(),
    "NumericEquals": _numeric(operator.eq),
    "NumericLessThan": _numeric(operator.lt),
    "NumericLessThanEquals": _numeric(operator.le),
    "NumericGreaterThan": _numeric(operator.gt),
    "NumericGreaterThanEquals": _numeric(operator.ge),
}
