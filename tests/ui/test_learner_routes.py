"""Continuing on another device and erasing: for forms of our own page alone, each time all or nothing."""

import asyncio
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Mount
from starlette.types import Message, Receive

from tests.ui.asgi import Answer, body_of, call, run, scope_of
from tests.vpclab.store.records import answered, lab_tried, visited
from ui import learner_routes
from ui.learner_cookie import LearnerCookie, is_left, new_secret
from ui.learner_routes import ROUTES
from ui.security_headers import SecurityHeaders, failed
from vpclab.errors import Problem, StoreError
from vpclab.store.codes import MOST_MISSES
from vpclab.store.progress import ProgressStore

CONTINUE, ERASE = "/learner/continue", "/learner/erase"
OURS = {
    "host": "lab.example",
    "origin": "http://lab.example",
    "sec-fetch-site": "same-origin",
    "content-type": "application/x-www-form-urlencoded",
}
WRONG = "0000-0000-0000-0"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the file of a store in which nothing is kept yet."""
    file = tmp_path_factory.mktemp("empty") / "progress.sqlite3"
    with closing(ProgressStore(f"sqlite:///{file}")) as made:
        made.migrate()
    return file


@pytest.fixture
def store(empty_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ProgressStore]:
    """Open a store of this test's own, which the forms write to."""
    file = shutil.copy(empty_file, tmp_path)
    with closing(ProgressStore(f"sqlite:///{file}")) as opened:
        monkeypatch.setattr(learner_routes, "store", lambda: opened)
        yield opened


@pytest.fixture
def app() -> Starlette:
    """Make an app around the forms as the real one is: pages for whatever nobody else answers."""
    return Starlette(
        routes=[*ROUTES, Mount("/", app=HTMLResponse("<html></html>"))],
        middleware=[Middleware(SecurityHeaders), Middleware(LearnerCookie)],
        exception_handlers={Exception: failed},
    )


def request_of(
    path: str,
    secret: str | None = None,
    *,
    fields: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    body: bytes | None = None,
    headers: Mapping[str, str | None] | None = None,
    **asked: Any,
) -> tuple[dict[str, Any], Receive]:
    """A form as a browser sends it from the progress page, save for `headers`; None leaves one out."""
    sent = urlencode(dict(fields)).encode() if body is None else body
    cookie = {} if secret is None else {"cookie": f"learner={secret}"}
    given = {**OURS, "content-length": str(len(sent)), **cookie, **(headers or {})}
    kept = {name: value for name, value in given.items() if value is not None}
    return scope_of("POST", path, kept, **asked), body_of(sent)


def post(app: Starlette, path: str, secret: str | None = None, **given: Any) -> Answer:
    scope, receive = request_of(path, secret, **given)
    return run(call(app, scope, receive))


def told(answer: Answer) -> str:
    """What the progress page is to say; the answer leads there and nowhere else."""
    assert answer.status == 303
    target = urlsplit(answer["location"])
    assert (target.scheme, target.netloc, target.path) == ("", "", "../progress")
    parameters = parse_qs(target.query)
    assert set(parameters) <= {"told", "lang"}
    assert answer["cache-control"] == "no-store"
    return parameters["told"][0]


def secret_from(answer: Answer) -> str:
    return answer["set-cookie"].partition(";")[0].partition("=")[2]


def test_a_code_brings_the_learner_and_what_was_done_here_comes_along(app, store: ProgressStore):
    old, here = new_secret(), new_secret()
    store.keep(old, [answered(1), visited(3)], now())
    store.keep(here, [answered(2), lab_tried(4)], now())

    answer = post(app, CONTINUE, here, fields={"code": store.offer_code(old, now()), "lang": "ja"})

    fresh = secret_from(answer)
    assert told(answer) == "continued"
    assert "lang=ja" in answer["location"]
    assert fresh not in (old, here)
    assert store.history(fresh) == store.history(old) == (answered(1), answered(2))
    assert store.progress(fresh).labs == (lab_tried(4),)
    assert store.progress(fresh).places == {visited(3).page: visited(3)}


