"""Content: every mistake of an author is found, with its file and line, and never half a course is loaded."""

from decimal import Decimal

import pytest

from tests.vpclab.learning import small_course
from vpclab.course_commands import content_lines
from vpclab.errors import ContentError
from vpclab.learning.library import load_library, problems_of
from vpclab.words import languages, load_words

PRACTICE = "chapters/one/practice.yaml"
FIRST = "chapters/one/en.yaml"

MISTAKES = {
    "a missing language": (
        "faq/limits.yaml",
        '{en: "After {idle.seconds} seconds.", ja: "{idle.seconds} 秒後です。"}',
        "{en: Soon.}",
        "missing_language",
    ),
    "a language that there is not": (
        "faq/limits.yaml",
        "{en: Look., ja: 見ます。}",
        "{en: Look., ja: 見ます。, fr: Voir.}",
        "unknown_language",
    ),
    "an unknown fact in a list": ("faq/limits.yaml", "facts: [idle]", "facts: [idel]", "unknown_fact"),
    "an unknown fact in a text": (FIRST, "[^idle]", "[^idel]", "unknown_fact"),
    "an unknown term": (FIRST, "[[route]]", "[[rote]]", "unknown_term"),
    "an unknown value": (FIRST, "{idle.seconds}", "{idle.minutes}", "unknown_value"),
    "a link that leads nowhere": (
        "faq/limits.yaml",
        "chapter: one/first",
        "chapter: one/second",
        "dangling_link",
    ),
    "a link in a text that leads nowhere": (
        FIRST,
        "Take the [[route]].",
        "[Take](faq:nothing) it.",
        "dangling_link",
    ),
    "values that differ between languages": (
        "faq/limits.yaml",
        'ja: "{idle.seconds} 秒後です。"',
        "ja: すぐです。",
        "placeholders_differ",
    ),
    "values of a fact that differ": (
        "facts/limits.yaml",
        "ja: 使われない接続は {seconds} 秒で切れます。",
        "ja: 切れます。",
        "placeholders_differ",
    ),
    "values of a chapter that differ": (FIRST, "{idle.seconds}", "some", "placeholders_differ"),
    "a key written twice": (
        "faq/limits.yaml",
        "  facts: [idle]\n",
        "  facts: [idle]\n  facts: [price]\n",
        "duplicate_key",
    ),
    "an answer that is not a choice": (
        "chapters/one/questions.yaml",
        "answer: later",
        "answer: now",
        "answer_not_a_choice",
    ),
    "a stage that shows something else": (
        "chapters/one/chapter.yaml",
        "shows: NO_ROUTE_TO_DESTINATION",
        "shows: success",
        "shows_something_else",
    ),
    "a network that shows something else": (
        "faq/limits.yaml",
        "shows: success",
        "shows: NO_ROUTE_TO_DESTINATION",
        "shows_something_else",
    ),
    "an example that there is not": (
        "chapters/one/chapter.yaml",
        "start: s3-over-nat",
        "start: s3-over-moon",
        "unknown_example",
    ),
    "a choice that there is not": (
        "chapters/one/chapter.yaml",
        "{way_out: none}",
        "{way_out: moon}",
        "unknown_choice",
    ),
    "a text that is read as a truth value": (FIRST, "ask: When?", "ask: true", "expected_text"),
    "a text that others read as a truth value": (FIRST, "said: A", "said: no", "ambiguous_text"),
    "a text that others read as a time": (FIRST, "said: A", "said: 10:30", "ambiguous_text"),
    "a missing key": ("chapters/one/chapter.yaml", "minutes: 5\n", "", "missing_key"),
    "an unknown key": ("chapters/one/chapter.yaml", "minutes: 5", "minutes: 5\nauthor: me", "unknown_key"),
    "a question without words": ("chapters/one/questions.yaml", "id: when", "id: whenever", "missing_key"),
    "a choice without a reason": (
        FIRST,
        "why: {never: No., soon: No., later: Yes.}",
        "why: {never: No., soon: No.}",
        "missing_key",
    ),
    "a typed price": (
        FIRST,
        "title: More, task: Try.",
        "title: More, task: It costs 0.014 USD.",
        "typed_number",
    ),
    "a typed duration": (
        FIRST,
        "title: More, task: Try.",
        "title: More, task: It takes 6 minutes.",
        "typed_number",
    ),
    "a fact without a source": (
        "facts/limits.yaml",
        '  sources:\n    - {title: A page, url: "https://docs.aws.amazon.com/a"}\n',
        "  sources: []\n",
        "too_few",
    ),
    "an unverified fact": (
        "facts/limits.yaml",
        "confidence: verified",
        "confidence: unverified",
        "not_one_of_these",
    ),
    "a price that there is not": (
        "facts/limits.yaml",
        "price:ap-northeast-1.interface_endpoint_hour",
        "price:ap-northeast-1.dinner",
        "unknown_price",
    ),
    "a fact in the text that the section does not list": (
        FIRST,
        "It takes {idle.seconds} units.[^idle]",
        "It takes {idle.seconds} units.[^price]",
        "fact_not_listed",
    ),
    "a stage that no section shows": (
        "chapters/one/chapter.yaml",
        "    stage: more\n",
        "",
        "stage_not_shown",
    ),
    "a guess on a stage that does not open the chapter": (
        "chapters/one/chapter.yaml",
        "unlock: [gateway_endpoint]",
        "unlock: [gateway_endpoint]\n    guess: way",
        "guess_opens_the_chapter",
    ),
    "a chapter that asks for itself": (
        "chapters/one/chapter.yaml",
        "minutes: 5",
        "minutes: 5\nprerequisites: [one]",
        "prerequisites_in_a_circle",
    ),
    "a statement that is corrected by a fact that corrects nothing": (
        "source-map.yaml",
        "verdict: idle",
        "verdict: price",
        "fact_corrects_nothing",
    ),
    "an id that is no id": ("glossary.yaml", "- id: route", "- id: Route", "wrong_form"),
    "what is no YAML": ("glossary.yaml", "- id: route", "- id: [route", "not_yaml"),
    "a wrong number of answers": (
        "chapters/one/questions.yaml",
        "answer: later",
        "answer: [later, soon]",
        "too_many_entries",
    ),
    "something to predict that has an answer": (
        "chapters/one/questions.yaml",
        "guess: outcome",
        "guess: outcome\n  answer: dropped",
        "unknown_key",
    ),
    "a question of no type": (PRACTICE, "kind: match", "kind: guess", "not_one_of_these"),
    "a question whose type is not said": (PRACTICE, "  kind: match\n", "", "missing_key"),
    "a misconception that the chapter does not have": (
        PRACTICE,
        "misconception: wrong",
        "misconception: right",
        "unknown_misconception",
    ),
    "a pair without its choice": (PRACTICE, "later: three}", "late: three}", "unknown_key"),
    "a pair with a target that there is not": (
        PRACTICE,
        "later: three}",
        "later: four}",
        "answer_not_a_choice",
    ),
    "a component that is not on the way": (
        PRACTICE,
        "subnet-route-table, nat-gateway]",
        "subnet-route-table, transit-gateway]",
        "not_on_the_way",
    ),
    "what stops the request is no choice": (
        PRACTICE,
        "subnet-route-table, source-security-group]",
        "nat-gateway, source-security-group]",
        "answer_not_a_choice",
    ),
    "something to point at with two answers": (
        PRACTICE,
        "guess: stop",
        "guess: stop\n  answer: dns-resolver",
        "point_needs_one_answer",
    ),
    "a figure without a price": (PRACTICE, "nat_gateway_hour", "nat_gateway_year", "unknown_price"),
    "a figure of a fact that has no such value": (
        PRACTICE,
        "fact:idle.seconds",
        "fact:idle.hours",
        "unknown_price",
    ),
    "a figure that is missing": (PRACTICE, "    none: [[0]]\n", "", "missing_key"),
    "figures that were worked out by hand": (
        PRACTICE,
        "unit: usd",
        "unit: usd\n  values: {right: 1}",
        "unknown_key",
    ),
    "a question all of whose choices are right": (
        PRACTICE,
        "answer: [never, soon]",
        "answer: [never, soon, later]",
        "every_choice_is_right",
    ),
    "a question that the chapter asks already": (PRACTICE, "id: pieces", "id: when", "repeated_id"),
    "a section that is called like a step": (
        "chapters/one/chapter.yaml",
        "  - id: first\n",
        "  - id: check-1\n",
        "name_is_taken",
    ),
    "a day that the calendar does not have": (
        "facts/limits.yaml",
        'seconds: "350"',
        'seconds: "2026-02-30"',
        "no_such_day",
    ),
    "a price that is none": (
        "prices.yaml",
        "nat_gateway_gb: 0.062",
        "nat_gateway_gb: -1",
        "expected_number",
    ),
    "a text that was never written": (FIRST, "said: A", 'said: "..."', "not_filled_in"),
    "a prediction of what cannot be": (
        "chapters/one/questions.yaml",
        "[delivered, dropped, denied]",
        "[delivered, dropped, exploded]",
        "not_a_guess",
    ),
}


