"""Item statistics: numbers that were worked out by hand, and what holds for whatever was answered."""

from decimal import Decimal
from itertools import cycle, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpclab.learning.item_choices import OTHER, REASON, STATEMENT
from vpclab.learning.item_statistics import (
    FEWEST_SHOWN,
    SMALL_BELOW,
    Flag,
    ItemAnswer,
    ItemStatistics,
    course_questions,
    item_statistics,
    shown,
)
from vpclab.learning.library import load_library
from vpclab.learning.questions import (
    Guess,
    MatchQuestion,
    Network,
    NumberQuestion,
    OneQuestion,
    OrderQuestion,
    PointQuestion,
    PredictQuestion,
    Question,
    SeveralQuestion,
    TruthQuestion,
)

SAME = {"section": "s", "facts": ("f",), "choices": ("a", "b", "c")}
ONE = OneQuestion(id="one", answer=("a",), **SAME)
SEVERAL = SeveralQuestion(id="several", answer=("a", "b"), **SAME)
TRUTH = TruthQuestion(id="truth", holds=False, answer=("a",), **SAME)
ORDER = OrderQuestion(id="order", **SAME)
MATCH = MatchQuestion(id="match", targets=("x", "y", "z"), pairs={"a": "x", "b": "y", "c": "x"}, **SAME)
NUMBER = NumberQuestion(
    id="number",
    unit="usd",
    figures={name: ((Decimal(1),),) for name in "abc"},
    tolerance=Decimal("0.01"),
    answer=("a",),
    values={"a": Decimal("43.8"), "b": Decimal("62.05"), "c": Decimal("0.5")},
    **SAME,
)
CUT_OFF = Network(start="s3-over-nat", choices={"way_out": "none"}, shows="NO_ROUTE_TO_DESTINATION")
OUTCOMES = {**SAME, "choices": ("delivered", "dropped", "denied")}
PREDICT = PredictQuestion(id="predict", stage=CUT_OFF, guess=Guess.OUTCOME, **OUTCOMES)
POINTS = {**SAME, "choices": ("route-table", "nat-gateway", "dns")}
POINT = PointQuestion(id="point", stage=CUT_OFF, answer=("route-table",), **POINTS)

ITEM = "c/item"
OTHERS = tuple(f"c/other-{number}" for number in range(5))
QUESTIONS: dict[str, Question] = {ITEM: ONE, **dict.fromkeys(OTHERS, ONE)}


def answers(choices: str, strong: int, *, others: int = 5) -> list[ItemAnswer]:
    """A choice of each learner for ITEM, where `a` is right; the first, strong ones know the other items."""
    found: list[ItemAnswer] = []
    for number, choice in enumerate(choices):
        found.append((f"learner-{number}", ITEM, (choice,), float(choice == "a")))
        score = float(number < strong)
        found += [(f"learner-{number}", other, ("a",), score) for other in OTHERS[:others]]
    return found


def item(found: tuple[ItemStatistics, ...], name: str = ITEM) -> ItemStatistics:
    return next(one for one in found if one.exercise == name)


