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

    After a mismatch only the last `*` takes one character more: no pattern makes this slower than the product
    of the two lengths, where a regular expression may go through every way to divide the text.
    """
    if pattern == "*":
        return True
    if ignore_case:
        text, pattern = text.lower(), pattern.lower()
    if "*" not in pattern and "?" not in pattern:
        return text == pattern
    at = in_pattern = taken = 0
    star = -1
    while at < len(text):
        sign = pattern[in_pattern] if in_pattern < len(pattern) else ""
        if sign == "*":
            star, taken = in_pattern, at
            in_pattern += 1
        elif sign in ("?", text[at]):
            at, in_pattern = at + 1, in_pattern + 1
        elif star >= 0:
            taken += 1
            at, in_pattern = taken, star + 1
        else:
            return False
    return not pattern[in_pattern:].strip("*")


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
