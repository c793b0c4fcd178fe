"""IAM policy JSON to PolicyDocument. Also as text, the way `aws ec2 describe-vpc-endpoints` prints it."""

import re
from ipaddress import ip_network
from typing import Any

from vpclab.errors import Problem
from vpclab.exchange.reading import (
    INVALID,
    Notebook,
    any_text,
    choice,
    is_absent,
    mapping,
    missing,
    one_of,
    shown,
    text,
    unknown_key,
)
from vpclab.network.policy_document import (
    OPERATOR_NAMES,
    Condition,
    Effect,
    PolicyDocument,
    PolicyStatement,
    parse_operator,
)

_VERSIONS = ("2012-10-17", "2008-10-17")
_DOCUMENT = ("Version", "Id", "Statement")
_STATEMENT = (
    *("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"),
    *("Resource", "NotResource", "Condition"),
)
_PRINCIPAL_KINDS = ("AWS", "Service", "Federated", "CanonicalUser")
# An account, an ARN, everybody, or the unique id that AWS puts in place of a deleted role.
_PRINCIPAL = re.compile(r"[0-9]{12}|arn:.+|\*|A[A-Z0-9]{15,}")


MAX_LENGTH = 20_480
"""Characters of a policy: AWS's quota for endpoint policies, and the size of a bucket policy.

AWS: "Amazon VPC quotas", https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
"""


def policy(notebook: Notebook, value: Any) -> Any:
    """A policy document, as a mapping or as JSON text."""
    before = len(notebook.problems)
    if isinstance(value, str):
        value = _from_text(notebook, value)
        if value is INVALID:
            return INVALID
    given = mapping(notebook, value, _DOCUMENT)
    if given is None:
        return INVALID
    if _length(given) > MAX_LENGTH:
        notebook.tell("policy_too_long", limit=MAX_LENGTH)
        return INVALID
    version = given.get("Version")
    if not is_absent(version):
        version = notebook.at("Version", one_of(*_VERSIONS), version)
    statements = notebook.at("Statement", _statements, given.get("Statement"))
    # Equal keys in a policy given as text are told by now; the rest was read for its own mistakes.
    if len(notebook.problems) > before:
        return INVALID
    return PolicyDocument(statements=statements, version=version or _VERSIONS[0])


def _length(value: Any) -> int:
    """Characters of all texts and keys of a policy."""
    if isinstance(value, dict):
        return sum(len(str(key)) + _length(inner) for key, inner in value.items())
    if isinstance(value, list):
        return sum(map(_length, value))
    return len(value) if isinstance(value, str) else 1


def _from_text(notebook: Notebook, value: str) -> Any:
    from vpclab.exchange.json_data import read_json  # imported late: few files need it
    from vpclab.exchange.plain_data import MAX_NODES, ProblemList, Unreadable

    notebook.budget.policy_characters -= len(value)
    if notebook.budget.policy_characters < 0:
        # One text may be named many times by aliases, and costs its length each time.
        facts = {"limit": MAX_NODES}
        raise Unreadable(Problem(path=tuple(notebook.path), code="too_many_values", facts=facts))
    problems = ProblemList()
    try:
        document = read_json(value, problems).value
    except Unreadable as error:
        if error.problem.code != "not_json":
            return notebook.tell(error.problem.code, **error.problem.facts)
        return notebook.tell("policy_text_not_json", detail=error.problem.facts["detail"])
    for problem in problems:
        # Lines inside the text are not lines of the file.
        notebook.problems.append(
            Problem(path=(*notebook.path, *problem.path), code=problem.code, facts=problem.facts)
        )
    return document


def _statements(notebook: Notebook, value: Any) -> Any:
    if is_absent(value):
        return ()
    if not isinstance(value, list):
        found = _statement(notebook, value)
        return INVALID if found is INVALID else (found,)
    statements = [notebook.at(number, _statement, item) for number, item in enumerate(value)]
    return INVALID if INVALID in statements else tuple(statements)


def _statement(notebook: Notebook, value: Any) -> Any:
    before = len(notebook.problems)
    given = mapping(notebook, value, _STATEMENT)
    if given is None:
        return INVALID
    missing(notebook, given, "Effect")
    for pair in (("Action", "NotAction"), ("Resource", "NotResource")):
        if is_absent(given.get(pair[0])) == is_absent(given.get(pair[1])):
            notebook.tell("exactly_one_of", keys=", ".join(pair))
    if not is_absent(given.get("Principal")) and not is_absent(given.get("NotPrincipal")):
        notebook.tell("at_most_one_of", keys="Principal, NotPrincipal")

    def part(key: str, reader: Any) -> Any:
        return None if is_absent(given.get(key)) else notebook.at(key, reader, given[key])

    values = {
        "effect": part("Effect", one_of(*map(str, Effect))),
        "sid": part("Sid", any_text),
        "principals": part("Principal", _principals),
        "not_principals": part("NotPrincipal", _principals),
        "actions": part("Action", _texts),
        "not_actions": part("NotAction", _texts),
        "resources": part("Resource", _texts),
        "not_resources": part("NotResource", _texts),
        "conditions": part("Condition", _conditions) or (),
    }
    if len(notebook.problems) > before:
        return INVALID
    return PolicyStatement(**{**values, "effect": Effect(values["effect"])})


