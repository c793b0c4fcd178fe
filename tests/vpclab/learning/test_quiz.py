"""Grading: what an answer is worth; what is to be predicted is what the walk says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from vpclab.learning.exercise import exercises
from vpclab.learning.library import load_library
from vpclab.learning.questions import MatchQuestion, NumberQuestion, OrderQuestion, Question, QuestionKind
from vpclab.learning.quiz import answer_of, grade, order_of, read_number, shuffled, shuffled_targets

MODEL: TypeAdapter[Question] = TypeAdapter(Question)
LIBRARY = load_library()


def question(kind: str, **more: object) -> Question:
    data = {"id": "q", "section": "s", "facts": ["f"], "kind": kind, "choices": ["a", "b", "c"]}
    return MODEL.validate_python({**data, **more})


def predict(guess: str, **choices: str) -> Question:
    stage = {"start": "s3-over-nat", "choices": choices, "shows": "success"}
    return question("predict", guess=guess, choices=["delivered", "dropped", "denied"], stage=stage)


def point(**choices: str) -> Question:
    stage = {"start": "s3-over-nat", "choices": choices, "shows": "success"}
    kinds = ["subnet-route-table", "endpoint-policy", "source-security-group"]
    return question("point", guess="stop", choices=kinds, stage=stage)


SEVERAL = question("several", answer=["a", "c"])
TRUTH = question("true-or-false", holds=False, answer="b")
ORDER = question("order")
MATCH = question("match", targets=["x", "y", "z"], pairs={"a": "x", "b": "y", "c": "z"})
NUMBER = question(
    "number",
    unit="usd",
    figures={"a": [[10]], "b": [[10, 3]], "c": [[1]]},
    answer="b",
    tolerance=0.01,
).model_copy(update={"values": {"a": Decimal(10), "b": Decimal(30), "c": Decimal(1)}})


def test_all_right_choices_and_no_other_are_right():
    assert grade(SEVERAL, ["c", "a"]).is_right


@pytest.mark.parametrize(
    ("chosen", "wrong", "missed", "score"),
    [
        (["a"], (), ("c",), 0.5),
        (["a", "b", "c"], ("b",), (), 0.5),
        (["a", "b"], ("b",), ("c",), 0),
        ([], (), ("a", "c"), 0),
        (["b"], ("b",), ("a", "c"), 0),
    ],
)
def test_a_choice_too_many_takes_a_right_one_away(chosen, wrong, missed, score):
    result = grade(SEVERAL, chosen)

    assert not result.is_right
    assert (result.wrong, result.missed, result.score) == (wrong, missed, score)


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


@pytest.mark.parametrize(
    ("choices", "answer"),
    [
        ({"way_out": "none"}, "subnet-route-table"),
        ({"gateway_endpoint": "yes", "endpoint_policy": "other-resource"}, "endpoint-policy"),
        ({"caller_group": "nowhere"}, "source-security-group"),
    ],
)
def test_what_stops_a_request_is_what_the_walk_says(choices, answer):
    assert answer_of(point(**choices)) == (answer,)
    assert grade(point(**choices), [answer]).is_right


@pytest.mark.parametrize(
    ("made", "score"),
    [(["false", "b"], 1), (["false", "a"], 0.5), (["true", "b"], 0), (["true", "a"], 0), (["b"], 0), ([], 0)],
)
def test_the_reason_counts_only_with_the_right_word_on_the_statement(made, score):
    assert grade(TRUTH, made).score == score


@pytest.mark.parametrize(
    ("made", "score"),
    [
        (["a", "b", "c"], 1),
        (["b", "a", "c"], 1 / 3),
        (["c", "b", "a"], 0),
        (["a", "b"], 0),
        (["a", "a", "b", "c"], 1),
        ([], 0),
    ],
)
def test_an_order_is_worth_the_pairs_that_stand_the_right_way_round(made, score):
    assert grade(ORDER, made).score == pytest.approx(score)


def test_the_walk_puts_components_in_order():
    stage = {"start": "s3-over-gateway-endpoint", "shows": "success"}
    kinds = ["gateway-endpoint", "dns-resolver", "subnet-route-table"]
    asked = question("order", choices=kinds, stage=stage)

    assert order_of(asked) == ("dns-resolver", "subnet-route-table", "gateway-endpoint")


@pytest.mark.parametrize(
    ("made", "score"),
    [
        (["a=x", "b=y", "c=z"], 1),
        (["a=x", "b=z", "c=y"], 1 / 3),
        (["a=x", "a=y"], 1 / 3),
        (["a=", "=x", "a", "q=x"], 0),
    ],
)
def test_each_pair_counts_once(made, score):
    assert grade(MATCH, made).score == pytest.approx(score)


@pytest.mark.parametrize(
    ("typed", "right", "nearest"),
    [
        ("30", True, "b"),
        ("30.3", True, "b"),
        ("30.4", False, None),
        ("10", False, "a"),
        ("１０", False, "a"),
        (" $30 ", True, "b"),
        ("thirty", False, None),
        ("1e400000000", False, None),
        ("NaN", False, None),
        ("-30", False, None),
    ],
)
def test_a_figure_within_the_tolerance_is_right_and_a_known_mistake_is_named(typed, right, nearest):
    result = grade(NUMBER, [typed])

    assert (result.is_right, result.nearest) == (right, nearest)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,234.5", "1234.5"),
        ("１，２３４", "1234"),
        ("１２．５", "12.5"),
        ("5％", "5"),
        ("", None),
        ("1 2", "12"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed, number):
    assert read_number(typed) == (None if number is None else Decimal(number))


@given(st.text(max_size=60))
def test_whatever_is_typed_for_a_number_is_graded(typed):
    assert 0 <= grade(NUMBER, [typed]).score <= 1


ANSWERS = st.lists(
    st.sampled_from(["a", "b", "c", "true", "false", "a=x", "b=z", "", "=", "30"]) | st.text(max_size=5),
    max_size=6,
)


@given(
    st.sampled_from([SEVERAL, TRUTH, ORDER, MATCH, NUMBER, predict("outcome"), point(way_out="none")]),
    ANSWERS,
)
def test_no_answer_is_worth_less_than_nothing_or_more_than_all(asked, made):
    result = grade(asked, made)

    assert 0 <= result.score <= 1
    assert result.is_right == (result.score == 1)


@pytest.mark.parametrize("exercise", exercises(LIBRARY), ids=lambda exercise: exercise.id)
def test_the_right_answer_of_every_question_is_worth_everything(exercise):
    assert grade(exercise.question, answer_of(exercise.question)).score == 1


@given(st.integers(min_value=0, max_value=2**40), st.sampled_from(exercises(LIBRARY)))
def test_the_order_of_choices_depends_on_the_seed_alone(seed, exercise):
    asked = exercise.question

    assert shuffled(asked, seed) == shuffled(asked, seed)
    assert sorted(shuffled(asked, seed)) == sorted(asked.choices)
    if isinstance(asked, MatchQuestion):
        assert sorted(shuffled_targets(asked, seed)) == sorted(asked.targets)


@given(st.integers(min_value=0, max_value=2**40), st.sampled_from(exercises(LIBRARY)))
def test_what_is_to_be_put_in_order_never_stands_in_order(seed, exercise):
    if isinstance(exercise.question, OrderQuestion):
        assert shuffled(exercise.question, seed) != order_of(exercise.question)


def test_every_place_of_a_choice_comes_up():
    one = question("one", answer="a")

    assert {shuffled(one, seed).index("a") for seed in range(50)} == {0, 1, 2}


def test_figures_are_worked_out_when_the_content_is_read():
    numbers = [one.question for one in exercises(LIBRARY) if isinstance(one.question, NumberQuestion)]

    assert numbers
    assert all(asked.values[asked.answer[0]] > 0 for asked in numbers)


def test_every_type_of_question_has_a_time_to_answer_it():
    from vpclab.learning.questions import EXPECTED_SECONDS

    assert set(EXPECTED_SECONDS) == set(QuestionKind)
