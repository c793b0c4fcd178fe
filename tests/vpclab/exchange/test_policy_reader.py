"""Policies: IAM's grammar, and each breach of it."""

import json
from typing import Any

import pytest

from vpclab.exchange.policy_reader import policy
from vpclab.exchange.reading import INVALID, Budget, Notebook
from vpclab.network.policy_document import Effect, PolicyDocument

ALLOW: dict[str, Any] = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def read(value: Any) -> PolicyDocument:
    notebook = Notebook((), [], Budget())
    document = policy(notebook, value)
    assert notebook.problems == []
    assert isinstance(document, PolicyDocument)
    return document


def problems(statement: Any) -> list[tuple[str, str]]:
    notebook = Notebook((), [], Budget())
    assert policy(notebook, {"Statement": statement}) is INVALID
    return [(".".join(map(str, problem.path[1:])), problem.code) for problem in notebook.problems]


def test_one_statement_or_a_list_of_them():
    assert read({"Statement": ALLOW}) == read({"Statement": [ALLOW]})
    assert read({"Statement": ALLOW}).statements[0].effect is Effect.ALLOW


def test_one_text_or_a_list_of_them():
    one = read({"Statement": {**ALLOW, "Action": "s3:GetObject"}})

    assert one == read({"Statement": {**ALLOW, "Action": ["s3:GetObject"]}})


def test_a_policy_as_json_text():
    assert read(json.dumps({"Statement": ALLOW})) == read({"Statement": ALLOW})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (None, None),
        ("*", ("*",)),
        ({"AWS": "*"}, ("*",)),
        (
            {"AWS": ["111122223333", "arn:aws:iam::111122223333:root"]},
            ("111122223333", "arn:aws:iam::111122223333:root"),
        ),
        ({"Service": "logs.amazonaws.com"}, ("Service:logs.amazonaws.com",)),
        ({"AWS": "*", "CanonicalUser": ["a", "b"]}, ("*", "CanonicalUser:a", "CanonicalUser:b")),
    ],
)
def test_principals(written: Any, meant: tuple[str, ...] | None):
    assert read({"Statement": {**ALLOW, "Principal": written}}).statements[0].principals == meant


def test_condition_values_become_text():
    conditions = {
        "Bool": {"aws:SecureTransport": False},
        "NumericLessThanEqualsIfExists": {"s3:max-keys": 10},
        "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-1/*", "o-2/*"]},
        "IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "203.0.113.9"]},
    }

    statement = read({"Statement": {**ALLOW, "Condition": conditions}}).statements[0]

    assert [(condition.name, condition.values) for condition in statement.conditions] == [
        ("Bool", ("false",)),
        ("NumericLessThanEqualsIfExists", ("10",)),
        ("ForAnyValue:StringLike", ("o-1/*", "o-2/*")),
        ("IpAddress", ("203.0.113.0/24", "203.0.113.9")),
    ]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"Effect": None}, [("Effect", "missing_key")]),
        ({"Effect": "allow"}, [("Effect", "not_one_of")]),
        ({"Action": None}, [("", "exactly_one_of")]),
        ({"NotAction": "x"}, [("", "exactly_one_of")]),
        ({"NotResource": "x"}, [("", "exactly_one_of")]),
        ({"Actoin": "x"}, [("Actoin", "unknown_key_but_similar")]),
        ({"Principal": "*", "NotPrincipal": "*"}, [("", "at_most_one_of")]),
        ({"Principal": "me"}, [("Principal", "not_a_principal")]),
        ({"Principal": {}}, [("Principal", "not_a_principal")]),
        ({"Principal": {"AWS": 111122223333}}, [("Principal.AWS", "account_needs_quotes")]),
        ({"Principal": {"AWS": ["1111"]}}, [("Principal.AWS.0", "not_an_aws_principal")]),
        ({"Principal": {"Users": "x"}}, [("Principal.Users", "unknown_key")]),
        ({"Condition": "x"}, [("Condition", "expected_mapping")]),
        ({"Condition": {"StringEqual": {}}}, [("Condition.StringEqual", "unknown_operator_but_similar")]),
        ({"Condition": {"BinaryEquals": {}}}, None),
        ({"Condition": {"NullIfExists": {}}}, None),
        ({"Condition": {"Bool": "x"}}, [("Condition.Bool", "expected_mapping")]),
        ({"Condition": {"Bool": {"k": "maybe"}}}, [("Condition.Bool.k", "not_one_of")]),
        ({"Condition": {"Null": {"k": "1"}}}, [("Condition.Null.k", "not_one_of")]),
        ({"Condition": {"NumericEquals": {"k": "ten"}}}, [("Condition.NumericEquals.k", "not_a_number")]),
        (
            {"Condition": {"StringEquals": {"k": []}}},
            [("Condition.StringEquals.k", "condition_without_values")],
        ),
        ({"Condition": {"StringEquals": {"k": [{}]}}}, [("Condition.StringEquals.k.0", "expected_text")]),
        ({"Condition": {"IpAddress": {"k": "here"}}}, [("Condition.IpAddress.k", "not_a_range")]),
        (
            {"Condition": {"IpAddress": {"k": "10.0.0.0/255.0.0.0"}}},
            [("Condition.IpAddress.k", "not_a_range")],
        ),
    ],
)
def test_each_breach_names_its_place(change: dict[str, Any], found: list[tuple[str, str]] | None):
    told = problems({**ALLOW, **change})

    assert told if found is None else told == found


def test_ranges_of_ipv6_and_ranges_with_host_bits_are_accepted():
    values = ["2001:db8::/32", "::1", "10.0.0.5/24", "10.0.0.5"]

    statement = read({"Statement": {**ALLOW, "Condition": {"IpAddress": {"k": values}}}}).statements[0]

    assert statement.conditions[0].values == tuple(values)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            '{"Id": "a", "Id": "b", "Statement": [{"Effect": "Alow"}]}',
            ["duplicate_key_in_json", "not_one_of"],
        ),
        ('{"Id": NaN, "Statement": [{"Effect": "Alow"}]}', ["number_not_finite", "not_one_of"]),
    ],
)
def test_policy_text_with_a_flaw_has_its_statements_checked(text: str, codes: list[str]):
    notebook = Notebook((), [], Budget())

    assert policy(notebook, text) is INVALID
    assert set(codes) <= {problem.code for problem in notebook.problems}


@pytest.mark.parametrize("depth", [70, 5_000])
def test_policy_text_that_is_nested_too_deep_says_so_in_a_sentence(depth: int):
    notebook = Notebook((), [], Budget())

    assert policy(notebook, '{"Statement": ' + "[" * depth + "]" * depth + "}") is INVALID
    assert [problem.code for problem in notebook.problems] == ["nested_too_deep"]


@pytest.mark.parametrize("text", ["", "allow all", "[", '{"Statement": {}, "Statement": {}}', "[" * 5_000])
def test_policy_text_that_is_no_policy(text: str):
    notebook = Notebook((), [], Budget())

    assert policy(notebook, text) is INVALID
    assert notebook.problems


def test_a_policy_longer_than_aws_takes_is_refused():
    resources = [f"arn:aws:s3:::bucket-{number}/*" for number in range(1_000)]
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": resources}

    assert problems([statement]) == [("", "policy_too_long")]
