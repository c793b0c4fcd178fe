"""The security headers: on every answer, whatever it is; and no page, picture or download runs into them."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.ui.asgi import call, run, scope_of
from ui import shell
from ui.security_headers import HEADERS, SecurityHeaders, failed
from vpclab.learning.exercise import exercises
from vpclab.learning.library import load_library
from vpclab.words import languages, load_words

PAGES = [name for names in shell.PAGES.values() for name in names]
ONE_OF_EACH = {one.question.kind: one for one in exercises(load_library()) if one.setup is not None}
LAB = next(iter(load_library().labs))


async def breaks(_: object) -> PlainTextResponse:
    raise RuntimeError("the details of this are for the log")


async def own(_: object) -> PlainTextResponse:
    return PlainTextResponse("", headers={"X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"})


APP = Starlette(
    routes=[Route("/", PlainTextResponse("here")), Route("/breaks", breaks), Route("/own", own)],
    middleware=[Middleware(SecurityHeaders)],
    exception_handlers={Exception: failed},
)


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/nowhere", 404)])
def test_every_answer_has_every_header_once(path: str, status: int):
    answer = run(call(APP, scope_of(path=path)))

    assert answer.status == status
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert answer.all("strict-transport-security") == []


@pytest.mark.parametrize("path", ["/", "/nowhere"])
@pytest.mark.parametrize(("scheme", "headers"), [("https", {}), ("http", {"x-forwarded-proto": "https"})])
def test_over_tls_browsers_are_told_to_stay_with_it(path: str, scheme: str, headers: Mapping[str, str]):
    answer = run(call(APP, scope_of(path=path, headers=headers, scheme=scheme)))

    assert answer["strict-transport-security"] == "max-age=31536000"


def test_the_answer_to_a_request_that_failed_has_them_too_and_no_details():
    async def request() -> list[dict[str, object]]:
        sent: list[dict[str, object]] = []

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        with pytest.raises(RuntimeError):  # for the server's log, after the answer
            await APP(scope_of(path="/breaks", headers={"x-forwarded-proto": "https"}), None, send)
        return sent

    start, body = run(request())

    assert start["status"] == 500
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    assert headers.items() >= {**HEADERS, "strict-transport-security": "max-age=31536000"}.items()
    assert body["body"] == b"Internal Server Error"


def test_what_the_app_says_itself_stands():
    answer = run(call(APP, scope_of(path="/own")))

    assert answer["x-frame-options"] == "DENY"
    assert answer["referrer-policy"] == "no-referrer"
    assert answer["content-security-policy"] == HEADERS["content-security-policy"]


def test_a_websocket_passes_untouched():
    seen = []

    async def app(*given: object) -> None:
        seen.append(given)

    given = (scope_of(kind="websocket"), object(), object())
    run(SecurityHeaders(app)(*given))

    assert seen == [given]


def test_an_answer_in_many_parts_passes_as_it_is():
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for part in (b"a", b"b"):
            await send({"type": "http.response.body", "body": part, "more_body": part == b"a"})

    answer = run(call(SecurityHeaders(app), scope_of()))

    assert answer.body == b"ab"


def test_nothing_may_be_loaded_from_elsewhere():
    policy = dict(part.partition(" ")[::2] for part in HEADERS["content-security-policy"].split("; "))

    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    hosts = {source for sources in policy.values() for source in sources.split()}
    assert not any(re.search(r"\*|https?:|\.", source) for source in hosts)


# --- the real server ------------------------------------------------------------------------------------

ASKED = [
    ("GET", "/", 200),
    ("GET", "/progress?told=erased", 200),
    ("GET", "/no/such/page", 200),
    ("GET", "/static/no-such.js", 200),
    ("GET", "/_stcore/health", 200),
    ("GET", "/_stcore/no-such", 200),
    ("GET", "/_stcore/host-config", 200),
    ("GET", "/media/no-such", 404),
    ("GET", "/component/no-such/file.js", 404),
    ("GET", "//evil.example/%2e%2e", 400),
    ("GET", "/../../etc/passwd", 400),
    ("HEAD", "/", 200),
    ("POST", "/", 405),
    ("POST", "/learner/continue", 403),
    ("POST", "/learner/erase", 403),
    ("GET", "/learner/erase", 200),
    ("PUT", "/_stcore/upload_file/x/y", 403),
]


def ask(server: str, method: str, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    """Send a request just as it stands: a path is not made shorter on the way."""
    connection = HTTPConnection(urlsplit(server).netloc, timeout=30)
    try:
        connection.request(method, path, headers={"Accept": "text/html", **headers})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(("method", "path", "status"), ASKED)
def test_the_server_sends_them_with_every_answer(server: str, method: str, path: str, status: int):
    found, headers, _ = ask(server, method, path)

    assert found == status
    assert headers.items() >= HEADERS.items()


def test_the_scripts_of_the_page_have_them_and_may_be_cached(server: str):
    _, page, body = ask(server, "GET", "/")
    scripts = re.findall(rb'(?:src|href)="(?:\./|/)?(static/[^"]+\.(?:js|css))"', body)
    assert scripts
    assert page["cache-control"] == "no-store"

    for script in scripts:
        status, headers, _ = ask(server, "GET", f"/{script.decode()}", Accept="*/*")
        assert status == 200
        assert headers.items() >= HEADERS.items()
        assert "set-cookie" not in headers
        assert "no-store" not in headers["cache-control"]


# --- in a browser ---------------------------------------------------------------------------------------


PROBED = re.compile(r"/[a-z]+/_stcore/(health|host-config)$")
"""Streamlit's own page looks for its server below the page first, and finds it beside the page."""


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Open a tab, and list what goes wrong in it."""
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    problems: list[str] = []

    def note(message: ConsoleMessage) -> None:
        place = message.location["url"]
        if message.type in ("error", "warning") and not PROBED.search(place):
            problems.append(f"{message.type}: {message.text} ({place})")

    def unloaded(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left before it came
            problems.append(f"not loaded: {request.url} ({request.failure})")

    page = context.new_page()
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (told) =>"
        " console.error('refused', told.violatedDirective, told.blockedURI, told.sample))"
    )
    page.on("console", note)
    page.on("pageerror", lambda error: problems.append(f"failed: {error}"))
    page.on("requestfailed", unloaded)
    yield page, problems
    context.close()


def settle(page: Page) -> None:
    """Wait until the script has run and what it brought is there."""
    expect(page.locator('[data-test-script-state="notRunning"]')).to_be_attached()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", PAGES)
def test_no_page_does_what_the_policy_refuses(
    watched: tuple[Page, list[str]], server: str, name: str, language: str
):
    page, problems = watched

    page.goto(f"{server}/{'' if name == shell.HOME else name}?lang={language}")
    expect(page.locator("h1").first).to_be_visible()
    settle(page)

    assert problems == []


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("sandbox?s=2.s3-over-nat&step=2", "svg .node"),
        ("sandbox?s=2.s3-over-nat&b=2.bucket-policy-source-ip&side=b&step=6", "svg .node"),
        ("stage?talk=two-roads-to-s3&slide=1&hidden=no&guess=1&show=qr", "img[src^='data:']"),
        ("stage?s=2.ecr-without-s3&step=1", "svg .node"),
        ("chapters?id=cost&at=check-1", ".question"),
        ("chapters?id=two-roads-to-s3", "svg .node"),
        (f"labs?id={LAB}", "svg .node"),
        ("progress?code=0000-0000-0000-0", "input[name=code]"),
        *((f"review?since={{now}}&q={one.id}", "svg .node") for one in ONE_OF_EACH.values()),
    ],
)
def test_no_state_of_a_page_does_what_the_policy_refuses(
    watched: tuple[Page, list[str]], server: str, address: str, shown: str
):
    page, problems = watched
    now = int(datetime.now(UTC).timestamp())

    page.goto(f"{server}/{address.format(now=now)}&lang=en")
    expect(page.locator(shown).first).to_be_visible()
    settle(page)

    assert problems == []


def test_an_answer_the_qr_code_and_a_link_do_nothing_that_the_policy_refuses(
    watched: tuple[Page, list[str]], server: str
):
    page, problems = watched
    t = load_words("en")
    page.goto(f"{server}/review?lang=en")
    page.get_by_role("button", name=t("practice.review.begin"), exact=True).click()
    expect(page.locator(".question")).to_be_visible()
    page.goto(f"{server}/progress?lang=en")
    page.get_by_role("button", name=t("practice.device.offer")).click()

    expect(page.get_by_role("img", name=t("practice.device.qr"))).to_be_visible()
    page.locator(".copy button").click()
    expect(page.locator(".copy button")).to_have_text(t("sandbox.share.copied"))

    settle(page)
    assert problems == []


def test_downloads_and_uploads_are_not_refused(watched: tuple[Page, list[str]], server: str, tmp_path: Path):
    page, problems = watched
    t = load_words("en")
    page.goto(f"{server}/progress?lang=en")
    with page.expect_download() as saved:
        page.get_by_role("button", name=t("practice.data.export")).click()
    file = tmp_path / "progress.json"
    saved.value.save_as(file)
    page.get_by_text(t("practice.data.import")).click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text(t("practice.data.brought", added=0, known=0))).to_be_visible()

    page.goto(f"{server}/sandbox?lang=en&s=2.s3-over-nat")
    page.get_by_text(t("sandbox.share.label")).first.click()
    for form in ("svg", "drawio", "markdown"):
        with page.expect_download() as drawn:
            page.get_by_role("button", name=t(f"sandbox.share.{form}")).click()
        assert drawn.value.path().stat().st_size

    settle(page)
    assert problems == []
