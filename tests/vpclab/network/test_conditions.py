import pytest

from tests.designs import condition
from vpclab.network.conditions import expand, is_arn_like, is_like, is_met
from vpclab.network.policy_document import OPERATOR_NAMES, parse_operator

CONTEXT = {
    "aws:sourcevpce": "vpce-s3",
    "aws:sourceip": "203.0.113.10",
    "aws:securetransport": "true",
    "aws:principalarn": "arn:aws:iam::111122223333:role/app",
    "aws:number": "42",
    "aws:word": "forty-two",
}


def met(operator: str, key: str, *values: str) -> bool:
    return is_met(condition(operator, key, *values), CONTEXT)


@pytest.mark.parametrize(
    ("operator", "key", "fitting", "other"),
    [
        ("StringEquals", "aws:SourceVpce", "vpce-s3", "VPCE-S3"),
        ("StringEqualsIgnoreCase", "aws:SourceVpce", "VPCE-S3", "vpce-s"),
        ("StringLike", "aws:SourceVpce", "vpce-*", "vpc-*"),
        ("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::*:role/a?p", "arn:aws:iam::*:user/*"),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:*", "arn:aws:sts::*:*"),
        ("IpAddress", "aws:SourceIp", "203.0.113.0/24", "198.51.100.0/24"),
        ("IpAddress", "aws:SourceIp", "203.0.113.10", "203.0.113.11"),
        ("IpAddress", "aws:SourceIp", "203.0.113.99/24", "2001:db8::/32"),
        ("Bool", "aws:SecureTransport", "True", "false"),
        ("NumericEquals", "aws:Number", "42.0", "43"),
        ("NumericLessThan", "aws:Number", "43", "42"),
        ("NumericLessThanEquals", "aws:Number", "42", "41"),
        ("NumericGreaterThan", "aws:Number", "41", "42"),
        ("NumericGreaterThanEquals", "aws:Number", "42", "43"),
    ],
)
def test_an_operator_compares(operator: str, key: str, fitting: str, other: str):
    assert met(operator, key, fitting)
    assert not met(operator, key, other)
    assert met(operator, key, other, fitting), "several values: any of them"


@pytest.mark.parametrize(
    ("operator", "key", "same", "other"),
    [
        ("StringNotEquals", "aws:SourceVpce", "vpce-s3", "vpce-1"),
        ("StringNotEqualsIgnoreCase", "aws:SourceVpce", "VPCE-s3", "vpce-1"),
        ("StringNotLike", "aws:SourceVpce", "vpce-*", "vpc-*"),
        ("ArnNotEquals", "aws:PrincipalArn", "arn:aws:iam::*:role/app", "arn:aws:iam::*:role/other"),
        ("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::*:role/*", "arn:aws:iam::*:user/*"),
        ("NotIpAddress", "aws:SourceIp", "203.0.113.0/24", "10.0.0.0/8"),
        ("NumericNotEquals", "aws:Number", "42", "43"),
    ],
)
def test_a_negated_operator_wants_none_of_its_values(operator: str, key: str, same: str, other: str):
    assert met(operator, key, other)
    assert not met(operator, key, same)
    assert not met(operator, key, other, same)


POSITIVE = [name for name in OPERATOR_NAMES if "Not" not in name and name != "Null"]
NEGATED = [name for name in OPERATOR_NAMES if "Not" in name]


@pytest.mark.parametrize("operator", POSITIVE)
def test_an_absent_key_does_not_fit_a_positive_operator(operator: str):
    assert not met(operator, "aws:SourceVpc", "1")


@pytest.mark.parametrize("operator", NEGATED)
def test_an_absent_key_fits_a_negated_operator(operator: str):
    assert met(operator, "aws:SourceVpc", "1")


@pytest.mark.parametrize("operator", [*POSITIVE, *NEGATED])
def test_an_absent_key_fits_if_exists(operator: str):
    assert met(f"{operator}IfExists", "aws:SourceVpc", "1")


