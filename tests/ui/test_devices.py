"""A learner on several devices, in several tabs, over refreshes and restarts: real browsers, a real server.

Each device is a browser context with cookies of its own. What is kept is read from the server's data folder.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.vpclab.store.records import answered
from ui.learner_cookie import new_secret
from ui.progress_view import VALID_MINUTES
from vpclab.learning.library import load_library
from vpclab.learning.questions import QuestionKind
from vpclab.store.progress import ProgressStore
from vpclab.words import languages, load_words

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120
LOAD_MS = 20_000  # a form is stored, and then a whole page loads
CHAPTER = load_library().chapters["cost"]
FIRST, SECOND = [
    number for number, question in enumerate(CHAPTER.questions, start=1) if question.kind is QuestionKind.ONE
][:2]
WAYS = {
    "streamlit": ("streamlit", "run", "app.py", "--server.address", "localhost", "--server.port"),
    "uvicorn": ("uvicorn", "app:app", "--host", "localhost", "--port"),
}


@dataclass(frozen=True, kw_only=True)
class Site:
    """A running server, its data folder, and all that it has said."""

    port: int
    data: Path
    log: Path
    below: str = ""

    def address(self, page: str, language: str = "en", host: str = "localhost") -> str:
        """The address of a page."""
        return f"http://{host}:{self.port}{self.below}/{page}{'&' if '?' in page else '?'}lang={language}"

    def exercises(self, secret: str) -> list[str]:
        """What was answered by whoever holds the secret."""
        with closing(ProgressStore(f"sqlite:///{self.data / 'progress.sqlite3'}")) as store:
            return [one.exercise for one in store.history(secret)]

    def file_is_free_of(self, secret: str) -> bool:
        """Whether no file of the store holds a text."""
        return not any(secret.encode() in file.read_bytes() for file in self.data.iterdir())


@contextmanager
def serving(data: Path, way: str = "streamlit", port: int | None = None, below: str = "") -> Iterator[Site]:
    """Start a server of one's own on a data folder, and stop it in the end."""
    site = Site(port=port or free_port(), data=data, log=data.parent / f"{data.name}.log", below=below)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "VPCLAB_DATA": str(data)}
    mounted = ("--server.baseUrlPath", below) if below else ()
    command = [sys.executable, "-m", *WAYS[way], str(site.port), *mounted]
    with (
        site.log.open("ab") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            wait_until_healthy(process, site)
            yield site
        finally:
            process.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(process: subprocess.Popen[bytes], site: Site) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, site.log.read_text()
        try:
            with urlopen(f"http://localhost:{site.port}{site.below}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)  # for a server of our own to start
    pytest.fail(f"the server did not answer within {START_SECONDS} seconds")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Start a server for the tests of this file."""
    with serving(tmp_path_factory.mktemp("devices") / "data") as started:
        yield started


@pytest.fixture
def device(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make devices: browsers that know nothing of each other."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        made.append(browser.new_context(viewport={"width": 1280, "height": 900}, **options))
        return made[-1]

    yield make
    for context in made:
        context.close()


def secret_of(context: BrowserContext) -> str:
    (cookie,) = [one for one in context.cookies() if one["name"].endswith("learner")]
    return cookie["value"]


def exercise(number: int) -> str:
    return f"{CHAPTER.id}/{CHAPTER.questions[number - 1].id}"


def answer(page: Page, site: Site, number: int, language: str = "en", host: str = "localhost") -> None:
    """Open a question, mark its first choice, answer."""
    t = load_words(language)
    page.goto(site.address(f"chapters?id={CHAPTER.id}&at=check-{number}", language, host))
    page.locator(".question label.choice").first.click()
    page.get_by_role("button", name=t("practice.card.answer"), exact=True).click()
    expect_answered(page, language)


def expect_answered(page: Page, language: str = "en") -> None:
    again = load_words(language)("course.chapter.again")
    expect(page.get_by_role("button", name=again)).to_be_visible()


def offer(page: Page, site: Site, language: str = "en") -> tuple[str, str]:
    """Make a code on the page of progress; the code and its link."""
    t = load_words(language)
    page.goto(site.address("progress", language))
    page.get_by_role("button", name=t("practice.device.offer")).click()
    expect(page.get_by_role("img", name=t("practice.device.qr"))).to_be_visible()
    code = page.locator("code").first.inner_text()
    link = page.locator(".copy input")
    expect(link).to_have_value(re.compile(code))
    return code, link.input_value()


def code_box(page: Page, language: str = "en") -> Locator:
    return page.get_by_role("textbox", name=load_words(language)("practice.device.code"))


def type_code(page: Page, code: str, language: str = "en") -> None:
    """Type a code into the form of the page and send it."""
    box = code_box(page, language)
    expect(box).to_be_visible()
    if code:
        box.fill(code)
    page.get_by_role("button", name=load_words(language)("practice.device.continue")).click()


def expect_told(page: Page, told: str, language: str = "en") -> None:
    words = load_words(language)(f"practice.told.{told}", minutes=VALID_MINUTES)
    expect(page.get_by_text(words)).to_be_visible(timeout=LOAD_MS)


def erase(page: Page, language: str = "en") -> None:
    t = load_words(language)
    page.get_by_text(t("practice.data.erase"), exact=True).click()
    page.get_by_role("button", name=t("practice.data.erase_now")).click()
    expect_told(page, "erased", language)


@pytest.mark.parametrize("language", languages())
def test_another_device_goes_on_with_a_code_that_is_typed(site: Site, device, language: str):
    old, new = device(), device()
    at_home, on_the_way = old.new_page(), new.new_page()
    answer(at_home, site, FIRST, language)
    answer(on_the_way, site, SECOND, language)
    before = secret_of(new)
    code, _ = offer(at_home, site, language)

    on_the_way.goto(site.address("progress", language))
    type_code(on_the_way, code.lower().replace("-", " "), language)

    expect_told(on_the_way, "continued", language)
    expect(on_the_way.locator("html")).to_have_attribute("lang", language)
    both = [exercise(FIRST), exercise(SECOND)]
    assert site.exercises(secret_of(new)) == site.exercises(secret_of(old)) == both
    assert secret_of(new) not in (before, secret_of(old))
    assert site.exercises(before) == []
    at_home.goto(site.address(f"chapters?id={CHAPTER.id}&at=check-{SECOND}", language))
    expect_answered(at_home, language)


@pytest.mark.parametrize("language", languages())
def test_another_device_goes_on_by_the_link_and_both_share_what_comes_later(
    site: Site, device, language: str
):
    old, new = device(), device()
    at_home, on_the_way = old.new_page(), new.new_page()
    answer(at_home, site, FIRST, language)
    code, link = offer(at_home, site, language)

    on_the_way.goto(link)
    expect(code_box(on_the_way, language)).to_have_value(code)
    type_code(on_the_way, "", language)

    expect_told(on_the_way, "continued", language)
    assert code not in on_the_way.url
    answer(on_the_way, site, SECOND, language)
    at_home.reload()
    at_home.goto(site.address(f"chapters?id={CHAPTER.id}&at=check-{SECOND}", language))
    expect_answered(at_home, language)


@pytest.mark.parametrize("language", languages())
def test_a_used_and_a_wrong_code_are_refused_and_change_nothing(site: Site, device, language: str):
    old, new, late = device(), device(), device()
    code, _ = offer(old.new_page(), site, language)
    first, second = new.new_page(), late.new_page()
    first.goto(site.address("progress", language))
    type_code(first, code, language)
    expect_told(first, "continued", language)
    answer(second, site, FIRST, language)
    mine = secret_of(late)

    for refused in (code, "0000-0000-0000-0", "x"):
        second.goto(site.address("progress", language))
        type_code(second, refused, language)
        expect_told(second, "no-code", language)

    assert secret_of(late) == mine
    assert site.exercises(mine) == [exercise(FIRST)]


def test_a_double_click_is_one_click(site: Site, device):
    code, _ = offer(device().new_page(), site)
    page = device().new_page()
    page.goto(site.address("progress"))
    code_box(page).fill(code)

    page.get_by_role("button", name=load_words("en")("practice.device.continue")).dblclick()

    expect_told(page, "continued")


@pytest.mark.parametrize("language", languages())
def test_erasing_erases_on_all_devices_and_the_browser_begins_anew(site: Site, device, language: str):
    old, new = device(), device()
    at_home, on_the_way = old.new_page(), new.new_page()
    answer(at_home, site, FIRST, language)
    _, link = offer(at_home, site, language)
    on_the_way.goto(link)
    type_code(on_the_way, "", language)
    expect_told(on_the_way, "continued", language)
    before = secret_of(old)

    at_home.goto(site.address("progress", language))
    erase(at_home, language)

    assert secret_of(old) != before
    assert site.exercises(before) == site.exercises(secret_of(old)) == site.exercises(secret_of(new)) == []
    for page in (at_home, on_the_way):
        page.goto(site.address(f"chapters?id={CHAPTER.id}&at=check-{FIRST}", language))
        expect(page.locator(".question label.choice").first).to_be_visible()
        expect(page.get_by_text(load_words(language)("course.chapter.again"))).to_have_count(0)
    answer(at_home, site, SECOND, language)
    assert site.exercises(secret_of(old)) == [exercise(SECOND)]


def test_a_tab_from_before_the_erasing_writes_nothing_and_a_refresh_mends_it(site: Site, device):
    t = load_words("en")
    browser = device()
    left_open, here = browser.new_page(), browser.new_page()
    answer(here, site, FIRST)
    before = secret_of(browser)
    left_open.goto(site.address(f"chapters?id={CHAPTER.id}&at=check-{SECOND}"))
    expect(left_open.locator(".question label.choice").first).to_be_visible()
    here.goto(site.address("progress"))
    erase(here)

    left_open.locator(".question label.choice").first.click()
    left_open.get_by_role("button", name=t("practice.card.answer"), exact=True).click()
    expect_answered(left_open)

    assert site.exercises(before) == site.exercises(secret_of(browser)) == []
    expect(left_open.get_by_text(t("practice.progress.not_kept"))).to_be_visible()
    left_open.get_by_role("link", name=t("interface.navigation.progress")).click()
    expect(left_open.get_by_role("heading", name=t("practice.device.title"))).to_be_visible()
    expect(left_open.get_by_text(t("practice.progress.not_kept"))).to_be_visible()
    left_open.reload()
    expect(left_open.get_by_role("heading", name=t("practice.device.title"))).to_be_visible()
    expect(left_open.get_by_text(t("practice.progress.not_kept"))).to_have_count(0)
    answer(left_open, site, SECOND)
    assert site.exercises(secret_of(browser)) == [exercise(SECOND)]


def test_a_refresh_and_a_new_tab_show_what_was_answered(site: Site, device):
    browser = device()
    page = browser.new_page()
    answer(page, site, FIRST)
    mine = secret_of(browser)

    page.reload()
    expect_answered(page)
    tab = browser.new_page()
    tab.goto(site.address(f"chapters?id={CHAPTER.id}&at=check-{FIRST}", "ja"))

    expect_answered(tab, "ja")
    assert secret_of(browser) == mine
    assert site.exercises(mine) == [exercise(FIRST)]


@pytest.mark.parametrize("way", WAYS)
def test_progress_survives_a_restart_of_the_server(tmp_path: Path, device, way: str):
    browser = device()
    page = browser.new_page()
    gone, here = new_secret(), new_secret()
    data = tmp_path / "data"
    with serving(data, way) as site:
        answer(page, site, FIRST)
        mine = secret_of(browser)
        with closing(ProgressStore(f"sqlite:///{data / 'progress.sqlite3'}")) as store:
            store.keep(gone, [answered(1)], datetime.now(UTC) - timedelta(days=401))
            store.keep(here, [answered(1)], datetime.now(UTC) - timedelta(days=399))

    with serving(data, way, site.port):
        page.reload()
        expect_answered(page)
        answer(page, site, SECOND)

        assert secret_of(browser) == mine
        assert site.exercises(mine) == [exercise(FIRST), exercise(SECOND)]
        assert site.exercises(gone) == []
        assert len(site.exercises(here)) == 1
        _, link = offer(page, site)
        other = device()
        on_the_way = other.new_page()
        on_the_way.goto(link)
        type_code(on_the_way, "")
        expect_told(on_the_way, "continued")

    said = site.log.read_text(errors="replace")
    for secret in (mine, secret_of(other)):
        assert secret not in said
        assert site.file_is_free_of(secret)
    assert "Traceback" not in said


def test_neither_the_page_nor_what_the_server_sends_it_holds_the_secret(site: Site, device):
    browser = device()
    page = browser.new_page()
    frames: list[bytes] = []

    def listen(socket_: object) -> None:
        socket_.on(
            "framereceived", lambda data: frames.append(data if isinstance(data, bytes) else data.encode())
        )

    page.on("websocket", listen)
    answer(page, site, FIRST)
    offer(page, site)

    mine = secret_of(browser)
    assert len(frames) > 2
    assert not any(mine.encode() in frame for frame in frames)
    assert mine not in page.content()
    assert mine not in page.url
    assert mine not in page.evaluate("document.cookie")
    assert mine not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    (cookie,) = [one for one in browser.cookies() if one["value"] == mine]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert site.file_is_free_of(mine)


def test_behind_a_proxy_with_tls_the_cookie_is_this_hosts_alone_and_everything_works(site: Site, device):
    browser = device(extra_http_headers={"X-Forwarded-Proto": "https"})
    planted = new_secret()
    browser.add_cookies([{"name": "learner", "value": planted, "url": f"http://localhost:{site.port}"}])
    page = browser.new_page()

    answer(page, site, FIRST)

    (cookie,) = [one for one in browser.cookies() if one["name"] == "__Host-learner"]
    assert cookie["secure"]
    assert site.exercises(cookie["value"]) == [exercise(FIRST)]
    assert site.exercises(planted) == []
    page.goto(site.address("progress"))
    erase(page)
    assert site.exercises(cookie["value"]) == []


def test_in_a_room_without_tls_it_works_under_any_name(site: Site, browser: Browser):
    rules = "--host-resolver-rules=MAP classroom.test 127.0.0.1"
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    mapped = browser.browser_type.launch(
        executable_path=chromium, args=["--no-sandbox", "--disable-gpu", rules]
    )
    with closing(mapped):
        context = mapped.new_context()
        page = context.new_page()
        answer(page, site, FIRST, host="classroom.test")
        before = secret_of(context)

        page.goto(site.address("progress", host="classroom.test"))
        erase(page)

        assert secret_of(context) != before
        assert site.exercises(before) == []


def test_below_a_path_of_its_host_the_app_continues_and_erases(tmp_path: Path, device):
    with serving(tmp_path / "data", below="/lab") as site:
        old, new = device(), device()
        at_home, on_the_way = old.new_page(), new.new_page()
        answer(at_home, site, FIRST)
        _, link = offer(at_home, site)

        on_the_way.goto(link)
        type_code(on_the_way, "")
        expect_told(on_the_way, "continued")
        erase(on_the_way)

        assert site.exercises(secret_of(old)) == []


@pytest.mark.parametrize("deed", ["erase", "continue"])
def test_a_page_of_another_site_can_neither_erase_nor_continue(site: Site, device, deed: str):
    browser = device()
    page = browser.new_page()
    answer(page, site, FIRST)
    mine = secret_of(browser)
    code, _ = offer(device().new_page(), site)
    action = f"http://localhost:{site.port}/learner/{deed}"
    form = f'<form method="post" action="{action}"><input name="code" value="{code}"></form>'
    browser.route("http://evil.example/", lambda route: route.fulfill(body=form, content_type="text/html"))

    page.goto("http://evil.example/")
    with page.expect_response(action) as answered_with:
        page.evaluate("document.forms[0].submit()")

    assert answered_with.value.status == 403
    assert secret_of(browser) == mine
    assert site.exercises(mine) == [exercise(FIRST)]


@pytest.mark.parametrize("language", languages())
def test_while_nothing_can_be_kept_the_app_teaches_on_and_says_so(tmp_path: Path, device, language: str):
    t = load_words(language)
    data = tmp_path / "data"
    data.write_text("a file where the folder should be")
    browser = device()
    page = browser.new_page()
    with serving(data) as site:
        answer(page, site, FIRST, language)
        for name in ("progress", "review", "labs"):
            page.get_by_role("link", name=t(f"interface.navigation.{name}"), exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_have_text(t(f"interface.{name}.title"))
            expect(page.get_by_text(t("practice.progress.not_kept"))).to_be_visible()
        page.goto(site.address("progress", language))
        page.get_by_role("button", name=t("practice.device.offer")).click()
        expect(page.get_by_text(t("practice.told.unreachable", minutes=VALID_MINUTES))).to_be_visible()
        mine = secret_of(browser)
        type_code(page, "0000-0000-0000-0", language)
        expect_told(page, "unreachable", language)
        assert secret_of(browser) == mine

        data.unlink()
        answer(browser.new_page(), site, SECOND, language)

        assert site.exercises(mine) == [exercise(SECOND)]
        assert mine not in site.log.read_text(errors="replace")