@pytest.fixture
def course(tmp_path):
    return small_course.write(tmp_path)


def test_a_sound_course_loads(course):
    library = load_library(course)

    assert library.order()[0].id == "one"
    assert library.facts["idle"].topic == "limits"


def test_a_price_stands_in_one_place_and_reaches_the_facts(course):
    small_course.change(
        course, "prices.yaml", "interface_endpoint_hour: 0.014", "interface_endpoint_hour: 0.02"
    )

    assert load_library(course).facts["price"].values["hour"] == "0.02"


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_check_finds(mistake, course):
    name, old, new, code = MISTAKES[mistake]
    line = small_course.change(course, name, old, new)

    found = problems_of(course)

    assert code in {problem.code for problem in found}
    first = next(problem for problem in found if problem.code == code)
    assert first.path[0] in (name, FIRST, "chapters/one/ja.yaml")
    assert first.line is not None
    if first.path[0] == name:
        # What is wrong with a whole record is told at its first line.
        assert abs(first.line - line) <= 6
    with pytest.raises(ContentError):
        load_library(course)


def test_all_mistakes_of_all_files_are_told_at_once(course):
    small_course.change(course, "faq/limits.yaml", "facts: [idle]", "facts: [idel]")
    small_course.change(course, FIRST, "[[route]]", "[[rote]]")
    small_course.change(course, "glossary.yaml", "chapter: one/first", "chapter: two")

    files = {problem.path[0] for problem in problems_of(course)}

    assert {"faq/limits.yaml", FIRST, "glossary.yaml"} <= files


