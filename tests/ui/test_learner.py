"""The learner of a session: kept after each answer, waiting while the store is away, one in all tabs."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.board import send
from tests.vpclab.store.records import answered, event_id
from ui import learner, learner_cookie, progress_view, providers, startup
from ui.learner_cookie import new_secret
from vpclab.errors import ExchangeError, Problem, StoreError
from vpclab.learning.library import load_library
from vpclab.learning.questions import QuestionKind
from vpclab.learning.quiz import answer_of
from vpclab.store.events import Answered
from vpclab.store.progress import ProgressStore
from vpclab.words import languages, load_words

ENTRY = Path(__file__).resolve().parents[2] / "ui" / "main.py"
CHAPTER = load_library().chapters["cost"]
QUESTIONS = [
    (number, question)
    for number, question in enumerate(CHAPTER.questions, start=1)
    if question.kind in (QuestionKind.ONE, QuestionKind.SEVERAL)
][:2]


class Switch:
    """A store that can be away; it counts how often somebody asked for it."""

    def __init__(self, kept: ProgressStore) -> None:
        self.kept = kept
        self.is_away = False
        self.asked = 0

    def __call__(self) -> ProgressStore:
        self.asked += 1
        if self.is_away:
            raise StoreError((Problem(path=(), code="store_unreachable"),))
        return self.kept


class Browser:
    """The cookie of a browser, as the tabs see it that were opened with it."""

    def __init__(self) -> None:
        self.secret: str | None = new_secret()


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the file of a store in which nothing is kept yet."""
    file = tmp_path_factory.mktemp("empty") / "progress.sqlite3"
    with closing(ProgressStore(f"sqlite:///{file}")) as made:
        made.migrate()
    return file


@pytest.fixture
def store(empty_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Switch]:
    """Open a store of this test's own, which the pages write to."""
    with closing(ProgressStore(f"sqlite:///{shutil.copy(empty_file, tmp_path)}")) as opened:
        switch = Switch(opened)
        monkeypatch.setattr(learner, "store", switch)
        monkeypatch.setattr(progress_view, "store", switch)
        yield switch


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Give the pages of this test a cookie, which AppTest does not have."""
    made = Browser()
    monkeypatch.setattr(learner, "_secret_of_tab", lambda: made.secret)
    return made


@pytest.fixture
def retries_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a session try a store again without the wait."""
    monkeypatch.setattr(learner, "_RETRY_SECONDS", -1)


def open_page(page: str, language: str = "en", **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ENTRY), default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    return go(app, page, **parameters)


def go(app: AppTest, page: str, **parameters: str) -> AppTest:
    for name, value in parameters.items():
        app.query_params[name] = value
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return app


def ask(app: AppTest, which: int) -> AppTest:
    """Open a question of the chapter."""
    return go(app, "chapters", id=CHAPTER.id, at=f"check-{QUESTIONS[which][0]}")


def answer(app: AppTest, which: int, event: int) -> AppTest:
    """Open a question of the chapter and answer it right, with an id of the browser's."""
    ask(app, which)
    _, question = QUESTIONS[which]
    sent = {"event": event_id(event), "made": list(answer_of(question)), "millis": 900}
    send(app, "answered", sent, key=f"card:{CHAPTER.id}/{question.id}")
    assert not app.exception
    return app


def is_told_right(app: AppTest, language: str = "en") -> bool:
    told = json.dumps(["right", load_words(language)("practice.answered.right")])
    return any(told in one.proto.json for one in app.get("bidi_component"))


def warned(app: AppTest, language: str = "en") -> bool:
    said = load_words(language)("practice.progress.not_kept")
    return said in [one.value for one in app.warning]


def ids(answers: tuple[Answered, ...]) -> list[str]:
    return [one.id for one in answers]


def test_an_answer_is_in_the_store_when_the_page_tells_of_it(store: Switch, browser: Browser):
    app = answer(open_page("home"), 0, event=1)

    assert is_told_right(app)
    assert ids(store.kept.history(browser.secret)) == [event_id(1)]


def test_an_answer_that_is_sent_twice_is_counted_once(store: Switch, browser: Browser):
    app = answer(open_page("home"), 0, event=1)
    answer(app, 0, event=1)
    answer(open_page("home"), 0, event=1)  # the tab was opened again before it had heard of the answer

    assert ids(store.kept.history(browser.secret)) == [event_id(1)]
    assert {card.reviews for card in store.kept.progress(browser.secret).cards.values()} == {1}


