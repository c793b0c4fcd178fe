"""Labs between people: what is written is read again, and what strangers send cannot do harm."""

import base64
import zlib
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.vpclab.learning import small_lab
from vpclab.learning.lab_exchange import (
    MAX_CHARACTERS,
    MAX_LINK,
    Draft,
    OwnText,
    decode_lab,
    encode_lab,
    lab_text,
    read_lab,
)
from vpclab.learning.lab_models import AbsentGoal, Component, Lab, MonthGoal, RequestGoal, Way
from vpclab.learning.labs import start_of
from vpclab.learning.library import lab_reader
from vpclab.sandbox.choices import Choices, WayOut
from vpclab.sandbox.setup import Setup, request_of

SMALLEST = """\
start: s3-over-nat
goal: [{request: main, reaches: false}]
moves: [way_out]
texts: {ja: {title: 題, task: する}}
"""


def codes(read: object) -> list[str]:
    assert isinstance(read, tuple)
    return [problem.code for problem in read]


def same(one: Lab, other: Lab) -> bool:
    """Whether two labs say the same: their plans and words, and what the engine made of them."""
    said = [
        (
            lab.plan.model_dump(),
            {name: text.model_dump() for name, text in lab.texts.items()},
            (lab.edits, lab.named_moves, lab.solution, lab.single),
        )
        for lab in (one, other)
    ]
    return said[0] == said[1]


def test_a_lab_is_the_same_after_writing_and_reading():
    lab = small_lab.lab()

    assert same(read_lab(lab_text(lab)), lab)
    assert same(decode_lab(encode_lab(lab)), lab)


def test_every_lab_of_the_course_can_be_sent_to_somebody():
    for lab in lab_reader().labs().values():
        sent = read_lab(lab_text(lab))

        assert isinstance(sent, Lab), (lab.id, sent)
        assert same(sent, lab)
        assert sent.id == ""


def test_a_draft_becomes_a_lab_that_starts_where_the_sandbox_stood():
    setup = Setup(
        start="s3-over-nat",
        choices=Choices(way_out=WayOut.NAT, zones=2),
        edits=small_lab.lab().named_moves["close"],
    )
    draft = Draft(
        setup=setup,
        goal=(
            RequestGoal(request="main", reaches=True, through=Way.GATEWAY_ENDPOINT),
            AbsentGoal(absent=Component.NAT_GATEWAY),
            MonthGoal(month_below=Decimal("12.30")),
            MonthGoal(month_below="half"),
        ),
        moves=("gateway_endpoint", "way_out"),
        only={"way_out": ("none",)},
        texts={"en": OwnText(title="Yes: no", task='- "off" #1\nand ☃')},
        traffic_gb=Decimal("0.5"),
    )

    lab = read_lab(lab_text(draft))

    assert isinstance(lab, Lab), lab
    assert start_of(lab) == setup
    assert lab.plan.goal == draft.goal
    assert lab.plan.traffic_gb == Decimal("0.5")
    assert lab.text("en").title == "Yes: no"
    assert lab.text("en").task == '- "off" #1\nand ☃'


@pytest.mark.parametrize("text", ["y", "1e3", "0o7", "null", "10:30", "~", "#", "-", "2026-11-22", "=", "<<"])
def test_any_words_stay_words(text):
    draft = Draft(
        setup=Setup(start="s3-over-nat", choices=Choices()),
        goal=(RequestGoal(request="main", reaches=False),),
        moves=("way_out",),
        texts={"ja": OwnText(title=text, task=text)},
    )

    lab = read_lab(lab_text(draft))

    assert isinstance(lab, Lab), lab
    assert lab.text("ja").title == text


def test_words_in_one_language_are_enough_and_stand_in_for_the_other():
    lab = read_lab(SMALLEST)

    assert isinstance(lab, Lab)
    assert lab.text("en") == lab.text("ja")