def table(question: Question, *made: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """What was chosen of a question, by what it is about and the choice; options of nobody are left out."""
    found = item_statistics(
        ((str(number), ITEM, one, 0.0) for number, one in enumerate(made)), {ITEM: question}
    )
    return {(one.option.about, one.option.choice): one.count for one in item(found).chosen if one.count}


def right(question: Question) -> set[tuple[str, str]]:
    found = item_statistics([("1", ITEM, (), 0.0)], {ITEM: question})
    return {(one.option.about, one.option.choice) for one in item(found).chosen if one.is_right}


def test_facility_is_the_mean_of_the_scores():
    scores = (1.0, 0.5, 0.0, 0.5, 0.25)
    answered = [(str(number), ITEM, ("a",), score) for number, score in enumerate(scores)]

    assert item(item_statistics(answered, QUESTIONS)).facility == 0.45


def test_discrimination_is_the_correlation_with_the_other_items():
    # Right and strong 4, wrong and strong 1, right and weak 1, wrong and weak 4: (4*4 - 1*1) / 25.
    found = item(item_statistics(answers("aaaabacccc", strong=5), QUESTIONS))

    assert found.facility == 0.5
    assert found.discrimination == pytest.approx(0.6)
    assert found.flags == ()


def test_discrimination_of_scores_in_between_is_pearsons():
    # On the others learner n has n/10, on the item n*n/100. For n from 0 to 9: sum n 45, n^2 285, n^3 2025,
    # n^4 15333; (10*2025 - 45*285) / sqrt((10*285 - 45^2) * (10*15333 - 285^2)) = 7425 / sqrt(825*72105).
    answered = [(str(n), other, ("a",), n / 10) for n in range(10) for other in OTHERS]
    answered += [(str(n), ITEM, ("a",), n * n / 100) for n in range(10)]

    found = item(item_statistics(answered, QUESTIONS))

    assert found.discrimination == pytest.approx(7425 / (825 * 72105) ** 0.5)


def test_the_item_itself_is_no_part_of_the_total():
    # Everybody does equally well on the others: with the item in the total, it would discriminate.
    answered = answers("aaaaabbbbb", strong=10)

    assert item(item_statistics(answered, QUESTIONS)).discrimination is None


def test_an_item_on_which_good_learners_fail_is_flagged_with_the_choice_that_they_take():
    # Right and strong 2, wrong and strong 3, right and weak 5: (2*0 - 3*5) / sqrt(5 * 5 * 7 * 3).
    found = item(item_statistics(answers("aabbbaaaaa", strong=5), QUESTIONS))

    assert found.discrimination == pytest.approx(-15 / 525**0.5)
    assert found.flags == (Flag.NEGATIVE, Flag.UNUSED, Flag.PREFERRED)
    assert {one.option.choice: one.flag for one in found.chosen} == {
        "a": None,
        "b": Flag.PREFERRED,
        "c": Flag.UNUSED,
    }


def test_an_item_that_tells_nobody_apart_is_flagged():
    # As many right among the strong as among the weak.
    found = item(item_statistics(answers("aaabcaaabc", strong=5), QUESTIONS))

    assert found.discrimination == 0
    assert found.flags == (Flag.LOW,)


@pytest.mark.parametrize(
    "answered",
    [
        pytest.param(answers("aaaabaccc", strong=5), id="nine learners"),
        pytest.param(answers("aaaabacccc", strong=5, others=4), id="four other items"),
        pytest.param(answers("aaaaaaaaaa", strong=5), id="everybody right"),
        pytest.param(answers("bbbbbccccc", strong=5), id="everybody wrong"),
    ],
)
def test_a_discrimination_that_cannot_be_told_is_none(answered: list[ItemAnswer]):
    found = item(item_statistics(answered, QUESTIONS))

    assert found.discrimination is None
    assert not {Flag.NEGATIVE, Flag.LOW} & set(found.flags)


@pytest.mark.parametrize(
    ("right_ones", "flags"),
    [(2, {Flag.TOO_HARD}), (3, set()), (9, set()), (10, {Flag.TOO_EASY})],
)
def test_what_hardly_anybody_or_nearly_everybody_knows_is_flagged(right_ones: int, flags: set[Flag]):
    answered = [(str(n), ITEM, ("abc"[n % 3],), float(n < right_ones)) for n in range(10)]

    assert set(item(item_statistics(answered, QUESTIONS)).flags) == flags


def test_a_sample_is_small_below_thirty_learners_and_shown_from_five_on():
    for learners in (1, FEWEST_SHOWN - 1, FEWEST_SHOWN, SMALL_BELOW - 1, SMALL_BELOW):
        found = item_statistics([(str(n), ITEM, ("a",), 1.0) for n in range(learners)], QUESTIONS)

        assert item(found).learners == learners
        assert item(found).is_small is (learners < 30)
        assert len(shown(found)) == (learners >= 5)


def test_choices_are_counted():
    assert table(ONE, ("a",), ("b",), ("b",), ("b", "a"), ("gone",), ()) == {
        ("", "a"): 1,
        ("", "b"): 3,
        ("", OTHER): 2,
    }
    assert table(SEVERAL, ("a",), ("a", "c"), ("c", "a", "a", "gone"), ()) == {
        ("", "a"): 3,
        ("", "c"): 2,
        ("", OTHER): 1,
    }
    assert right(SEVERAL) == {("", "a"), ("", "b")}


def test_guesses_and_components_are_counted_and_the_walk_says_which_is_right():
    assert table(PREDICT, ("dropped",), ("denied",)) == {("", "dropped"): 1, ("", "denied"): 1}
    assert right(PREDICT) == {("", "dropped")}
    assert table(POINT, ("dns",), ("dns",)) == {("", "dns"): 2}
    assert right(POINT) == {("", "route-table")}


def test_a_statement_and_its_reasons_are_counted_apart():
    assert table(TRUTH, ("true", "a"), ("false", "a"), ("false", "gone"), ("b", "b"), ()) == {
        (STATEMENT, "true"): 1,
        (STATEMENT, "false"): 2,
        (STATEMENT, OTHER): 2,
        (REASON, "a"): 2,
        (REASON, "b"): 1,
        (REASON, OTHER): 2,
    }
    assert right(TRUTH) == {(STATEMENT, "false"), (REASON, "a")}


def test_places_are_counted():
    assert table(ORDER, ("a", "b", "c"), ("b", "a", "c"), ("b", "gone", "b")) == {
        ("a", "1"): 1,
        ("a", "2"): 1,
        ("a", OTHER): 1,
        ("b", "1"): 2,
        ("b", "2"): 1,
        ("c", "3"): 2,
        ("c", OTHER): 1,
    }
    assert right(ORDER) == {("a", "1"), ("b", "2"), ("c", "3")}


def test_pairs_are_counted_the_first_target_of_each_choice():
    assert table(MATCH, ("a=x", "b=y", "c=x"), ("a=y", "a=x", "b=gone", "=", "c")) == {
        ("a", "x"): 1,
        ("a", "y"): 1,
        ("b", "y"): 1,
        ("b", OTHER): 1,
        ("c", "x"): 1,
        ("c", OTHER): 1,
    }
    assert right(MATCH) == {("a", "x"), ("b", "y"), ("c", "x")}


def test_a_target_that_belongs_to_nothing_and_is_never_taken_is_flagged():
    found = item(item_statistics([("1", ITEM, ("a=y", "b=x", "c=x"), 0.3)], {ITEM: MATCH}))

    assert {one.option.choice for one in found.chosen if one.flag is Flag.UNUSED} == {"z"}


def test_no_place_of_an_order_counts_as_a_choice_that_nobody_takes():
    found = item(item_statistics([("1", ITEM, ("a", "b", "c"), 1.0)], {ITEM: ORDER}))

    assert Flag.UNUSED not in found.flags


def test_numbers_are_counted_by_the_known_figure_that_they_come_to():
    assert table(NUMBER, ("43.8",), ("４３．９ ＄",), ("62",), ("99",), ("=1+1",), ()) == {
        ("", "a"): 2,
        ("", "b"): 1,
        ("", OTHER): 3,
    }
    assert right(NUMBER) == {("", "a")}


def test_a_known_figure_that_nobody_comes_to_is_not_flagged_since_nobody_is_offered_it():
    found = item(item_statistics([("1", ITEM, ("43.8",), 1.0)], {ITEM: NUMBER}))

    assert Flag.UNUSED not in found.flags


def test_nothing_of_a_learner_is_left():
    answered = [("who-i-am", ITEM, ("what-i-typed",), 0.0), ("who-i-am", "generated/nat/7", ("mine",), 1.0)]

    told = repr(item_statistics(answered, {ITEM: NUMBER}))

    assert ITEM in told
    assert not any(text in told for text in ("who-i-am", "what-i-typed", "mine", "generated"))


def test_the_first_answer_of_a_learner_counts():
    answered = [("1", ITEM, ("b",), 0.0), ("1", ITEM, ("a",), 1.0), ("2", ITEM, ("a",), 1.0)]

    found = item(item_statistics(answered, QUESTIONS))

    assert (found.learners, found.facility) == (2, 0.5)


def test_what_is_no_exercise_of_the_course_and_what_is_no_score_is_passed_over():
    hostile = ("", "c", "generated/nat/1", "../c/item", "c/item\x00", "=1+1", "<b>", "c/ITEM")
    answered = [("1", name, ("a",), 1.0) for name in hostile]
    answered += [(str(score), ITEM, ("a",), score) for score in (float("nan"), float("inf"), -float("inf"))]

    assert item_statistics(answered, QUESTIONS) == ()


def test_answers_without_end_are_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("vpclab.learning.item_statistics.MOST_ANSWERS", 1000)
    endless = ((str(number), ITEM, ("a",), 1.0) for number in cycle(range(7)))

    assert item(item_statistics(endless, QUESTIONS)).learners == 7
    assert item_statistics(repeat(("1", "gone", (), 1.0)), QUESTIONS) == ()


def test_every_question_of_the_course_has_a_right_option_and_its_right_answer_takes_it():
    questions = course_questions(load_library())

    found = item_statistics([("1", name, (), 0.0) for name in questions], questions)

    assert [one.exercise for one in found] == list(questions)
    assert all(any(option.is_right for option in one.chosen) for one in found)


ALL: dict[str, Question] = {
    f"c/{question.id}": question for question in (ONE, SEVERAL, TRUTH, ORDER, MATCH, NUMBER, PREDICT, POINT)
}
WORDS = st.sampled_from(
    ["a", "b", "c", "true", "false", "a=x", "b=y", "a=", "=x", "43.8", "1e9999", "NaN", "dns"]
)
MADE = st.lists(WORDS | st.text(max_size=8), max_size=4).map(tuple)
LEARNERS = st.sampled_from([f"learner-{number}" for number in range(14)]) | st.text(max_size=3)
SCORES = st.sampled_from([0.0, 1.0, 1 / 3, 0.5, 1e-300]) | st.floats()
ANSWERS = st.lists(
    st.tuples(LEARNERS, st.sampled_from(sorted(ALL)) | st.text(max_size=8), MADE, SCORES),
    max_size=150,
    unique_by=lambda answer: answer[:2],
)


@st.composite
def full_classes(draw: st.DrawFn) -> list[ItemAnswer]:
    """Ten to fourteen learners who have answered everything, so that all can be compared."""
    scores = st.sampled_from([0.0, 1.0]) | st.floats(min_value=0, max_value=1)
    return [
        (f"learner-{number}", name, draw(MADE), draw(scores))
        for number in range(draw(st.integers(10, 14)))
        for name in ALL
    ]


@given(ANSWERS | full_classes())
def test_numbers_stay_in_their_bounds_whatever_was_answered(given_answers: list[ItemAnswer]):
    for one in item_statistics(given_answers, ALL):
        assert 0 <= one.facility <= 1
        assert one.discrimination is None or -1 <= one.discrimination <= 1
        by_part: dict[str, int] = {}
        for chosen in one.chosen:
            assert 0 <= chosen.count <= one.learners
            by_part[chosen.option.about] = by_part.get(chosen.option.about, 0) + chosen.count
        if one.exercise != "c/several":
            assert set(by_part.values()) == {one.learners}


@given(st.data(), ANSWERS | full_classes())
def test_neither_the_order_of_answers_nor_the_names_of_learners_matter(
    data: st.DataObject, given_answers: list[ItemAnswer]
):
    mixed = data.draw(st.permutations(given_answers))
    names = {name: f"x{number}" for number, name in enumerate({answer[0] for answer in mixed})}
    renamed = [(names[learner], *rest) for learner, *rest in mixed]

    assert item_statistics(renamed, ALL) == item_statistics(given_answers, ALL)
