"""Counterexamples: the nearest network in which a wrong answer would be right."""

import pytest

from vpclab.learning.counterexample import ASKERS, MOST_CHANGES, MOST_WALKS, changed, counterexample, nearest
from vpclab.learning.exercise import exercises
from vpclab.learning.fates import outcome_of, setup_from, walked
from vpclab.learning.library import load_library
from vpclab.learning.networks import GUESSES, network_setup
from vpclab.learning.questions import Guess, Network, PointQuestion, PredictQuestion
from vpclab.learning.quiz import answer_of
from vpclab.sandbox.choice_texts import from_texts, options
from vpclab.sandbox.setup import Setup

FROM_THE_OFFICE = {
    "source": "onprem-vpn",
    "destination": "sqs",
    "interface_endpoint": "yes",
    "asked_name": "endpoint",
    "endpoint_group": "private",
    "way_out": "none",
}
"""Three choices away from a way through an internet gateway."""


def network(**choices: str) -> Network:
    return Network(start="s3-over-nat", choices=choices, shows="success")


def found_for(guess: Guess, wanted: str, **choices: str):
    start = network(**choices)
    other = counterexample(start, guess, wanted)
    return None if other is None else changed(network_setup(start), other)


@pytest.mark.parametrize(
    ("guess", "wanted", "choices", "expected"),
    [
        (Guess.OUTCOME, "dropped", {}, (("way_out", "none"),)),
        (Guess.OUTCOME, "unresolved", {}, (("dns_support", "no"),)),
        (Guess.OUTCOME, "denied", {"gateway_endpoint": "yes"}, (("endpoint_policy", "other-resource"),)),
        (Guess.WAY, "gateway-endpoint", {}, (("gateway_endpoint", "yes"),)),
        (Guess.WAY, "interface-endpoint", {}, (("interface_endpoint", "yes"),)),
        (Guess.WAY, "nat-gateway", {"gateway_endpoint": "yes"}, (("gateway_endpoint", "no"),)),
        (Guess.STOP, "source-security-group", {"way_out": "none"}, (("caller_group", "nowhere"),)),
    ],
)
def test_one_change_is_found_where_one_is_enough(guess, wanted, choices, expected):
    assert found_for(guess, wanted, **choices) == expected


def test_what_is_not_as_usual_is_set_back_before_anything_else_is_tried():
    choices = {"destination": "sqs", "interface_endpoint": "yes", "way_out": "none", "dns_hostnames": "no"}

    assert found_for(Guess.OUTCOME, "delivered", **choices) == (("dns_hostnames", "yes"),)


def test_two_changes_are_found_where_one_is_not_enough():
    choices = {"destination": "sqs", "interface_endpoint": "yes", "way_out": "none", "dns_hostnames": "no"}

    found = found_for(Guess.OUTCOME, "denied", **choices)

    assert found == (("endpoint_policy", "other-resource"), ("dns_hostnames", "yes"))


def test_somebody_else_asks_only_where_it_cannot_be_otherwise():
    assert found_for(Guess.WAY, "internet-gateway", way_out="igw") == (("source", "ec2-public"),)


def test_there_is_none_where_two_changes_lead_nowhere():
    assert counterexample(network(**FROM_THE_OFFICE), Guess.WAY, "internet-gateway") is None


def test_a_refusal_is_no_counterexample_for_no_answer():
    start = network(gateway_endpoint="yes", bucket_policy="source-vpce")

    other = counterexample(start, Guess.WAY, "no-arrival")

    assert other is not None
    assert walked(other).verdict == "DROPPED"


def test_what_cannot_be_chosen_is_no_difference():
    start = setup_from(from_texts({"interface_endpoint": "yes", "private_dns": "off"}))
    other = setup_from(from_texts({"interface_endpoint": "no"}))

    assert changed(start, other) == (("interface_endpoint", "no"),)


def test_nothing_differs_between_a_network_and_itself():
    setup = network_setup(network(source="lambda-vpc"))

    assert changed(setup, setup) == ()


@pytest.mark.parametrize("most", [1, 20, MOST_WALKS])
def test_a_search_walks_no_more_networks_than_it_may(most):
    start = network_setup(network(**FROM_THE_OFFICE))
    walked.cache_clear()

    found = nearest.__wrapped__(start, Guess.WAY, "internet-gateway", most=most)

    assert found is None
    assert 1 <= walked.cache_info().misses <= most


def test_what_is_tried_first_is_found_first():
    start = network_setup(network(gateway_endpoint="yes"))

    first = nearest(start, Guess.OUTCOME, "dropped", (("dns_server", "public"), ("network_acl", "no-return")))

    assert first is not None
    assert changed(start, first) == (("network_acl", "no-return"),)


def asked_of_walks():
    for exercise in exercises(load_library()):
        question = exercise.question
        if isinstance(question, PredictQuestion) or (
            isinstance(question, PointQuestion) and question.guess is not None
        ):
            yield exercise.id, question


def test_for_every_wrong_choice_of_the_course_the_network_that_is_found_gives_that_answer():
    wrong = [
        (name, question, choice)
        for name, question in asked_of_walks()
        for choice in question.choices
        if choice not in answer_of(question)
    ]

    found = [counterexample(question.stage, question.guess, choice) for _, question, choice in wrong]

    assert len(wrong) > 80
    assert sum(other is not None for other in found) > 0.9 * len(wrong)
    for (name, question, choice), other in zip(wrong, found, strict=True):
        if other is not None:
            changes = changed(network_setup(question.stage), other)
            assert outcome_of(other, question.guess) == choice, name
            assert 1 <= len(changes) <= MOST_CHANGES, name


def test_who_asks_whom_stays_where_one_other_choice_would_do():
    for name, question in asked_of_walks():
        if question.guess is not Guess.OUTCOME:
            continue
        start = network_setup(question.stage)
        for wanted in GUESSES[question.guess]:
            other = counterexample(question.stage, question.guess, wanted)
            if other is None or not set(ASKERS) & {change for change, _ in changed(start, other)}:
                continue
            assert not any(outcome_of(one, question.guess) == wanted for one in single_changes(start)), name


def single_changes(start: Setup):
    """Every network with one choice otherwise, however it is found."""
    for name in ("way_out", "gateway_endpoint", "interface_endpoint", "dns_support", "caller_group"):
        for option in options(name):
            text = ("no", "yes")[option] if isinstance(option, bool) else str(option)
            other = setup_from(from_texts({name: text}, start.choices))
            if len(changed(start, other)) == 1:
                yield other