BROKEN = {
    "too much to read": (lambda: SMALLEST + "#" * MAX_CHARACTERS, "lab_too_long"),
    "a little text that points to much": (
        lambda: f"a: &a {'x' * 30_000}\n{SMALLEST.replace('する', '*a')}b: *a\n",
        "lab_too_long",
    ),
    "nothing": (lambda: "", "empty_file"),
    "no mapping": (lambda: "[1]", "expected_mapping"),
    "no YAML": (lambda: "a: [", "not_yaml"),
    "a nest": (lambda: "a: " + "[" * 5_000, "nested_too_deep"),
    "a tag": (lambda: SMALLEST.replace("s3-over-nat", "!!python/name:os.system x"), "yaml_tag"),
    "a key that there is not": (lambda: SMALLEST + "prices: {}\n", "unknown_key"),
    "a start that there is not": (lambda: SMALLEST.replace("s3-over-nat", "s4"), "unknown_example"),
    "a language that there is not": (lambda: SMALLEST.replace("ja:", "fr:"), "unknown_language"),
    "no words": (lambda: SMALLEST.replace("{ja: {title: 題, task: する}}", "{}"), "text_missing"),
    "a start that meets the goal": (lambda: SMALLEST.replace("false", "true"), "start_meets_goal"),
    "a goal that says nothing": (lambda: SMALLEST.replace(", reaches: false", ""), "goal_says_nothing"),
    "a truth as text": (lambda: SMALLEST.replace("false", '"no"'), "expected_truth"),
    "a bound that is none": (
        lambda: SMALLEST.replace("{request: main, reaches: false}", "{month_below: free}"),
        "not_a_bound",
    ),
    "cost without traffic": (
        lambda: SMALLEST.replace("{request: main, reaches: false}", "{month_below: 3}"),
        "month_needs_traffic",
    ),
    "an edit that is none": (lambda: SMALLEST + "edits: [{add: moons}]\n", "not_one_of"),
    "an edit that does not fit": (
        lambda: SMALLEST + "edits: [{remove: subnets, id: subnet-moon}]\n",
        "edit_does_not_fit",
    ),
    "an edit that leaves ids of nothing": (
        lambda: SMALLEST + "edits: [{remove: security_groups, id: sg-app}]\n",
        "edit_does_not_fit",
    ),
    "a move that there is not": (lambda: SMALLEST.replace("[way_out]", "[teleport]"), "unknown_choice"),
    "no move": (lambda: SMALLEST.replace("[way_out]", "[]"), "no_moves"),
    "a solution that does not solve": (
        lambda: SMALLEST + "solution: [{way_out: nat-per-zone}]\n",
        "solution_misses_goal",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_with_a_stranger_s_lab_is_told(name):
    make_text, code = BROKEN[name]

    assert code in codes(read_lab(make_text()))


def test_every_problem_is_told_with_its_line():
    text = SMALLEST.replace("[way_out]", "[way_out, teleport]").replace("request: main", "request: other")

    found = read_lab(text)

    assert [(problem.code, problem.line) for problem in found] == [
        ("unknown_choice", 3),
        ("unknown_request", 2),
    ]


@pytest.mark.parametrize(
    "text", ["", "1", "1.", "2.eJwDAAAAAAE", "1.!!!", "1.é", "1.eJx", "\0", "1." + "A" * 50]
)
def test_a_link_that_is_no_lab_is_told(text):
    assert codes(decode_lab(text)) == ["lab_link_broken"]


def test_a_link_that_is_too_long_or_unpacks_to_too_much_is_not_unpacked():
    bomb = base64.urlsafe_b64encode(zlib.compress(b"#" * 4_000_000, 9)).decode().rstrip("=")

    assert len(bomb) < MAX_LINK
    assert codes(decode_lab(f"1.{bomb}")) == ["lab_link_broken"]
    assert codes(decode_lab("1." + "A" * MAX_LINK)) == ["lab_too_long"]


def test_a_lab_cut_off_on_its_way_is_told():
    assert codes(decode_lab(encode_lab(small_lab.lab())[:-20])) == ["lab_link_broken"]


def test_a_request_typed_by_hand_is_no_part_of_a_draft():
    setup = Setup(start="s3-over-nat", choices=Choices())
    draft = Draft(
        setup=replace(setup, request=request_of(replace(setup, choices=Choices(destination="kms")))),
        goal=(RequestGoal(request="main", reaches=False),),
        moves=("way_out",),
        texts={"ja": OwnText(title="題", task="する")},
    )

    lab = read_lab(lab_text(draft))

    assert isinstance(lab, Lab)
    assert start_of(lab) == setup
