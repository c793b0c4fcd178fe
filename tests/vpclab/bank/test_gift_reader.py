"""GIFT that people and other programs wrote: what is taken, what is told, and that nothing is raised."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vpclab.bank.samples import CHAPTER, EN, JA
from vpclab import bank
from vpclab.bank.gift_reader import read_gift
from vpclab.bank.report import LONGEST_TEXT, MOST_PROBLEMS, MOST_QUESTIONS
from vpclab.exchange.plain_data import MAX_BYTES
from vpclab.learning.questions import QuestionKind

CHOICES = "{=one#Yes. ~two#No. ~three#No.}"


def read(text, t=EN):
    return read_gift(text.encode(), CHAPTER, t)


def told(text):
    """The codes of the report with their lines."""
    return [(problem.line, problem.code) for problem in read(text).report]


def only(text):
    """The one question that a text has."""
    (item,) = read(text).items
    return item


# --- what is taken -----------------------------------------------------------------------------------


def test_a_question_of_moodle_is_read_with_choices_and_reasons():
    item = only(
        "// question: 7  name: Colours\n"
        "::Colours::What is it\\: a colour?{\n\t~red#No.\n\t=blue#Yes.\n\t~pale\n}"
    )

    assert (item.kind, item.id, item.prompt) == (QuestionKind.ONE, "cost/colours", "What is it: a colour?")
    assert [(choice.id, choice.text, choice.why) for choice in item.choices] == [
        ("first", "red", "No."),
        ("second", "blue", "Yes."),
        ("third", "pale", ""),
    ]
    assert [choice.text for choice in item.right] == ["blue"]


def test_weights_tell_which_of_several_choices_are_right():
    item = only("Which?{~%50%a#x ~%50%b#x ~%-50%c#x ~%-50%d#x}")

    assert item.kind is QuestionKind.SEVERAL
    assert [choice.text for choice in item.right] == ["a", "b"]


def test_what_stands_after_the_braces_belongs_to_the_question():
    assert only(f"A gateway endpoint {CHOICES} nothing.").prompt == "A gateway endpoint _____ nothing."


def test_pairs_are_read_with_what_nothing_belongs_to():
    item = only("Which?{=a -> x =b -> y =c -> x = -> z}")

    assert item.kind is QuestionKind.MATCH
    assert [target.text for target in item.targets] == ["x", "y", "z"]
    assert [(choice.text, choice.target) for choice in item.choices] == [
        ("a", "first"),
        ("b", "second"),
        ("c", "first"),
    ]


def test_positions_are_pairs_unless_a_tag_says_that_they_are_an_order():
    answers = "{=b -> 2 =a -> 1 =c -> 3}"

    assert only(f"Which?{answers}").kind is QuestionKind.MATCH
    ordered = only(f"// [tag:kind:order]\nWhich?{answers}")
    assert ordered.kind is QuestionKind.ORDER
    assert [choice.text for choice in ordered.choices] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("answer", "figure", "tolerance"),
    [
        ("#50:5", "50", "0.1"),
        ("#45..55", "50", "0.1"),
        ("#=%100%50:5 =%0%1:0", "50", "0.1"),
        ("#7", "7", "0"),
    ],
)
def test_a_number_is_read_with_how_near_an_answer_has_to_be(answer, figure, tolerance):
    item = only(f"// [tag:unit:usd]\nHow much?{{{answer}}}")

    assert item.kind is QuestionKind.NUMBER
    assert str(item.right[0].figure) == figure
    assert float(item.tolerance) == float(tolerance)


@pytest.mark.parametrize("answer", ["T", "TRUE", "F", "FALSE", "T#wrong#right"])
def test_a_statement_without_reasons_waits_for_them(answer):
    brought = read(f"It is so.{{{answer}}}")

    assert brought.items[0].holds is answer.startswith("T")
    assert [choice.text for choice in brought.items[0].choices] == ["", "", ""]
    assert "reasons_missing" in [problem.code for problem in brought.report]
    assert brought.waiting == ("imported",)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_and_a_byte_order_mark_are_read(ends):
    text = f"\ufeffFirst?{CHOICES}\n\nSecond?{CHOICES}\n".replace("\n", ends)

    assert [item.prompt for item in read(text).items] == ["First?", "Second?"]


def test_line_ends_may_be_mixed_and_lines_are_still_counted():
    assert told("First?\r\rSecond?\r\n\n{}\r\n") == [
        (1, "kind_not_read"),
        (3, "kind_not_read"),
        (5, "kind_not_read"),
    ]


def test_a_category_is_passed_over_and_the_question_below_it_is_read():
    assert only(f"$CATEGORY: $course$/top/x\nWhat?{CHOICES}").prompt == "What?"


def test_ids_facts_and_section_come_from_our_own_tags():
    item = only(
        "// [id:cost/my-question] [tag:section:what-is-charged] [tag:fact:gw-free] [tag:fact:nat-price]\n"
        f"// choices: a b c\nWhat?{CHOICES}"
    )

    assert (item.id, item.section, item.facts) == (
        "cost/my-question",
        "what-is-charged",
        ("gw-free", "nat-price"),
    )
    assert [choice.id for choice in item.choices] == ["a", "b", "c"]


def test_the_section_of_another_chapter_is_not_taken():
    text = f"// [id:policies/my-question] [tag:section:two-gates] [tag:fact:gw-free]\nWhat?{CHOICES}"

    assert only(text).section == ""
    assert (2, "other_chapter") in told(text)


def test_ids_of_choices_that_do_not_fit_are_made_anew():
    assert [choice.id for choice in only(f"// choices: a a ../b\nWhat?{CHOICES}").choices] == [
        "first",
        "second",
        "third",
    ]


# --- what is told ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Only words.", "kind_not_read"),
        ("Explain it.{}", "kind_not_read"),
        ("What?{=yes =certainly}", "kind_not_read"),
        ("What?{=a ~b ~c", "brace_missing"),
        ("What? =a ~b ~c}", "brace_missing"),
        ("What? } =a {", "brace_missing"),
        ("What?{=a ~b {nested} ~c}", "several_answer_blocks"),
        ("What?{=a ~b ~c} and {=d ~e}", "several_answer_blocks"),
        ("{=a#x ~b#x ~c#x}", "empty_prompt"),
        ("What?{=a#x ~#x ~c#x}", "empty_choice"),
        ("What?{=a#x ~b#x ~b#x}", "repeated_choice"),
        ("What?{=a#x =b#x ~c#x}", "several_right"),
        ("What?{~a#x ~b#x ~c#x}", "no_right_choice"),
        ("What?{~%50%a#x ~%50%b#x}", "every_choice_is_right"),
        ("What?{~%x%a#x ~b#x ~c#x}", "wrong_weight"),
        ("What?{~%1e9%a#x ~b#x ~c#x}", "wrong_weight"),
        ("What?{~%nan%a#x ~b#x ~c#x}", "wrong_weight"),
        ("What?{=a#x" + "".join(f" ~{number}#x" for number in range(6)) + "}", "too_many_choices"),
        ("How much?{#many}", "not_a_number"),
        ("How much?{#1e9999}", "not_a_number"),
        ("How much?{#-5}", "not_a_number"),
        ("Which?{=a -> x =b}", "pair_without_arrow"),
        ("// [tag:kind:order]\nWhich?{=a -> 1 =b -> 1 =c -> 2}", "not_a_position"),
        ("// [tag:kind:order]\nWhich?{=a -> 1 =b -> 2 =c -> ٣}", "not_a_position"),
        ("// [tag:kind:true-or-false]\nIt is.{=Perhaps. x#y ~False. x#y}", "verdict_unclear"),
        ("// [tag:kind:true-or-false]\nIt is.{~True. x#y ~False. x#y}", "no_right_choice"),
        (f"// [tag:language:ja]\nWhat?{CHOICES}", "other_language"),
        (f"// [tag:kind:predict]\nWhat?{CHOICES}", "needs_network"),
        (f"What {'x' * LONGEST_TEXT}?{CHOICES}", "text_too_long"),
    ],
)
def test_a_question_that_cannot_be_taken_is_left_out_and_told(text, code):
    brought = read(f"\n\n{text}\n\nGood?{CHOICES}\n")

    assert [item.prompt for item in brought.items] == ["Good?"]
    first = 4 if text.startswith("//") else 3
    assert (first, code) in [(problem.line, problem.code) for problem in brought.report]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("What?{=a ~b#x ~c#x}", "why_missing"),
        ("What?{=a#x ~b#x}", "too_few_choices"),
        ("What?{=a#x ~%50%b#x ~c#x}", "credit_not_ours"),
        ("What?{~%60%a#x ~%40%b#x ~%-100%c#x}", "credit_not_ours"),
        ("[html]<b>What?</b>{=a#x ~b#x ~c#x}", "html_text"),
        ("::open What?{=a#x ~b#x ~c#x}", "title_not_closed"),
        ("What?{=a#x ~b#x ~c#x ####Well done.}", "general_feedback"),
        ("Which?{=a -> x =b -> y =c -> z ####Look it up.}", "whys_not_apart"),
        ("How much?{#7:1}", "unit_unknown"),
        ("// [tag:unit:usd]\nHow much?{#10:9}", "tolerance_too_wide"),
        ("What\x07?{=a#x ~b#x ~c#x}", "forbidden_character"),
        (f"// [id:../../etc]\nWhat?{CHOICES}", "id_made"),
        (f"// [id:cost/a]\nWhat?{CHOICES}\n\n// [id:cost/a]\nWhich?{CHOICES}", "id_taken"),
    ],
)
def test_a_question_that_is_taken_in_part_is_kept_and_told(text, code):
    brought = read(text)

    assert brought.items
    assert code in [problem.code for problem in brought.report]


def test_every_problem_has_its_sentence_in_every_language():
    codes = {key.rpartition(".")[2] for key in EN.texts if key.startswith("bank.problem.")}
    package = Path(bank.__file__).parent
    source = "".join(file.read_text(encoding="utf-8") for file in package.glob("*.py"))

    assert {code for code in codes if f'"{code}"' not in source} == set()
    assert codes == {key.rpartition(".")[2] for key in JA.texts if key.startswith("bank.problem.")}


# --- hostile files -----------------------------------------------------------------------------------


def test_a_file_that_is_too_large_is_not_read():
    brought = read_gift(b"x" * (MAX_BYTES + 1), CHAPTER, EN)

    assert [problem.code for problem in brought.report] == ["file_too_large"]


def test_a_file_in_another_encoding_is_told_with_its_place():
    brought = read_gift("一つ目\n二つ目".encode("shift_jis"), CHAPTER, JA)

    assert [(problem.code, problem.line) for problem in brought.report] == [("not_utf8", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "{" * 100_000,
        "}" * 100_000,
        "\\" * 200_001,
        "\\n" * 100_000,
        "=" * 100_000,
        "~" * 100_000,
        "#" * 100_000,
        "x{" + "~%" * 50_000 + "}",
        "x{" + "=a -> b " * 20_000 + "}",
        "x{#" + "=1:1 " * 20_000 + "}",
        "::" * 50_000,
        "x{" + "####" * 20_000 + "}",
        "//" * 100_000,
        "// " + "[tag:" * 20_000 + "\nx{=a ~b ~c}",
        "\n" * 100_000,
        "\r" * 100_000,
        "\x00" * 100_000,
        "\ufeff" * 10_000,
        "x{=" + "a" * 100_000 + "~b~c}",
    ],
    ids=lambda text: f"{text[:6]!r} x {len(text)}",
)
def test_a_hostile_file_is_a_value_like_any_other(text):
    brought = read(text)

    assert len(brought.items) <= 1
    assert len(brought.report) <= MOST_PROBLEMS + 1


def test_a_hundred_thousand_lines_are_read_up_to_a_limit():
    brought = read(f"What?{CHOICES}\n\n" * 50_000)

    assert len(brought.items) == len({item.id for item in brought.items}) <= MOST_QUESTIONS
    assert brought.report[-1].code in ("too_many_questions", "too_many_problems")


def test_problems_are_told_up_to_a_limit():
    brought = read("Only words.\n\n" * 20_000)

    assert len(brought.report) == MOST_PROBLEMS + 1
    assert brought.report[-1].code == "too_many_problems"


@settings(deadline=None, max_examples=400)
@given(
    st.lists(
        st.sampled_from([*"{}~=#:\\%[]/\n \r\t", "::", "->", "####", "%50%", "T", "1", "..", "a", "b", "日"])
    )
)
def test_whatever_the_marks_are_reading_them_gives_a_value(pieces):
    brought = read("".join(pieces))

    assert all(item.prompt and item.choices for item in brought.items)
    assert all(problem.line >= 1 for problem in brought.report)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_reading_them_gives_a_value(data):
    assert read_gift(data, CHAPTER, EN).language == "en"