def test_after_continuing_the_secret_from_before_opens_nothing_and_leaves_nothing_behind(
    app, store: ProgressStore
):
    old, here = new_secret(), new_secret()
    store.keep(old, [answered(1)], now())
    store.keep(here, [answered(2)], now())

    fresh = secret_from(post(app, CONTINUE, here, fields={"code": store.offer_code(old, now())}))

    assert store.history(here) == ()
    assert is_left(here)
    # A copy that no secret opens could not be erased by anybody.
    store.erase(fresh)
    assert list(store.item_answers()) == []


def test_another_device_that_shared_the_progress_of_this_one_keeps_it(app, store: ProgressStore):
    old, here, third = new_secret(), new_secret(), new_secret()
    store.keep(here, [answered(2)], now())
    store.take_code(store.offer_code(here, now()), third, "address", now())
    store.keep(old, [answered(1)], now())

    fresh = secret_from(post(app, CONTINUE, here, fields={"code": store.offer_code(old, now())}))

    assert store.history(fresh) == (answered(1), answered(2))
    assert store.history(third) == (answered(2),)
    assert store.history(here) == ()


def test_a_code_of_ones_own_changes_nothing_but_the_secret(app, store: ProgressStore):
    here = new_secret()
    store.keep(here, [answered(1)], now())

    fresh = secret_from(post(app, CONTINUE, here, fields={"code": store.offer_code(here, now())}))

    assert store.history(fresh) == (answered(1),)
    assert store.history(here) == ()


@pytest.mark.parametrize("secret", [None, "never-seen"])
def test_a_browser_that_has_done_nothing_yet_continues_too(app, store: ProgressStore, secret: str | None):
    old = new_secret()
    store.keep(old, [answered(1)], now())

    here = None if secret is None else new_secret()
    answer = post(app, CONTINUE, here, fields={"code": store.offer_code(old, now())})

    assert told(answer) == "continued"
    assert store.history(secret_from(answer)) == (answered(1),)


def test_an_event_that_both_devices_know_is_counted_once(app, store: ProgressStore):
    old, here = new_secret(), new_secret()
    store.keep(old, [answered(1)], now())
    store.keep(here, [answered(1), answered(2)], now())

    fresh = secret_from(post(app, CONTINUE, here, fields={"code": store.offer_code(old, now())}))

    assert store.history(fresh) == (answered(1), answered(2))


def test_a_code_lets_one_browser_in(app, store: ProgressStore):
    old = new_secret()
    store.keep(old, [answered(1)], now())
    code = store.offer_code(old, now())

    first, second = (post(app, CONTINUE, new_secret(), fields={"code": code}) for _ in range(2))

    assert (told(first), told(second)) == ("continued", "no-code")
    assert second.all("set-cookie") == []


@pytest.mark.parametrize("code", ["", WRONG, "x" * 40, "é" * 13, "\x00", "%00", "' OR 1=1 --", "０" * 13])
def test_a_wrong_code_changes_nothing(app, store: ProgressStore, code: str):
    here = new_secret()
    store.keep(here, [answered(1)], now())

    answer = post(app, CONTINUE, here, fields={"code": code})

    assert told(answer) == "no-code"
    assert answer.all("set-cookie") == []
    assert store.history(here) == (answered(1),)
    assert not is_left(here)


def test_codes_cannot_be_guessed_from_one_address_whatever_it_says_of_itself(app, store: ProgressStore):
    old = new_secret()
    code = store.offer_code(old, now())
    for number in range(MOST_MISSES):
        spoofed = {"x-forwarded-for": f"198.51.100.{number}", "forwarded": f"for=198.51.100.{number}"}
        secret = new_secret()  # nor does another cookie help
        assert told(post(app, CONTINUE, secret, fields={"code": WRONG}, headers=spoofed)) == "no-code"

    here = post(app, CONTINUE, new_secret(), fields={"code": code}, headers={"x-real-ip": "198.51.100.99"})
    elsewhere = post(app, CONTINUE, new_secret(), fields={"code": code}, client="198.51.100.7")

    assert told(here) == "too-many"
    assert here.all("set-cookie") == []
    assert told(elsewhere) == "continued"