def _texts(notebook: Notebook, value: Any) -> Any:
    """One text or a list of texts."""
    if not isinstance(value, list):
        return (text(notebook, value),)
    return tuple(notebook.at(number, text, item) for number, item in enumerate(value))


def _principals(notebook: Notebook, value: Any) -> Any:
    """`*`, or names by kind. Other kinds than AWS stay in front of the name: they never match."""
    if value == "*":
        return ("*",)
    if not isinstance(value, dict) or not value:
        return notebook.tell("not_a_principal", value=shown(value))
    found: list[str] = []
    before = len(notebook.problems)
    for kind, names in value.items():
        if kind not in _PRINCIPAL_KINDS:
            unknown_key(notebook, kind, _PRINCIPAL_KINDS)
        elif kind == "AWS":
            found += notebook.at(kind, _aws_principals, names)
        else:
            found += (f"{kind}:{name}" for name in notebook.at(kind, _texts, names))
    if not found and len(notebook.problems) == before:
        return notebook.tell("not_a_principal", value=shown(value))
    return tuple(found)


def _aws_principals(notebook: Notebook, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(notebook.at(number, _aws_principal, item) for number, item in enumerate(value))
    return (_aws_principal(notebook, value),)


def _aws_principal(notebook: Notebook, value: Any) -> Any:
    if type(value) is int:
        return notebook.tell("account_needs_quotes", value=f"{value:012d}")
    given = text(notebook, value)
    if given is INVALID or _PRINCIPAL.fullmatch(given):
        return given
    return notebook.tell("not_an_aws_principal", value=shown(given))


def _conditions(notebook: Notebook, value: Any) -> Any:
    if not isinstance(value, dict):
        return notebook.tell("expected_mapping", value=shown(value))
    found: list[Condition] = []
    for operator, block in value.items():
        notebook.path.append(operator)
        found += _block(notebook, block, operator)
        notebook.path.pop()
    return tuple(found)


def _block(notebook: Notebook, value: Any, name: str) -> tuple[Condition, ...]:
    operator = parse_operator(name)
    if operator is None:
        similar = notebook.similar(name, OPERATOR_NAMES)
        if similar is None:
            notebook.tell("unknown_operator", operator=shown(name))
        else:
            notebook.tell("unknown_operator_but_similar", operator=shown(name), similar=similar)
        return ()
    if not isinstance(value, dict):
        notebook.tell("expected_mapping", value=shown(value))
        return ()
    found = []
    for key, given in value.items():
        notebook.path.append(key)
        values = _condition_values(notebook, given, operator.comparison)
        notebook.path.pop()
        found.append(Condition(name=name, operator=operator, key=key, values=values))
    return tuple(found)


def _condition_values(notebook: Notebook, given: Any, comparison: str) -> tuple[str, ...]:
    if is_absent(given):
        # IAM's own grammar: a condition without values would not be "left out" but never true.
        notebook.tell("condition_without_values")
        return ()
    if not isinstance(given, list):
        return (_condition_value(notebook, given, comparison),)
    return tuple(
        notebook.at(number, lambda book, item: _condition_value(book, item, comparison), item)
        for number, item in enumerate(given)
    )


def _condition_value(notebook: Notebook, value: Any, comparison: str) -> str:
    """The value as text; the comparison decides what the text must look like."""
    if value is None or isinstance(value, dict | list):
        notebook.tell("expected_text", value=shown(value))
        return ""
    if isinstance(value, str) and any_text(notebook, value) is INVALID:
        return ""
    written = shown(value) if isinstance(value, bool) else str(value)
    if comparison in ("Bool", "Null"):
        choice(notebook, written.lower(), ("true", "false"))
    elif comparison.startswith("Numeric"):
        _check_number(notebook, written)
    elif comparison == "IpAddress":
        _check_range(notebook, written)
    return written


def _check_number(notebook: Notebook, written: str) -> None:
    if not re.fullmatch(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?", written):
        notebook.tell("not_a_number", value=shown(written))


def _check_range(notebook: Notebook, written: str) -> None:
    """An address or a range of either family; as in IAM, a range need not begin at its first address."""
    try:
        ip_network(written, strict=False)
        is_sound = re.fullmatch("[0-9]{1,3}", written.partition("/")[2] or "0") is not None
    except ValueError:
        is_sound = False
    if not is_sound:  # `ip_network` also reads netmasks, which IAM does not
        notebook.tell("not_a_range", value=shown(written))
