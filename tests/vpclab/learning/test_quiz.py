"""Grading: what an answer is worth; what is to be predicted is what the walk says."""

import pytest

from vpclab.learning.models import Question
from vpclab.learning.quiz import answer_of, grade

SEVERAL = Question.model_validate(
    {
        "id": "q",
        "section": "s",
        "facts": ["f"],
        "kind": "several",
        "choices": ["a", "b", "c"],
        "answer": ["a", "c"],
    }
)


def predict(guess: str, **choices: str) -> Question:
    return Question.model_validate(
        {
            "id": "q",
            "section": "s",
            "facts": ["f"],
            "kind": "predict",
            "guess": guess,
            "choices": ["delivered", "dropped", "denied"],
            "stage": {"start": "s3-over-nat", "choices": choices, "shows": "success"},
        }
    )


def test_all_right_choices_and_no_other_are_right():
    assert grade(SEVERAL, ["c", "a"]).is_right


@pytest.mark.parametrize(
    ("chosen", "wrong", "missed"),
    [(["a"], (), ("c",)), (["a", "b", "c"], ("b",), ()), ([], (), ("a", "c")), (["b"], ("b",), ("a", "c"))],
)
def test_a_choice_too_many_and_a_choice_too_few_are_told(chosen, wrong, missed):
    result = grade(SEVERAL, chosen)

    assert not result.is_right
    assert (result.wrong, result.missed) == (wrong, missed)


def test_choices_that_the_question_does_not_have_count_for_nothing():
    assert grade(SEVERAL, ["a", "c", "<script>"]).is_right


@pytest.mark.parametrize(
    ("guess", "choices", "answer"),
    [
        ("outcome", {}, "delivered"),
        ("outcome", {"way_out": "none"}, "dropped"),
        ("outcome", {"gateway_endpoint": "yes", "endpoint_policy": "other-resource"}, "denied"),
        ("outcome", {"dns_support": "no"}, "unresolved"),
        ("way", {}, "nat-gateway"),
        ("way", {"gateway_endpoint": "yes"}, "gateway-endpoint"),
        (
            "way",
            {"interface_endpoint": "yes", "private_dns": "on", "gateway_endpoint": "no"},
            "interface-endpoint",
        ),
        ("way", {"way_out": "none"}, "no-arrival"),
        ("way", {"source": "ec2-public", "way_out": "igw"}, "internet-gateway"),
    ],
)
def test_what_is_to_be_predicted_is_what_the_walk_says(guess, choices, answer):
    assert answer_of(predict(guess, **choices)) == (answer,)
