"""Item statistics on the page of progress: counted when asked, for enough learners, in words."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from streamlit.testing.v1 import AppTest

from tests.ui.test_course import open_page
from tests.vpclab.test_item_commands import NOW, answered
from ui import item_view
from ui.providers import PROJECT_FOLDER
from vpclab.errors import Problem, StoreError
from vpclab.learning.exercise import exercises
from vpclab.learning.item_statistics import ItemAnswer
from vpclab.learning.library import load_library
from vpclab.learning.quiz import answer_of
from vpclab.store.database import database_url
from vpclab.store.progress import ProgressStore
from vpclab.words import languages, load_words

ASKED, RARE = exercises(load_library())[:2]
PHONE = {"width": 360, "height": 720}


class Answers:
    """Stands for the store: six learners have answered one question, four of them another one."""

    def __init__(self) -> None:
        self.asked = 0
        self.is_reachable = True

    def item_answers(self) -> Iterator[ItemAnswer]:
        self.asked += 1
        if not self.is_reachable:
            raise StoreError((Problem(path=(), code="store_unreachable"),))
        for number in range(6):
            yield f"learner-{number}", ASKED.id, answer_of(ASKED.question), 1.0
            if number < 4:
                yield f"learner-{number}", RARE.id, ("<b>typed</b>",), 0.0


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    answers = Answers()
    monkeypatch.setattr(item_view, "store", lambda: answers)
    item_view.counted_items.clear()
    yield answers
    item_view.counted_items.clear()


def press(app: AppTest) -> AppTest:
    return app.button(key="items-count").click().run()


def tables(app: AppTest) -> list[str]:
    """The tables of items that the page shows."""
    return [html.proto.body for html in app.get("html") if "<details>" in html.proto.body]


def test_opening_the_page_counts_nothing(kept: Answers):
    app = open_page("progress", "en")

    assert not app.exception
    assert load_words("en")("items.title") in [fold.label for fold in app.expander]
    assert kept.asked == 0
    assert tables(app) == []


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("language", languages())
def test_the_button_shows_items_of_enough_learners_in_words(language: str):
    t = load_words(language)

    app = press(open_page("progress", language))

    assert not app.exception
    (table,) = tables(app)
    assert table.count("<details>") == 1
    assert t("items.percent", percent=100) in table
    assert t("items.small", count=30) in table
    assert t("items.times", count=6, percent=100) in table
    assert t("items.option.unused-distractor") in table
    assert t("items.summary", shown=1, flagged=1, hidden=1) in [text.value for text in app.markdown]
    assert not any(text in table for text in ("learner-", "typed"))


def test_later_runs_show_what_was_counted_and_count_no_more(kept: Answers):
    app = press(open_page("progress", "en"))
    (table,) = tables(app)

    app.run()
    press(app)

    assert tables(app) == [table]
    assert kept.asked == 1


def test_another_session_shares_what_was_counted(kept: Answers):
    press(open_page("progress", "en"))

    app = press(open_page("progress", "ja"))

    assert len(tables(app)) == 1
    assert kept.asked == 1


def test_a_store_that_cannot_be_reached_is_told_and_can_be_tried_again(kept: Answers):
    kept.is_reachable = False
    app = press(open_page("progress", "en"))
    told = [error.value for error in app.error]

    kept.is_reachable = True
    press(app)

    assert load_words("en")("items.unreachable") in told
    assert not app.exception
    assert not app.error
    assert len(tables(app)) == 1


def test_without_answers_the_page_says_so(kept: Answers, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "item_answers", lambda: iter(()))

    app = press(open_page("progress", "en"))

    assert load_words("en")("items.nothing", fewest=5) in [text.value for text in app.markdown]
    assert tables(app) == []


@pytest.fixture
def answers_on_the_server() -> None:
    """What the server of the tests finds in its store."""
    store = ProgressStore(database_url(os.environ, PROJECT_FOLDER))
    store.migrate()
    for number in range(6):
        store.keep(f"item-learner-{number}", [answered(ASKED, answer_of(ASKED.question), 1.0)], NOW)
    store.close()


@pytest.mark.usefixtures("answers_on_the_server")
@pytest.mark.parametrize("language", languages())
def test_items_fit_a_phone_and_can_be_saved(browser: Browser, fresh_server: str, language: str):
    t = load_words(language)
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{fresh_server}/progress?lang={language}")
    page.get_by_text(t("items.title")).click()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")

    # By keyboard: what is counted moves the page below the mouse at any moment.
    page.get_by_role("button", name=t("items.count")).press("Enter")
    page.locator("summary", has_text=t("items.choices")).first.press("Enter")

    table = page.locator(".vpclab .scroll").last
    expect(table.locator("details table").first).to_be_visible()
    assert table.evaluate("element => element.scrollWidth <= element.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    with page.expect_download() as download:
        page.get_by_role("button", name=t("items.csv")).click()
    assert download.value.suggested_filename == f"vpc-endpoint-lab-items-{language}.csv"
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    context.close()
