"""Questions to GIFT: what each type becomes, escapes, categories, comments."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.vpclab.bank import samples
from tests.vpclab.bank.samples import CHAPTER, EN
from vpclab.bank.gift import write_gift
from vpclab.bank.gift_text import escaped, part, unescaped, weight
from vpclab.bank.records import ItemChoice

TITLES = {CHAPTER: "Cost / money"}


def answers(item, t=EN):
    """The lines between the braces."""
    lines = write_gift([item], TITLES, t).splitlines()
    start = next(number for number, line in enumerate(lines) if line.endswith(("{", "{#")))
    return lines[start + 1 : lines.index("}")]


@pytest.mark.parametrize("mark", ["~", "=", "#", "{", "}", ":", "\\"])
def test_a_mark_of_gift_inside_a_text_is_escaped(mark):
    assert escaped(f"a{mark}b") == f"a\\{mark}b"
    assert unescaped(escaped(f"a{mark}b")) == f"a{mark}b"


def test_a_line_end_is_written_out_since_an_empty_line_ends_a_question():
    assert escaped("a\n\nb") == r"a\n\nb"
    assert unescaped(r"a\n\nb") == "a\n\nb"


def test_a_backslash_before_an_n_is_no_line_end():
    assert unescaped(escaped(r"C:\new")) == r"C:\new"


@pytest.mark.parametrize("text", ["[html] is a marker", "%50% of it"])
def test_a_text_that_looks_like_a_marker_or_a_weight_says_that_it_is_plain(text):
    assert part(text).startswith("[plain]")


@pytest.mark.parametrize(
    ("count", "written"), [(1, "100"), (2, "50"), (3, "33.33333"), (4, "25"), (5, "20"), (6, "16.66667")]
)
def test_weights_are_those_that_moodle_knows(count, written):
    # https://docs.moodle.org/en/GIFT_format: other weights are refused, or become the nearest one.
    assert weight(Fraction(1, count)) == written
    assert weight(-Fraction(1, count)) == f"-{written}"


def test_one_right_choice_is_marked_and_each_has_its_reason():
    assert answers(samples.ONE) == [
        "~Choice first#Because of first.",
        "=Choice second#Because of second.",
        "~Choice third#Because of third.",
    ]


def test_several_right_choices_have_weights_and_no_equals_sign():
    assert answers(samples.SEVERAL)[:2] == [
        "~%33.33333%Choice first#Because of first.",
        "~%-33.33333%Choice second#Because of second.",
    ]


def test_a_statement_offers_both_sides_with_every_reason():
    assert answers(samples.TRUTH) == [
        "~True. Choice first#This statement is not true. Because of first.",
        "~True. Choice second#This statement is not true. Because of second.",
        "~True. Choice third#This statement is not true.",
        "~%50%False. Choice first#Because of first.",
        "~%50%False. Choice second#Because of second.",
        "=False. Choice third#Because of third.",
    ]


def test_an_order_matches_things_with_positions_and_gives_the_reasons_together():
    lines = answers(samples.ORDER)

    assert lines[:3] == ["=Choice zeta -> 1", "=Choice alpha -> 2", "=Choice mid -> 3"]
    assert lines[3].startswith(r"####▸ Choice zeta\nBecause of zeta.\n▸ Choice alpha")


def test_a_target_that_nothing_belongs_to_is_offered_as_well():
    assert answers(samples.MATCH)[:4] == [
        "=Choice first -> Target two",
        "=Choice second -> Target one",
        "=Choice third -> Target two",
        "= -> Nobody's",
    ]


def test_an_arrow_inside_a_pair_becomes_one_that_gift_does_not_know():
    first = replace(samples.MATCH.choices[0], text="a -> b")
    asked = replace(samples.MATCH, choices=(first, *samples.MATCH.choices[1:]))

    assert answers(asked)[0] == "=a → b -> Target two"


def test_the_right_figure_comes_first_and_known_mistakes_are_worth_nothing():
    assert answers(samples.NUMBER) == [
        "=%100%43.8:0.876#Because of second.",
        "=%0%62.05:1.241#Because of first.",
        "=%0%0.5:0.01#Because of third.",
    ]


def test_a_network_stands_in_the_question_and_its_verdict_in_the_feedback():
    text = write_gift([samples.PREDICT], TITLES, EN)

    assert r"What is it?\n\nThe network\:\n- Way out\: none\n- Gateway endpoint\: no{" in text
    assert answers(samples.PREDICT)[-1] == "####The request never arrives."
    assert "=Choice dropped#" in text


def test_what_moodle_keeps_of_a_question_is_in_its_comment():
    text = write_gift([samples.ONE], TITLES, EN)

    assert "// [id:cost/a-question] [tag:kind:one] [tag:language:en] [tag:chapter:cost]" in text
    assert "[tag:fact:gw-free] [tag:fact:nat-price] [tag:misconception:endpoints-are-free]" in text


def test_a_chapter_is_a_category_and_a_slash_in_its_name_parts_nothing():
    text = write_gift([samples.ONE, samples.SEVERAL], TITLES, EN)

    assert text.count("$CATEGORY:") == 1
    assert text.startswith("$CATEGORY: $course$/top/VPC Endpoint Lab/en/Cost // money\n\n")


def test_every_line_of_a_question_stands_alone_whatever_its_texts_say():
    nasty = ItemChoice(id="first", text="a\n\n// no comment\n}", why="\n\n::x::", is_right=True)
    asked = replace(samples.ONE, choices=(nasty, *samples.ONE.choices[1:]))

    lines = write_gift([asked], TITLES, EN).split("\n")

    assert lines.count("") == 2  # after the category and at the end
    assert lines.count("}") == 1
