"""The review and the exam: asked, answered, told; by keyboard alone, over a refresh, in both languages."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from tests.ui.board import send
from ui import learner as learner_of_session
from vpclab.learning.exam import MINUTES, QUESTIONS
from vpclab.learning.exercise import exercise_of, exercises
from vpclab.learning.library import load_library
from vpclab.learning.questions import (
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    QuestionKind,
    SeveralQuestion,
    TruthQuestion,
)
from vpclab.learning.quiz import TRUE, answer_of
from vpclab.words import languages, load_words

ENTRY = Path(__file__).resolve().parents[2] / "ui" / "main.py"
LIBRARY = load_library()
ONE_OF_EACH = {exercise.question.kind: exercise for exercise in exercises(LIBRARY)}


def open_review(language: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ENTRY), default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.switch_page("../pages/review.py").run()


def now() -> str:
    return str(int(datetime.now(UTC).timestamp()))


def answer(app: AppTest, made: tuple[str, ...], number: int, key: str = "card:review") -> AppTest:
    return send(app, "answered", {"event": f"{number:032x}", "made": list(made), "millis": 900}, key=key)


def html(app: AppTest) -> str:
    """All that the page says in HTML of its own or in its texts."""
    texts = [part.proto.json for part in app.get("bidi_component") if part.proto.id.endswith("told:review")]
    return " ".join([*(part.proto.body for part in app.get("html")), *texts])


def verdict(app: AppTest, key: str = "card:review") -> list[str] | None:
    """What the question says of the answer: a key and a sentence."""
    (card,) = (part.proto for part in app.get("bidi_component") if part.proto.id.endswith(key))
    told: list[str] | None = json.loads(card.json)["verdict"]
    return told


def asked(app: AppTest) -> str:
    given = app.query_params["q"]
    return given[0] if isinstance(given, list) else given


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", QuestionKind)
def test_a_question_of_every_type_is_asked_and_told(kind: QuestionKind, language: str):
    exercise = ONE_OF_EACH[kind]
    app = open_review(language, since=now(), q=exercise.id)

    answer(app, answer_of(exercise.question), 1)

    assert not app.exception
    assert verdict(app) == ["right", load_words(language)("practice.answered.right")]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", [QuestionKind.PREDICT, QuestionKind.POINT])
def test_a_wrong_guess_is_shown_the_network_in_which_it_would_be_right(kind: QuestionKind, language: str):
    exercise = next(
        one
        for one in exercises(LIBRARY)
        if one.question.kind is kind and getattr(one.question, "guess", None) is not None
    )
    right = answer_of(exercise.question)
    wrong = next(choice for choice in exercise.question.choices if choice not in right)
    app = open_review(language, since=now(), q=exercise.id)

    answer(app, (wrong,), 1)

    assert not app.exception
    assert verdict(app) == ["wrong", load_words(language)("practice.answered.wrong")]
    told = load_words(language)("practice.network.would_if")
    assert told in html(app) or load_words(language)("practice.network.would_never") in html(app)


def test_a_review_goes_from_question_to_question_and_ends_with_a_summary():
    app = open_review("en")
    app.button(key="review-begin").click().run()
    seen = []

    for number in range(3):
        name = asked(app)
        seen.append(name)
        answer(app, answer_of(exercise_of(LIBRARY, name).question), number)
        app.button(key="review-next").click().run()
    app.button(key="review-end").click().run()

    assert not app.exception
    assert len(set(seen)) == 3
    told = load_words("en")("practice.review.summary", right=3, count=3)
    assert any(text.value.startswith(told) for text in app.markdown)


def test_from_the_summary_new_facts_are_a_click_away_when_nothing_is_due():
    app = open_review("en")
    app.button(key="review-begin").click().run()
    first = asked(app)
    answer(app, answer_of(exercise_of(LIBRARY, first).question), 1)
    app.button(key="review-end").click().run()
    assert app.button(key="review-again").label == load_words("en")("practice.review.begin_new")

    app.button(key="review-again").click().run()

    assert not app.exception
    assert "done" not in app.query_params
    assert asked(app) != first


def test_the_summary_says_when_the_next_fact_comes_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(learner_of_session, "now", lambda: datetime(2026, 11, 29, 12, 0, tzinfo=UTC))
    app = open_review("en")
    app.button(key="review-begin").click().run()
    exercise = exercise_of(LIBRARY, asked(app))
    wrong = next(choice for choice in exercise.question.choices if choice not in answer_of(exercise.question))
    answer(app, (wrong,), 1)

    app.button(key="review-end").click().run()

    assert any("comes back today at 12:" in text.value for text in app.markdown)


def test_an_exam_that_begins_in_the_second_in_which_a_review_ended_asks_its_questions():
    app = open_review("en")
    app.button(key="review-begin").click().run()
    app.button(key="review-end").click().run()
    since = app.query_params["since"]
    app.button(key="review-leave").click().run()

    app.query_params["since"] = app.query_params["exam"] = since
    app.run()

    assert verdict(app, "card:exam") is None


def test_where_nothing_goes_on_there_is_nothing_to_end():
    app = open_review("en")

    app.button(key="review-end").click().run()

    assert not app.exception
    assert "done" not in app.query_params


def test_an_answer_that_is_sent_twice_counts_once():
    exercise = ONE_OF_EACH[QuestionKind.ONE]
    app = open_review("en", since=now(), q=exercise.id)
    answer(app, answer_of(exercise.question), 7)
    wrong = next(choice for choice in exercise.question.choices if choice not in exercise.question.answer)

    answer(app, (wrong,), 8)

    assert verdict(app) == ["right", load_words("en")("practice.answered.right")]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "x",
        {},
        {"event": "z" * 32, "made": ["a"]},
        {"event": "0" * 32, "made": "a"},
        {"event": "0" * 32, "made": [1]},
        {"event": "0" * 32, "made": ["a"] * 100},
        {"event": "0" * 32, "made": ["a" * 10_000]},
        {"event": 7, "made": ["a"], "millis": "1"},
    ],
)
def test_what_is_no_answer_changes_nothing(sent: Any):
    app = open_review("en", since=now(), q=ONE_OF_EACH[QuestionKind.ONE].id)

    send(app, "answered", sent, key="card:review")

    assert not app.exception
    assert verdict(app) is None


@pytest.mark.parametrize(
    "parameters",
    [
        {"since": "0"},
        {"since": "x"},
        {"since": "99999999999999999999"},
        {"since": "9999999999"},
        {"since": "NOW", "q": "no/such"},
        {"since": "NOW", "q": "generated/nonsense/1"},
        {"since": "NOW", "q": "generated/x/" + "9" * 400},
        {"since": "NOW", "exam": "7", "q": "x"},
        {"since": "NOW", "exam": "-7"},
        {"done": "1"},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_page_all_the_same(parameters: dict[str, str]):
    given = {name: now() if value == "NOW" else value for name, value in parameters.items()}

    app = open_review("en", **given)

    assert not app.exception
    assert app.title[0].value == load_words("en")("interface.review.title")


def test_who_grades_themselves_says_how_well_it_went_before_the_answer_is_kept():
    exercise = ONE_OF_EACH[QuestionKind.ONE]
    app = open_review("en", since=now(), q=exercise.id, self="1")
    answer(app, answer_of(exercise.question), 1)
    assert verdict(app) is None

    app.button(key="grade-hard").click().run()

    assert not app.exception
    assert verdict(app) is not None
    app.button(key="review-next").click().run()
    assert asked(app) != exercise.id


def test_a_right_answer_that_was_not_graded_is_kept_with_the_grade_that_is_suggested():
    exercise = ONE_OF_EACH[QuestionKind.ONE]
    app = open_review("en", since=now(), q=exercise.id, self="1")
    answer(app, answer_of(exercise.question), 1)

    app.button(key="review-end").click().run()

    told = load_words("en")("practice.review.summary", right=1, count=1)
    assert any(text.value.startswith(told) for text in app.markdown)


def test_who_leaves_a_session_can_go_on_with_it():
    exercise = ONE_OF_EACH[QuestionKind.ONE]
    app = open_review("en", since=now(), q=exercise.id)
    for name in ("since", "q"):
        app.query_params.pop(name)
    app.run()

    app.button(key="review-resume").click().run()

    assert asked(app) == exercise.id


def test_an_exam_does_not_take_answers_after_its_time():
    late = str(int(datetime.now(UTC).timestamp()) - 60 * (MINUTES + 1))
    app = open_review("en", since=late, exam="5", timed="1")

    assert any("20" in text.value and "0" in text.value for text in app.markdown)
    assert not [part for part in app.get("bidi_component") if part.proto.id.endswith("card:exam")]


@pytest.mark.parametrize("language", languages())
def test_an_exam_says_nothing_until_its_end_and_then_everything(language: str):
    app = open_review(language)
    app.button(key="exam-begin").click().run()
    t = load_words(language)

    for number in range(QUESTIONS):
        assert verdict(app, "card:exam") is None
        card = next(part for part in app.get("bidi_component") if part.proto.id.endswith("card:exam"))
        draft = "/".join(json.loads(card.proto.json)["draft"].split("/")[:-2])
        answer(app, answer_of(exercise_of(LIBRARY, draft).question), number, key="card:exam")

    assert not app.exception
    told = t("practice.exam.result", points=QUESTIONS, count=QUESTIONS, percent=100)
    assert any(told == text.value for text in app.markdown)
    assert len(app.expander) == QUESTIONS


def test_an_exam_that_is_handed_in_early_counts_what_is_missing_as_nothing():
    app = open_review("en", since=now(), exam="5")

    app.button(key="exam-end").click().run()

    told = load_words("en")("practice.exam.result", points="0", count=QUESTIONS, percent=0)
    assert any(told == text.value for text in app.markdown)


# --- in a browser ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_a_session_can_be_ended_while_it_asks_something(page: Page, server: str, language: str):
    t = load_words(language)
    hand_in = page.get_by_role("button", name=t("practice.exam.end"))
    end = page.get_by_role("button", name=t("practice.review.end"))
    page.goto(f"{server}/review?lang={language}")

    page.get_by_role("button", name=t("practice.exam.begin"), exact=True).click()
    expect(hand_in).to_be_visible()
    expect(end).to_be_hidden()
    hand_in.click()
    page.get_by_role("button", name=t("practice.review.leave")).click()
    expect(hand_in).to_be_hidden()

    page.get_by_role("button", name=t("practice.review.begin"), exact=True).click()
    end.click()
    expect(page.get_by_role("button", name=t("practice.review.leave"))).to_be_visible()
    expect(end).to_be_hidden()


@pytest.fixture
def learner(browser: Browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def ids_of(page: Page) -> str:
    return re.search(r"[?&]q=([^&]+)", page.url)[1].replace("%2F", "/")


def wait_for_next(page: Page, seen: list[str]) -> None:
    """Wait until the address has gone on from the question that was answered last, or to the summary."""
    page.wait_for_function(
        "last => { const at = new URL(location).searchParams;"
        " return at.has('done') || (at.has('q') && at.get('q') !== last); }",
        arg=seen[-1] if seen else "",
    )


def answer_by_keys(page: Page) -> str:
    """Answer the question on the page rightly with keys alone; returns its id."""
    name = ids_of(page)
    exercise = exercise_of(LIBRARY, name)
    question, right = exercise.question, answer_of(exercise.question)
    expect(page.locator(".question:not(.locked) .answer")).to_be_attached()
    values = page.locator(".question").evaluate(
        "root => [...root.querySelectorAll('input[name=choice], input[name=why], .item')]"
        ".map((one) => one.value)"
    )
    if isinstance(question, NumberQuestion):
        page.keyboard.press("Tab")
        page.locator("#number").focus()
        page.keyboard.type(right[0])
    elif isinstance(question, MatchQuestion):
        targets = page.locator(".question select").first.evaluate(
            "list => [...list.options].slice(1).map((one) => one.value)"
        )
        order = page.locator(".question").evaluate(
            "root => JSON.parse(JSON.stringify(root.card.told.choices.map(([value]) => value)))"
        )
        for choice in order:
            page.keyboard.press(str(targets.index(question.pairs[choice]) + 1))
    elif isinstance(question, TruthQuestion):
        page.keyboard.press("1" if right[0] == TRUE else "2")
        page.keyboard.press(str(values.index(right[1]) + 3))
    elif isinstance(question, OrderQuestion | SeveralQuestion):
        for choice in right:
            page.keyboard.press(str(values.index(choice) + 1))
    else:
        page.keyboard.press(str(values.index(right[0]) + 1))
    expect(page.locator(".question .answer")).to_be_enabled()
    page.keyboard.press("Enter")
    expect(page.locator(".verdict.right")).to_be_visible()
    expect(page.locator(".question.locked")).to_be_attached()
    return name


@pytest.mark.parametrize("language", languages())
def test_a_review_is_finished_with_the_keyboard_alone(learner: Page, server: str, language: str):
    t = load_words(language)
    learner.goto(f"{server}/review?lang={language}")
    begin = learner.get_by_role("button", name=t("practice.review.begin"), exact=True)
    expect(begin).to_be_visible()
    for _ in range(60):
        if begin.evaluate("one => one === document.activeElement"):
            break
        learner.keyboard.press("Tab")
    learner.keyboard.press("Enter")
    seen: list[str] = []

    while len(seen) < 30:
        wait_for_next(learner, seen)
        if "done=1" in learner.url:
            break
        seen.append(answer_by_keys(learner))
        learner.keyboard.press("Enter")

    told = t("practice.review.summary", right=len(seen), count=len(seen)).replace("**", "")
    expect(learner.get_by_text(told)).to_be_visible()
    assert len(seen) >= 5
    assert len(set(seen)) == len(seen)


def test_a_refresh_in_the_middle_goes_on_where_one_was(learner: Page, server: str):
    t = load_words("en")
    learner.goto(f"{server}/review?lang=en")
    learner.get_by_role("button", name=t("practice.review.begin"), exact=True).click()
    learner.wait_for_url("**q=*")
    answer_by_keys(learner)

    learner.reload()

    expect(learner.locator(".verdict.right")).to_be_visible()
    learner.get_by_role("button", name=t("practice.review.next")).click()
    expect(learner.locator(".question:not(.locked) .answer")).to_be_visible()
    learner.keyboard.press("2")
    marked = learner.locator(".question .made").first.inner_text().split("\n")[-1]

    learner.reload()

    expect(learner.locator(".question .made").first).to_contain_text(marked)
    expect(learner.get_by_text(t("practice.review.progress", answered=1, due=0))).to_be_visible()


def test_what_was_answered_in_one_tab_is_known_in_another(learner: Page, server: str):
    exercise = ONE_OF_EACH[QuestionKind.ONE]
    chapter, _, question = exercise.id.partition("/")
    number = [one.id for one in LIBRARY.chapters[chapter].questions].index(question) + 1
    address = f"{server}/chapters?lang=en&id={chapter}&at=check-{number}"
    learner.goto(address)
    expect(learner.locator(".question .answer")).to_be_visible()
    learner.keyboard.press("1")
    learner.keyboard.press("Enter")
    expect(learner.locator(".verdict")).to_be_visible()

    other = learner.context.new_page()
    other.goto(address)

    expect(other.locator(".verdict")).to_be_visible()


def test_a_letter_on_the_picture_is_a_choice(learner: Page, server: str):
    exercise = ONE_OF_EACH[QuestionKind.POINT]
    learner.goto(f"{server}/review?lang=en&since={now()}&q={exercise.id}")
    (right,) = answer_of(exercise.question)

    learner.locator(f"#point-{right}").click()

    expect(learner.locator(f".question input[value={right}]")).to_be_checked()