def test_two_tabs_at_once_add_to_one_progress_and_a_page_shows_all_of_it(store: Switch, browser: Browser):
    one, other = open_page("home"), open_page("home")
    answer(one, 0, event=1)
    answer(other, 1, event=2)

    go(one, "progress")

    assert ids(store.kept.history(browser.secret)) == [event_id(1), event_id(2)]
    assert ids(one.session_state["learner"].progress.answers) == [event_id(1), event_id(2)]


@pytest.mark.usefixtures("store", "browser")
def test_what_was_answered_on_another_day_is_shown_in_a_new_tab():
    answer(open_page("home"), 0, event=1)

    app = ask(open_page("home"), 0)

    assert is_told_right(app)


@pytest.mark.parametrize("language", languages())
@pytest.mark.usefixtures("retries_at_once")
def test_while_the_store_is_away_the_page_teaches_on_and_writes_when_it_is_back(
    store: Switch, browser: Browser, language: str
):
    store.is_away = True
    app = open_page("home", language)
    answer(app, 0, event=1)
    answer(app, 1, event=2)
    assert is_told_right(app, language)
    for page in ("progress", "review", "labs"):
        assert warned(go(app, page), language), page
    assert len(app.session_state["learner"].progress.answers) == 2

    store.is_away = False
    go(app, "progress")

    assert not warned(app, language)
    assert ids(store.kept.history(browser.secret)) == [event_id(1), event_id(2)]


@pytest.mark.usefixtures("retries_at_once")
def test_what_waited_is_written_with_the_next_answer(store: Switch, browser: Browser):
    app = open_page("home")
    store.is_away = True
    answer(app, 0, event=1)

    store.is_away = False
    answer(app, 1, event=2)

    assert ids(store.kept.history(browser.secret)) == [event_id(1), event_id(2)]