@pytest.mark.usefixtures("store")
def test_a_request_that_comes_from_no_address_is_limited_too(app):
    for _ in range(MOST_MISSES):
        post(app, CONTINUE, fields={"code": WRONG}, client=None)

    assert told(post(app, CONTINUE, fields={"code": WRONG}, client=None)) == "too-many"


def test_erasing_leaves_nothing_on_any_device_and_the_old_secret_opens_nothing(app, store: ProgressStore):
    here, other = new_secret(), new_secret()
    store.keep(here, [answered(1), lab_tried(2), visited(3)], now())
    store.take_code(store.offer_code(here, now()), other, "address", now())

    answer = post(app, ERASE, here, fields={"lang": "en"})

    assert told(answer) == "erased"
    assert secret_from(answer) not in (here, other)
    assert store.history(here) == store.history(other) == store.history(secret_from(answer)) == ()
    assert list(store.item_answers()) == []
    assert is_left(here)


def test_erasing_touches_nobody_else(app, store: ProgressStore):
    here, other = new_secret(), new_secret()
    store.keep(here, [answered(1)], now())
    store.keep(other, [answered(2)], now())

    post(app, ERASE, here)
    post(app, ERASE, None)
    post(app, ERASE, new_secret())

    assert store.history(other) == (answered(2),)


def test_over_tls_a_planted_cookie_is_neither_continued_nor_erased(app, store: ProgressStore):
    mine, planted = new_secret(), new_secret()
    store.keep(planted, [answered(1)], now())
    tls = {
        "x-forwarded-proto": "https",
        "origin": "https://lab.example",
        "cookie": f"learner={planted}; __Host-learner={mine}",
    }

    answer = post(app, ERASE, None, headers=tls)

    assert told(answer) == "erased"
    assert answer["set-cookie"].startswith("__Host-learner=")
    assert answer["set-cookie"].endswith("; Secure")
    assert store.history(planted) == (answered(1),)


FOREIGN: list[Mapping[str, str | None]] = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": ""},
    {"sec-fetch-site": "cross-site", "origin": "http://lab.example"},
    {"sec-fetch-site": None, "origin": None},
    {"sec-fetch-site": None, "origin": "null"},
    {"sec-fetch-site": None, "origin": "null", "host": ""},
    {"sec-fetch-site": None, "origin": ""},
    {"sec-fetch-site": None, "origin": "", "host": None},
    {"sec-fetch-site": None, "origin": "http://evil.example"},
    {"sec-fetch-site": None, "origin": "http://lab.example.evil.example"},
    {"sec-fetch-site": None, "origin": "http://evil.example/lab.example"},
    {"sec-fetch-site": None, "origin": "http://lab.example@evil.example"},
    {"sec-fetch-site": None, "origin": "http://lab.example:8080"},
    {"sec-fetch-site": None, "origin": "http://[::1"},
    {"sec-fetch-site": None, "origin": "://"},
    {"sec-fetch-site": None, "origin": "lab.example"},
    {"sec-fetch-site": None, "origin": "http://lab.example", "x-forwarded-proto": "https"},
]


