"""Neutral records: credits as grading gives them, and texts that every format can hold."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.vpclab.bank import samples
from vpclab.bank.records import hint, mixed, neat, verdicts


def test_a_wrong_choice_of_several_takes_what_a_right_one_brings():
    assert [choice.credit for choice in samples.SEVERAL.choices] == [
        Fraction(1, 3),
        Fraction(-1, 3),
        Fraction(1, 3),
        Fraction(1, 3),
    ]


@pytest.mark.parametrize("sample", [samples.ORDER, samples.MATCH])
def test_places_and_pairs_bring_equal_shares(sample):
    assert {choice.credit for choice in sample.choices} == {Fraction(1, 3)}


def test_half_of_the_points_is_for_the_statement_alone():
    worth = {(one.holds, one.reason.id): one.credit for one in verdicts(samples.TRUTH)}

    assert worth[False, "third"] == 1
    assert worth[False, "first"] == worth[False, "second"] == Fraction(1, 2)
    assert [credit for (holds, _), credit in worth.items() if holds] == [0, 0, 0]


@pytest.mark.parametrize("number", range(20))
def test_things_to_put_in_order_never_stand_in_order(number):
    asked = replace(samples.ORDER, id=f"cost/order-{number}")

    shown = mixed(asked)

    assert shown != asked.choices
    assert set(shown) == set(asked.choices)
    assert shown == mixed(asked)


def test_control_characters_and_line_ends_of_other_systems_do_not_get_through():
    assert neat("  a\r\nb\rc\x00\x1b[2J\ud800 ") == "a\nb\nc[2J"


def test_the_unit_of_a_number_is_told():
    assert "USD" in hint(samples.NUMBER, samples.EN)
    assert "USD" in hint(samples.NUMBER, samples.JA)
