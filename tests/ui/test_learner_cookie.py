"""The learner's cookie: made with the page, unguessable, read by no script, taken over from nobody else."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from tests.ui.asgi import Answer, call, run, scope_of
from ui import learner_cookie
from ui.learner_cookie import LearnerCookie, is_left, leave, new_secret, secret_in, secret_of

PAGE = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
MINE, THEIRS = "m" * 43, "t" * 43
COOKIE = re.compile(r"(?P<name>__Host-learner|learner)=(?P<secret>[A-Za-z0-9_-]{43})(?P<rest>; .*)")
TLS: list[tuple[str, Mapping[str, str]]] = [
    ("https", {}),
    ("http", {"x-forwarded-proto": "https"}),
    ("http", {"x-forwarded-proto": "HTTPS"}),
    ("http", {"x-forwarded-proto": "https, http"}),
]


async def site(scope: Scope, receive: Receive, send: Send) -> None:
    """A page as Streamlit serves it, which a browser may have kept; and a script beside it."""
    headers = {"cache-control": "no-cache", "etag": '"kept"'}
    if any(name in (b"if-none-match", b"if-modified-since") for name, _ in scope["headers"]):
        answer = Response(status_code=304, headers=headers)
    elif scope["path"].endswith(".js"):
        answer = Response("1", media_type="text/javascript", headers=headers)
    else:
        answer = HTMLResponse("<html></html>", headers=headers)
    await answer(scope, receive, send)


def ask(headers: Mapping[str, str] | list[tuple[str, str]] = PAGE, **asked: Any) -> Answer:
    return run(call(LearnerCookie(site), scope_of(headers=headers, **asked)))


def given(answer: Answer) -> re.Match[str]:
    found = COOKIE.fullmatch(answer["set-cookie"])
    assert found is not None
    return found


def test_a_page_comes_with_a_new_secret_that_no_script_can_read_and_no_cache_keeps():
    answer = ask()

    cookie = given(answer)
    assert cookie["name"] == "learner"
    assert cookie["rest"] == "; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
    assert answer.all("cache-control") == ["no-store"]


def test_no_two_visitors_get_the_same_secret():
    assert len({given(ask())["secret"] for _ in range(50)}) == 50


def test_the_secret_of_a_visitor_who_comes_back_is_kept_for_another_year():
    assert given(ask({**PAGE, "cookie": f"learner={MINE}"}))["secret"] == MINE


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "m" * 42,
        "m" * 44,
        "m" * 5000,
        "m" * 42 + "=",
        "m" * 42 + "é",
        '"' + "m" * 42 + r'\012"',  # reads as a line end, after which a header could follow
        '"' + "m" * 43 + r'\015\012Set-Cookie: a=b"',
        "../" + "m" * 40,
        "' OR 1=1 --",
    ],
)
def test_what_is_no_secret_is_replaced_and_never_sent_back(value: str):
    answer = ask({**PAGE, "cookie": f"learner={value}"})

    assert given(answer)["secret"] not in ("", value)
    assert "m" * 40 not in answer["set-cookie"]


@pytest.mark.parametrize(("scheme", "headers"), TLS)
def test_over_tls_the_cookie_belongs_to_this_host_alone(scheme: str, headers: Mapping[str, str]):
    cookie = given(ask({**PAGE, **headers}, scheme=scheme))

    assert cookie["name"] == "__Host-learner"
    assert cookie["rest"] == "; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure"


@pytest.mark.parametrize(("scheme", "headers"), TLS)
def test_over_tls_a_cookie_that_others_can_set_is_not_taken_over(scheme: str, headers: Mapping[str, str]):
    planted = ask({**PAGE, **headers, "cookie": f"learner={THEIRS}"}, scheme=scheme)
    both = ask({**PAGE, **headers, "cookie": f"__Host-learner={MINE}; learner={THEIRS}"}, scheme=scheme)

    assert given(planted)["secret"] != THEIRS
    assert given(both)["secret"] == MINE


@pytest.mark.parametrize("proto", ["http", "", "httpsx", "http, https", "wss"])
def test_what_a_proxy_does_not_call_tls_is_none(proto: str):
    assert given(ask({**PAGE, "x-forwarded-proto": proto}))["name"] == "learner"


@pytest.mark.parametrize(
    "others",
    ['prefs={"a": [1, 2]}', "a b c", "=", ";;;", "name=ü", 'open="never closed', "a=b=c", "x[]=1", "é=1"],
)
def test_whatever_cookies_other_apps_of_the_host_set_the_secret_stays(others: str):
    before = ask({**PAGE, "cookie": f"{others}; learner={MINE}"})
    after = ask({**PAGE, "cookie": f"learner={MINE}; {others}"})

    assert given(before)["secret"] == given(after)["secret"] == MINE


@pytest.mark.parametrize(
    "headers",
    [
        [("cookie", f"learner={MINE}; learner={THEIRS}")],
        [("cookie", f"learner={MINE}"), ("cookie", f"learner={THEIRS}")],
        [("cookie", f"learner={THEIRS}"), ("cookie", f"learner={MINE}")],
        [("cookie", f"learner={MINE}; learner=nonsense")],
    ],
)
def test_of_two_cookies_page_and_script_take_the_same(headers: list[tuple[str, str]]):
    websocket = HTTPConnection(scope_of(headers=headers, kind="websocket"))

    read = secret_in(websocket.cookies)

    page = given(ask([*PAGE.items(), *headers]))["secret"]
    assert page == read if read is not None else page not in (MINE, THEIRS)


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        ({"accept": "*/*"}, {}),
        ({}, {}),
        (PAGE, {"method": "POST"}),
        (PAGE, {"method": "HEAD"}),
        (PAGE, {"path": "/static/index.js"}),
    ],
)
def test_what_is_not_a_page_brings_no_cookie_and_may_be_cached(
    headers: Mapping[str, str], asked: Mapping[str, Any]
):
    answer = ask({**headers, "cookie": f"learner={MINE}"}, **asked)

    assert answer.all("set-cookie") == []
    assert answer.all("cache-control") == ["no-cache"]


@pytest.mark.parametrize("condition", ["if-none-match", "if-modified-since"])
def test_a_browser_that_has_kept_the_page_from_before_gets_it_again_with_its_cookie(condition: str):
    answer = ask({**PAGE, condition: '"kept"'})

    assert answer.status == 200
    assert given(answer)["secret"]


def test_a_websocket_passes_untouched():
    seen = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    scope = scope_of(headers=PAGE, kind="websocket")
    run(LearnerCookie(app)(scope, None, None))

    assert seen == [scope]
    assert seen[0] is scope


def test_headers_that_the_app_sends_are_all_kept():
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        answer = HTMLResponse("<html></html>", headers={"x-own": "1"})
        answer.set_cookie("other", "2")
        await answer(scope, receive, send)

    answer = run(call(LearnerCookie(app), scope_of(headers=PAGE)))

    assert answer["x-own"] == "1"
    assert [cookie.partition("=")[0] for cookie in answer.all("set-cookie")] == ["other", "learner"]


def test_an_error_in_plain_text_brings_no_cookie():
    app = LearnerCookie(PlainTextResponse("no", status_code=404))

    answer = run(call(app, scope_of(headers=PAGE)))

    assert answer.all("set-cookie") == []


@pytest.mark.parametrize("value", [None, 7, b"m" * 43, ["m" * 43], object()])
def test_a_cookie_that_is_no_text_is_no_secret(value: object):
    assert secret_in({"learner": value}) is None


def test_a_request_without_headers_has_no_secret():
    assert secret_of(scope_of()) is None


def test_a_secret_that_was_left_is_known_as_such_and_not_kept_in_clear(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(learner_cookie, "_MOST_LEFT", 2)
    first, second, third = new_secret(), new_secret(), new_secret()

    for secret in (first, second, third):
        leave(secret)

    assert [is_left(secret) for secret in (first, second, third)] == [False, True, True]
    assert third not in repr(learner_cookie._left)