@pytest.mark.parametrize("path", [CONTINUE, ERASE])
@pytest.mark.parametrize("headers", FOREIGN)
def test_what_another_site_sends_is_refused(app, store, path: str, headers: Mapping[str, str | None]):
    old, here = new_secret(), new_secret()
    store.keep(here, [answered(1)], now())
    code = store.offer_code(old, now())

    answer = post(app, path, here, fields={"code": code}, headers=headers)

    assert answer.status == 403
    assert answer.all("set-cookie") == []
    assert store.history(here) == (answered(1),)
    assert store.take_code(code, new_secret(), "address", now())


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": None},  # over plain HTTP, and in older browsers
        {"sec-fetch-site": None, "host": "lab.example:8501", "origin": "http://lab.example:8501"},
        {"sec-fetch-site": None, "origin": "https://lab.example"},  # a proxy that does not tell of TLS
        {"sec-fetch-site": None, "origin": "https://lab.example", "x-forwarded-proto": "https"},
        {"host": "inside:8501", "origin": "https://lab.example"},  # a proxy that asks under another name
        {"content-type": "application/x-www-form-urlencoded; charset=UTF-8"},
    ],
)
@pytest.mark.usefixtures("store")
def test_what_our_own_page_sends_is_taken(app, headers: Mapping[str, str | None]):
    assert told(post(app, ERASE, new_secret(), headers=headers)) == "erased"


MALFORMED: list[dict[str, Any]] = [
    {"headers": {"content-type": None}},
    {"headers": {"content-type": "text/plain"}},
    {"headers": {"content-type": "application/json"}},
    {"headers": {"content-type": "multipart/form-data; boundary=x"}},
    {"headers": {"content-length": None}},
    {"headers": {"content-length": "-1"}},
    {"headers": {"content-length": "x"}},
    {"headers": {"content-length": "2001"}},
    {"headers": {"content-length": "9" * 5000}},
    {"headers": {"content-length": "²"}},
    {"body": b"&".join(b"a%d=1" % number for number in range(6))},
    {"body": b"code=" + b"x" * 2000},
]


@pytest.mark.parametrize("path", [CONTINUE, ERASE])
@pytest.mark.parametrize("given", MALFORMED)
def test_what_is_no_short_form_is_refused(app, store: ProgressStore, path: str, given: dict[str, Any]):
    here = new_secret()
    store.keep(here, [answered(1)], now())

    assert post(app, path, here, **given).status == 403

    assert store.history(here) == (answered(1),)


@pytest.mark.parametrize(
    "body", [b"", b"code", b"code=", b"=", b"&&&", b"code=%ff%fe", b"\xff\xfe\x00", b"lang=en&lang=ja"]
)
@pytest.mark.usefixtures("store")
def test_a_form_that_says_little_or_nonsense_is_answered(app, body: bytes):
    assert told(post(app, CONTINUE, new_secret(), body=body)) == "no-code"


@pytest.mark.parametrize(
    "language",
    ["", "xx", "//evil.example", "https://evil.example/", "en\r\nLocation: x", "../..", "en&told=erased"],
)
@pytest.mark.usefixtures("store")
def test_no_language_leads_off_the_site_or_into_the_headers(app, language: str):
    answer = post(app, ERASE, new_secret(), fields={"lang": language})

    assert told(answer) == "erased"
    assert answer["location"] == "../progress?told=erased"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", [CONTINUE, ERASE])
def test_no_other_method_does_anything(app, store: ProgressStore, path: str, method: str):
    old, here = new_secret(), new_secret()
    store.keep(here, [answered(1)], now())
    code = store.offer_code(old, now())
    scope, receive = request_of(path, here, fields={"code": code})

    answer = run(call(app, {**scope, "method": method, "query_string": f"code={code}".encode()}, receive))

    assert answer.all("location") == []
    assert store.history(here) == (answered(1),)
    assert store.take_code(code, new_secret(), "address", now())