def test_a_missing_file_and_a_folder_that_is_not_listed_are_told(course):
    (course / FIRST).unlink()
    (course / "chapters" / "two").mkdir()

    codes = {problem.code for problem in problems_of(course)}

    assert {"file_not_readable", "chapter_not_listed"} <= codes


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_has_a_sentence(mistake, language, course):
    name, old, new, _ = MISTAKES[mistake]
    small_course.change(course, name, old, new)

    lines = content_lines(ContentError(problems_of(course)), load_words(language))

    assert lines
    for told in lines:
        assert told.startswith("content/")
        assert "{" not in told.partition("{en:")[0]
        assert ": " in told


def words(root, **texts: str) -> None:
    for name, text in texts.items():
        language, _, file = name.partition("_")
        path = root / "words" / language / f"{file}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("ja", "code"),
    [
        ("a: 一\n", "missing_key"),
        ('a: "{n} と"\nb: 二\n', "placeholders_differ"),
        ("a: 一\nb: 二: 三\n", "not_yaml"),
        ("a: 一\nb: 二\nb: 三\n", "duplicate_key"),
        ("a: 一\nb: 2\n", "expected_text"),
        ("a: 一\nb: \x01\n", "not_yaml"),
    ],
)
def test_the_words_of_the_languages_belong_together(ja, code, course):
    topics, units = "topic:\n  limits: x\n", "unit:\n  usd: x\n"
    named = {"en_faq": topics, "ja_faq": topics, "en_practice": units, "ja_practice": units}
    words(course, en_home="a: one\nb: two\n", ja_home=ja, **named)

    found = problems_of(course)

    assert [problem.code for problem in found] == [code]
    assert found[0].path[0] == "words/ja/home.yaml"


def test_a_topic_needs_a_name_in_every_language(course):
    words(course, en_faq="topic:\n  limits: Limits\n", ja_faq="topic:\n  other: 他\n")

    codes = [problem.code for problem in problems_of(course)]

    assert codes.count("unknown_topic") == 1


@pytest.mark.parametrize("price", ["0.01", "0.005"])
def test_an_endpoint_that_saves_nothing_has_no_break_even(price, course):
    small_course.change(course, "prices.yaml", "nat_gateway_gb: 0.062", f"nat_gateway_gb: {price}")
    small_course.change(course, "facts/limits.yaml", "interface_endpoint_hour", "break_even_gb")

    assert [problem.code for problem in problems_of(course)] == ["unknown_price"]


def test_a_unit_without_a_name_is_told_where_the_question_stands(course):
    units = "unit:\n  usd: USD\n"
    topics = "topic:\n  limits: x\n"
    words(course, en_practice=units, ja_practice=units, en_faq=topics, ja_faq=topics)
    line = small_course.change(course, PRACTICE, "unit: usd", "unit: eur")

    found = [problem for problem in problems_of(course) if problem.code == "unknown_unit"]

    assert {(problem.path[0], problem.line) for problem in found} == {(PRACTICE, line)}


def test_figures_are_sums_of_products_of_prices_and_values(course):
    questions = {question.id: question for question in load_library(course).chapters["one"].practice}

    assert questions["much"].values == {
        "right": Decimal("0.062") * 730 + 5,
        "half": Decimal(2) * Decimal(load_library(course).facts["idle"].values["seconds"]),
        "none": Decimal(0),
    }
