"""Labs of the course: every mistake of an author is found, with its file and line."""

import pytest

from tests.vpclab.learning import small_course
from vpclab.course_commands import content_lines
from vpclab.errors import ContentError
from vpclab.learning.lab_files import deep_problems, drafts
from vpclab.learning.library import lab_reader, load_library, problems_of
from vpclab.words import languages, load_words

PLAN = "labs/save/lab.yaml"
TEXT = "labs/save/en.yaml"

GOALS = """\
  - {request: main, reaches: true, through: gateway-endpoint}
  - {month_below: half}
  - {request: abroad, reaches: false}
"""

FILES = {
    "labs/order.yaml": "- save\n",
    PLAN: """\
level: 2
chapter: one/first
facts: [idle]
start: s3-over-nat
traffic_gb: 100
requests:
  abroad: {bucket_region: other}
goal:
  - {request: main, reaches: true, through: gateway-endpoint}
  - {month_below: half}
  - {request: abroad, reaches: false}
moves: [gateway_endpoint, way_out]
only: {way_out: [none, nat]}
named_moves:
  more:
    - {add: route_tables, id: rtb-app, key: Routes, item: {Destination: 10.9.0.0/16, Target: nat-lab}, at: 1}
solution: [{gateway_endpoint: "yes"}, {way_out: none}]
single: []
hints: [way, none, cost]
hint_facts:
  way: {request: main, through: nat-gateway}
  none: {choice: {gateway_endpoint: "no"}}
  cost: {present: nat-gateway}
par: {moves: 2, month: 0}
""",
}
WORDS = """\
title: Save
story: It takes 100 GB and costs 55.11 USD a month, half of it would be 27.56 USD.
task: Take the [[route]].
goals: [It arrives., It costs half., The other does not.]
hints: {way: Look., none: Nothing., cost: It costs.}
explain: The [[route]] does it.[^idle] It ends after {idle.seconds} seconds. It saves 55.11 USD.
requests: {abroad: A bucket elsewhere.}
named_moves: {more: One route more.}
"""


@pytest.fixture
def course(tmp_path):
    small_course.write(tmp_path)
    texts = {f"labs/save/{language}.yaml": WORDS for language in languages()}
    for name, text in {**FILES, **texts}.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_sound_lab_is_read_with_its_words_in_every_language(course):
    library = load_library(course)

    lab = library.labs["save"]
    assert list(library.labs) == ["save"]
    assert set(lab.texts) == set(languages())
    assert lab.id == "save"
    assert deep_problems(course, lab) == ()


def test_a_course_without_labs_has_none(tmp_path):
    assert dict(load_library(small_course.write(tmp_path)).labs) == {}