def test_a_body_that_does_not_come_is_not_waited_for(app, store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(learner_routes, "_MOST_SECONDS", 0.01)
    here = new_secret()
    store.keep(here, [answered(1)], now())
    scope, _ = request_of(ERASE, here)
    first = True

    async def receive() -> Message:
        nonlocal first
        if first:
            first = False
            return {"type": "http.request", "body": b"l", "more_body": True}
        return await asyncio.Future()  # for ever

    answer = run(call(app, scope, receive))

    assert answer.status == 403
    assert store.history(here) == (answered(1),)


def test_a_browser_that_goes_away_in_the_middle_has_changed_nothing(app, store: ProgressStore):
    here = new_secret()
    store.keep(here, [answered(1)], now())
    scope, _ = request_of(ERASE, here)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    run(call(app, scope, receive))

    assert store.history(here) == (answered(1),)


@pytest.mark.parametrize("path", [CONTINUE, ERASE])
def test_a_store_that_is_away_is_told_and_the_cookie_stays(app, monkeypatch: pytest.MonkeyPatch, path: str):
    def away() -> ProgressStore:
        raise StoreError((Problem(path=(), code="store_unreachable"),))

    monkeypatch.setattr(learner_routes, "store", away)
    here = new_secret()

    answer = post(app, path, here, fields={"code": WRONG})

    assert told(answer) == "unreachable"
    assert answer.all("set-cookie") == []
    assert not is_left(here)


def test_a_store_that_goes_away_half_way_has_changed_nothing(
    app, store: ProgressStore, monkeypatch: pytest.MonkeyPatch
):
    old, here = new_secret(), new_secret()
    store.keep(old, [answered(1)], now())
    store.keep(here, [answered(2)], now())
    code = store.offer_code(old, now())

    def breaks(*_: object) -> None:
        raise StoreError((Problem(path=(), code="store_unreachable"),))

    with monkeypatch.context() as patched:
        patched.setattr("vpclab.store.recording.append", breaks)
        answer = post(app, CONTINUE, here, fields={"code": code})

    assert told(answer) == "unreachable"
    assert store.history(here) == (answered(2),)
    assert not is_left(here)
    assert told(post(app, CONTINUE, here, fields={"code": code})) == "continued"


def test_while_the_store_thinks_others_are_served(app, store, monkeypatch: pytest.MonkeyPatch):
    is_asked, may_answer = threading.Event(), threading.Event()

    class Slow:
        def take_code(self, *given: Any, **named: Any) -> bool:
            is_asked.set()
            assert may_answer.wait(60)
            return store.take_code(*given, **named)

        def erase(self, secret: str) -> None:
            self.take_code(WRONG, new_secret(), "address", now())
            store.erase(secret)

    monkeypatch.setattr(learner_routes, "store", Slow)

    async def visit(path: str) -> tuple[Answer, Answer]:
        waiting = asyncio.create_task(call(app, *request_of(path, new_secret(), fields={"code": WRONG})))
        await asyncio.to_thread(is_asked.wait, 60)
        page = await call(app, scope_of("GET", "/progress", {"accept": "text/html"}))
        assert not waiting.done()
        may_answer.set()
        return page, await waiting

    for path, expected in ((CONTINUE, "no-code"), (ERASE, "erased")):
        page, form = run(visit(path))
        assert (page.status, told(form)) == (200, expected)
        is_asked.clear()
        may_answer.clear()


def test_no_answer_and_no_log_says_a_secret_or_a_code(app, store, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG")
    old, here = new_secret(), new_secret()
    store.keep(here, [answered(1)], now())
    code = store.offer_code(old, now())

    answers = [
        post(app, CONTINUE, here, fields={"code": WRONG}),
        post(app, CONTINUE, here, fields={"code": code}),
        post(app, ERASE, here),
        post(app, ERASE, here, headers={"sec-fetch-site": "cross-site"}),
    ]

    fresh = secret_from(answers[1])
    visible = [answer.body.decode() + answer["location"] for answer in answers if answer.status == 303]
    for hidden in (old, here, fresh, code, code.replace("-", "")):
        assert hidden not in "".join(visible)
        assert hidden not in caplog.text


@pytest.mark.usefixtures("store")
def test_every_answer_of_the_forms_has_the_security_headers(app):
    for answer in (
        post(app, ERASE, new_secret()),
        post(app, ERASE, headers={"sec-fetch-site": "cross-site"}),
    ):
        assert "default-src 'self'" in answer["content-security-policy"]
        assert answer["x-content-type-options"] == "nosniff"