@pytest.mark.usefixtures("retries_at_once")
def test_an_answer_that_was_written_although_the_store_failed_to_say_so_is_counted_once(
    store: Switch, browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    def keeps_and_fails(*given: Any) -> None:
        keep(*given)
        raise StoreError((Problem(path=(), code="store_unreachable"),))

    keep = store.kept.keep
    app = open_page("home")
    ask(app, 0)
    with monkeypatch.context() as patched:
        patched.setattr(store.kept, "keep", keeps_and_fails)
        answer(app, 0, event=1)

    answer(app, 1, event=2)

    assert ids(store.kept.history(browser.secret)) == [event_id(1), event_id(2)]


def test_a_store_that_is_away_is_left_alone_for_a_while(
    store: Switch, browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(learner, "_RETRY_SECONDS", 3600)
    store.is_away = True
    app = open_page("progress")
    before = store.asked

    answer(app, 0, event=1)
    answer(app, 1, event=2)
    go(app, "review", since=str(int(datetime.now(UTC).timestamp())))

    assert store.asked == before
    assert browser.secret is not None


def test_without_a_cookie_the_session_keeps_it_and_nobody_asks_the_store(store: Switch, browser: Browser):
    browser.secret = None

    app = answer(open_page("home"), 0, event=1)
    go(app, "progress")

    assert store.asked == 0
    assert ids(app.session_state["learner"].progress.answers) == [event_id(1)]
    assert not warned(app)
    assert load_words("en")("practice.device.no_cookie") in [one.value for one in app.info]


def test_a_tab_of_a_browser_that_holds_another_secret_by_now_writes_nothing_and_says_so(
    store: Switch, browser: Browser
):
    app = answer(open_page("home"), 0, event=1)
    old = browser.secret
    store.kept.erase(old)
    learner_cookie.leave(old)

    answer(app, 1, event=2)

    assert store.kept.history(old) == ()
    assert store.kept.progress(old).places == {}
    assert warned(go(app, "progress"))


def test_a_tab_that_connects_again_with_the_new_cookie_writes_what_waited(store: Switch, browser: Browser):
    app = answer(open_page("home"), 0, event=1)
    old, fresh = browser.secret, new_secret()
    store.kept.take_code(
        store.kept.offer_code(new_secret(), datetime.now(UTC)), fresh, "", datetime.now(UTC), leaving=old
    )
    learner_cookie.leave(old)
    answer(app, 1, event=2)

    browser.secret = fresh
    go(app, "progress")

    assert not warned(app)
    assert ids(store.kept.history(fresh)) == [event_id(1), event_id(2)]
    assert ids(app.session_state["learner"].progress.answers) == [event_id(1), event_id(2)]
    assert store.kept.history(old) == ()


def test_a_tab_that_connects_again_after_erasing_shows_nothing_from_before(store: Switch, browser: Browser):
    app = answer(open_page("home"), 0, event=1)
    store.kept.erase(browser.secret)

    browser.secret = new_secret()
    go(app, "progress")

    assert app.session_state["learner"].progress.answers == ()


def test_the_secret_is_in_no_text_that_describes_the_session(store: Switch, browser: Browser):
    app = answer(open_page("home"), 0, event=1)

    assert browser.secret not in repr(app.session_state["learner"])
    assert browser.secret not in str(app.main)
    assert store.asked


def in_a_run(deed: Callable[[], object]) -> None:
    """Do something inside a run of a page of its own."""

    def page(deed) -> None:
        deed()

    app = AppTest.from_function(page, default_timeout=60, args=(deed,)).run()
    assert not app.exception


def test_an_event_that_can_never_be_kept_does_not_hold_up_those_after_it(store: Switch, browser: Browser):
    raised: list[ExchangeError] = []

    def deed() -> None:
        try:
            learner.keep(answered(1, exercise="x" * 5000))
        except ExchangeError as error:
            raised.append(error)
        learner.keep(answered(2))

    in_a_run(deed)

    assert len(raised) == 1
    assert ids(store.kept.history(browser.secret)) == [event_id(2)]


@pytest.mark.usefixtures("retries_at_once", "browser")
def test_the_history_has_what_waits_too_and_nothing_twice(store: Switch, monkeypatch: pytest.MonkeyPatch):
    found: list[list[str]] = []
    keep = store.kept.keep

    def keeps_and_fails(*given: Any) -> None:
        keep(*given)
        raise StoreError((Problem(path=(), code="store_unreachable"),))

    def deed() -> None:
        learner.keep(answered(1))
        monkeypatch.setattr(store.kept, "keep", keeps_and_fails)
        learner.keep(answered(2))
        found.append(ids(tuple(learner.history(answered(1).at))))
        store.is_away = True
        found.append(ids(tuple(learner.history(answered(1).at))))
        found.append(ids(tuple(learner.history(answered(3).at))))

    in_a_run(deed)

    assert found == [[event_id(1), event_id(2)], [event_id(2)], []]


@pytest.mark.parametrize("language", languages())
def test_each_part_of_the_page_of_progress_says_when_the_store_is_away(
    store: Switch, browser: Browser, language: str
):
    t = load_words(language)
    app = open_page("progress", language)
    store.is_away = True

    app.button(key="device-offer").click().run()

    assert not app.exception
    assert [one.value for one in app.error] == [t("practice.told.unreachable")]
    with pytest.raises(StoreError):  # rather than a file in which nothing is
        progress_view._exported(browser.secret)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("told", ["continued", "erased", "no-code", "too-many", "unreachable"])
def test_the_page_says_what_became_of_a_form(language: str, told: str):
    app = open_page("progress", language, told=told)

    shown = app.success if told in ("continued", "erased") else app.error
    assert [one.value for one in shown] == [
        load_words(language)(f"practice.told.{told}", minutes=progress_view.VALID_MINUTES)
    ]


@pytest.mark.parametrize("told", ["", "<script>", "practice.told.erased", "x" * 9999])
def test_the_page_says_nothing_that_somebody_made_up(told: str):
    app = open_page("progress", told=told)

    assert not app.success
    assert not app.error


# --- the start ------------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Name a folder for the store of the process, and forget the one that was opened before."""
    folder = tmp_path / "data"
    monkeypatch.setenv("VPCLAB_DATA", str(folder))
    monkeypatch.delenv("VPCLAB_DATABASE_URL", raising=False)
    providers.store.cache_clear()
    providers._store.cache_clear()
    yield folder
    providers._store().close()
    providers.store.cache_clear()
    providers._store.cache_clear()


def test_at_the_start_learners_who_were_not_here_for_400_days_are_let_go(data: Path):
    gone, here = new_secret(), new_secret()
    now = datetime.now(UTC)
    providers.store().keep(gone, [answered(1)], now - timedelta(days=401))
    providers.store().keep(here, [answered(1)], now - timedelta(days=399))
    providers._store().close()
    providers.store.cache_clear()

    startup.open_store()

    assert providers.store().history(gone) == ()
    assert ids(providers.store().history(here)) == [event_id(1)]
    assert (data / "progress.sqlite3").is_file()


def test_a_store_that_is_away_at_the_start_is_opened_when_it_is_back(
    data: Path, caplog: pytest.LogCaptureFixture
):
    data.write_text("a file where the folder should be")
    startup.open_store()
    assert "progress is not kept" in caplog.text
    with pytest.raises(StoreError):
        providers.store()

    data.unlink()

    mine = new_secret()
    providers.store().keep(mine, [answered(1)], datetime.now(UTC))
    assert ids(providers.store().history(mine)) == [event_id(1)]