def test_if_exists_compares_a_key_that_is_there():
    assert not met("StringEqualsIfExists", "aws:SourceVpce", "vpce-other")


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("aws:SourceVpc", "true", True),
        ("aws:SourceVpc", "false", False),
        ("aws:SourceVpce", "true", False),
        ("aws:SourceVpce", "False", True),
    ],
)
def test_null_asks_whether_the_key_is_absent(key: str, value: str, expected: bool):
    assert met("Null", key, value) is expected


def test_keys_ignore_case():
    assert met("StringEquals", "AWS:sourceVPCE", "vpce-s3")


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("ForAnyValue:StringEquals", False),
        ("ForAllValues:StringEquals", True),
        ("ForAnyValue:StringEqualsIfExists", True),
        ("ForAllValues:StringNotEquals", True),
    ],
)
def test_quantifiers_differ_where_the_key_is_absent(operator: str, expected: bool):
    assert met(operator, "aws:SourceVpc", "vpc-main") is expected


@pytest.mark.parametrize("quantifier", ["ForAnyValue:", "ForAllValues:"])
def test_with_one_value_both_quantifiers_say_the_same(quantifier: str):
    assert met(f"{quantifier}StringEquals", "aws:SourceVpce", "vpce-s3")
    assert not met(f"{quantifier}StringEquals", "aws:SourceVpce", "vpce-1")


@pytest.mark.parametrize("operator", ["NumericEquals", "NumericLessThan"])
def test_what_is_no_number_compares_with_none(operator: str):
    assert not met(operator, "aws:Word", "42")
    assert not met(operator, "aws:Number", "many")


def test_what_is_no_address_lies_in_no_network():
    assert not met("IpAddress", "aws:Word", "0.0.0.0/0")
    assert met("NotIpAddress", "aws:Word", "0.0.0.0/0")
    assert not met("IpAddress", "aws:SourceIp", "anywhere")


# --- patterns and variables --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("*", True),
        ("cat", False),
        ("c*t.jpg", True),
        ("c**t.jpg", True),
        ("c?t.jpg", True),
        ("c?.jpg", False),
    ],
)
def test_patterns_know_two_wildcards(pattern: str, fits: bool):
    assert is_like("cat.jpg", pattern) is fits


def test_a_pattern_takes_every_other_character_as_it_is():
    assert is_like("a+b(c)[d].e", "a+b(c)[d].*")
    assert not is_like("catXjpg", "cat.jpg")


def test_a_pattern_reaches_over_lines():
    assert is_like("two\nlines", "two*")


def test_a_wildcard_does_not_reach_across_the_colons_of_an_arn():
    assert is_arn_like("arn:aws:s3:::photos/a:b", "arn:*:s3:::photos/*")
    assert not is_arn_like("arn:aws:s3:ap-northeast-1:1:x", "arn:*:1:x")
    assert is_arn_like("anything", "*")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("plain", "plain"),
        ("${aws:SourceVpce}", "vpce-s3"),
        ("a-${aws:sourcevpce}-b", "a-vpce-s3-b"),
        ("${aws:username}", None),
        ("${aws:username, 'nobody'}", "nobody"),
        ("${*}${?}${$}", "*?$"),
    ],
)
def test_variables_are_filled_in(written: str, expected: str | None):
    assert expand(written, CONTEXT) == expected


def test_a_value_whose_variable_has_no_value_fits_nothing():
    assert not met("StringEquals", "aws:SourceVpce", "${aws:username}")
    assert met("StringNotEquals", "aws:SourceVpce", "${aws:username}")


# --- names of operators ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OPERATOR_NAMES)
def test_every_operator_can_be_taken_apart(name: str):
    parsed = parse_operator(name)

    assert parsed is not None
    assert parsed.negated is ("Not" in name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "stringEquals",
        "DateLessThan",
        "BinaryEquals",
        "NullIfExists",
        "ForSomeValue:StringEquals",
        "IfExists",
    ],
)
def test_other_names_are_not_known(name: str):
    assert parse_operator(name) is None


def test_prefix_and_suffix_go_together():
    parsed = parse_operator("ForAllValues:StringNotLikeIfExists")

    assert parsed is not None
    assert (parsed.comparison, parsed.negated, parsed.if_exists, parsed.quantifier) == (
        "StringLike",
        True,
        True,
        "ForAllValues",
    )