MISTAKES = {
    "a lab that there is not": ("labs/order.yaml", "- save", "- saev", "file_not_readable"),
    "a lab listed twice": ("labs/order.yaml", "- save\n", "- save\n- save\n", "repeated_id"),
    "an unknown fact": (PLAN, "facts: [idle]", "facts: [idel]", "unknown_fact"),
    "no fact": (PLAN, "facts: [idle]", "facts: []", "too_few"),
    "a chapter that there is not": (PLAN, "chapter: one/first", "chapter: one/last", "dangling_link"),
    "no chapter": (PLAN, "chapter: one/first\n", "", "missing_key"),
    "a level beyond the scale": (PLAN, "level: 2", "level: 6", "expected_number"),
    "an example that there is not": (PLAN, "start: s3-over-nat", "start: s3", "unknown_example"),
    "a request that is the network's own": (PLAN, "  abroad: {", "  main: {", "main_is_the_network"),
    "a request that changes the network": (PLAN, "bucket_region: other", "way_out: nat", "not_of_a_request"),
    "a request that there is not": (PLAN, "{request: abroad,", "{request: away,", "unknown_request"),
    "a way that there is not": (PLAN, "through: gateway-endpoint", "through: the-air", "not_one_of_these"),
    "a component that there is not": (PLAN, "present: nat-gateway", "present: nat", "not_one_of_these"),
    "a code that there is not": (PLAN, "reaches: false}", "stopped_by: BAD_MOOD}", "unknown_code"),
    "a bound that is none": (PLAN, "month_below: half", "month_below: most", "not_a_bound"),
    "a goal with a choice": (PLAN, "{month_below: half}", "{choice: {way_out: nat}}", "unknown_key"),
    "cost without traffic": (PLAN, "traffic_gb: 100\n", "", "month_needs_traffic"),
    "an unknown move": (PLAN, "moves: [gateway_endpoint,", "moves: [gateway,", "unknown_choice"),
    "a value that cannot be set": (PLAN, "[none, nat]}", "[none, tan]}", "unknown_choice"),
    "limits on what is no move": (PLAN, "only: {way_out:", "only: {zones:", "not_a_move"),
    "an edit that there is not": (PLAN, "{add: route_tables", "{add: tables", "not_one_of"),
    "a named move without edits": (PLAN, "  more:\n", "  other: []\n  more:\n", "too_few"),
    "a solution of another move": (PLAN, "{way_out: none}]", "{zones: \"2\"}]", "not_a_move"),
    "a solution of a value that is not allowed": (
        PLAN,
        "{way_out: none}]",
        "{way_out: igw}]",
        "move_not_allowed",
    ),
    "a solution that does not solve": (
        PLAN,
        'solution: [{gateway_endpoint: "yes"}, {way_out: none}]',
        "solution: [{way_out: none}]",
        "solution_misses_goal",
    ),
    "a solution of too many moves": (
        PLAN,
        "solution: [",
        "solution: [{make: more}, {take_back: more}, {make: more}, ",
        "too_many_entries",
    ),
    "a start that meets the goal": (
        PLAN,
        GOALS,
        "  - {present: nat-gateway}\n",
        "start_meets_goal",
    ),
    "a hint that is not so": (PLAN, "{present: nat-gateway}", "{absent: nat-gateway}", "hint_not_true"),
    "two hints": (PLAN, "hints: [way, none, cost]", "hints: [way, none]", "too_few"),
    "a hint that names nothing": (PLAN, "  cost: {present: nat-gateway}\n", "", "missing_key"),
    "a name of no hint": (PLAN, "  cost: {", "  more: {absent: nat-gateway}\n  cost: {", "unknown_key"),
    "a par that the solution misses": (PLAN, "par: {moves: 2", "par: {moves: 1", "par_not_reached"),
    "a sentence too few": (TEXT, "It arrives., ", "", "goals_differ"),
    "a hint without words": (TEXT, "cost: It costs.", "coast: It costs.", "missing_key"),
    "a request without words": (TEXT, "requests: {abroad: A bucket elsewhere.}\n", "", "missing_key"),
    "words of no named move": (TEXT, "more: One", "less: One", "unknown_key"),
    "a text not filled in": (TEXT, "title: Save", 'title: "..."', "not_filled_in"),
    "an unknown term": (TEXT, "Take the [[route]]", "Take the [[rote]]", "unknown_term"),
    "a mark of an unknown fact": (TEXT, "[^idle]", "[^idel]", "unknown_fact"),
    "values that differ between languages": (TEXT, "{idle.seconds}", "some", "placeholders_differ"),
    "a typed number": (TEXT, "100 GB", "200 GB", "typed_number"),
    "an amount that no network costs": (TEXT, "costs 55.11", "costs 55.12", "typed_number"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_lab_is_found_with_its_file(course, mistake):
    name, old, new, code = MISTAKES[mistake]
    small_course.change(course, name, old, new)

    problems = problems_of(course)

    assert code in [problem.code for problem in problems]
    assert all(str(problem.path[0]).startswith("labs/") for problem in problems)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_words(course, mistake, language):
    name, old, new, _ = MISTAKES[mistake]
    small_course.change(course, name, old, new)

    problems = problems_of(course)

    words = load_words(language)
    assert all(
        words.has(f"content.problem.{problem.code}") or words.has(f"problems.{problem.code}")
        for problem in problems
    )
    assert len(content_lines(ContentError(problems), words)) == len(problems)


def test_a_problem_has_the_line_it_stands_on(course):
    line = small_course.change(course, PLAN, "{present: nat-gateway}", "{absent: nat-gateway}")

    (problem,) = problems_of(course)

    assert problem.path == (PLAN, "hint_facts", "cost")
    assert problem.line == line


def test_levels_never_fall(course):
    for language in ("lab", *languages()):
        text = (course / f"labs/save/{language}.yaml").read_text(encoding="utf-8")
        file = course / f"labs/first-steps/{language}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace("level: 2", "level: 1"), encoding="utf-8")
    (course / "labs/order.yaml").write_text("- save\n- first-steps\n", encoding="utf-8")

    (problem,) = problems_of(course)

    assert (problem.code, problem.line) == ("level_falls", 2)


def test_a_lab_that_is_not_listed_is_a_draft_which_stops_nothing_and_can_be_checked(course):
    (course / "labs/order.yaml").write_text("[]\n", encoding="utf-8")

    assert problems_of(course) == ()
    assert dict(load_library(course).labs) == {}
    assert [problem.facts["name"] for problem in drafts(course, ())] == ["save"]
    reader = lab_reader(course)
    assert reader.lab("save") is not None
    assert reader.problems == []


def test_single_moves_that_are_not_declared_or_do_not_solve_are_told(course):
    goals = "  - {month_below: half}\n  - {request: abroad, reaches: false}\n"
    small_course.change(course, PLAN, goals, "")
    small_course.change(course, PLAN, "single: []", "single: [{way_out: none}]")

    reader = lab_reader(course)
    lab = reader.lab("save")

    assert lab is not None
    assert [(problem.code, problem.facts["move"]) for problem in deep_problems(course, lab)] == [
        ("single_not_declared", "gateway_endpoint: yes"),
        ("single_does_not_solve", "way_out: none"),
    ]


def test_a_named_move_that_never_changes_anything_is_told(course):
    start = "key: Routes, item: {Destination: 10.9.0.0/16, Target: nat-lab}, at: 1}"
    small_course.change(
        course, PLAN, start, "key: Routes, item: {Destination: 10.9.0.0/16, Target: nat-lab}, at: 99}"
    )

    lab = load_library(course).labs["save"]

    assert [problem.code for problem in deep_problems(course, lab)] == ["named_move_does_nothing"]


def test_labs_need_prices(course):
    (course / "prices.yaml").unlink()

    assert lab_reader(course) is None
    assert {str(problem.path[0]) for problem in problems_of(course)} == {"prices.yaml"}


def test_a_lab_without_its_words_is_still_tried(course):
    for language in languages():
        (course / f"labs/save/{language}.yaml").unlink()
    small_course.change(course, PLAN, "{present: nat-gateway}", "{absent: nat-gateway}")

    codes = [problem.code for problem in problems_of(course)]

    assert codes == ["file_not_readable"] * len(languages()) + ["hint_not_true"]
