import pytest

from vpclab.network.names import canonical, covers, is_within, parents


def test_names_are_compared_in_lower_case_and_without_the_final_dot():
    assert canonical("SQS.Ap-Northeast-1.amazonaws.com.") == "sqs.ap-northeast-1.amazonaws.com"


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("s3.example.com", "s3.example.com", True),
        ("s3.example.com", "a.s3.example.com", False),
        ("*.s3.example.com", "a.s3.example.com", True),
        ("*.s3.example.com", "a.b.s3.example.com", True),
        ("*.s3.example.com", "s3.example.com", False),
        ("*.s3.example.com", ".s3.example.com", False),
        ("*.s3.example.com", "bads3.example.com", False),
    ],
)
def test_private_names_are_exact_and_a_star_stands_for_one_or_more_labels(
    pattern: str, name: str, expected: bool
):
    assert covers(pattern, name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("example.com", True), ("a.example.com", True), ("badexample.com", False), ("com", False)],
)
def test_a_name_lies_within_a_domain_or_is_it(name: str, expected: bool):
    assert is_within(name, "example.com") is expected


def test_parents_are_the_name_and_all_domains_above_it():
    assert parents("a.b.c") == ("a.b.c", "b.c", "c")
