"""A learner without an account: an unguessable id, made here and kept in the browser as an HttpOnly cookie.

The middleware sets it with the page itself, before the script runs for the first time. The id is a bearer
secret: it is never shown and never logged, and the store keeps only its hash.
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256
from threading import Lock
from typing import Any

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAME, SECURE_NAME = "learner", "__Host-learner"
"""The cookie's name, and the one over TLS: browsers take a `__Host-` cookie from this host alone."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_YEAR_SECONDS = 31_536_000
_CONDITIONS = (b"if-none-match", b"if-modified-since")


def new_secret() -> str:
    """256 random bits as 43 letters."""
    return secrets.token_urlsafe(32)


def secret_in(cookies: Mapping[str, str]) -> str | None:
    """The learner's secret among cookies; what does not have its form is none."""
    for name in (SECURE_NAME, NAME):
        value = cookies.get(name)
        if isinstance(value, str) and _SECRET.fullmatch(value):
            return value
    return None


_left: OrderedDict[str, None] = OrderedDict()
_left_lock = Lock()
_MOST_LEFT = 10_000


def leave(secret: str) -> None:
    """Note a secret that its browser does not hold any more.

    A tab that was opened before goes on with it: what it wrote would belong to nobody, and nobody could
    erase it.
    """
    with _left_lock:
        _left[sha256(secret.encode()).hexdigest()] = None
        while len(_left) > _MOST_LEFT:
            _left.popitem(last=False)


def is_left(secret: str) -> bool:
    """Whether the browser holds another secret by now."""
    return sha256(secret.encode()).hexdigest() in _left


def secret_of(scope: Scope) -> str | None:
    """The learner's secret in a request.

    The cookies are read as the script's are: were one of another app on this host to end the reading here,
    each page would come with a new secret. Over TLS the plain cookie counts for nothing, because another
    host of the domain, or anybody on a line without TLS, can have set it.
    """
    cookies = HTTPConnection(scope).cookies
    return secret_in({SECURE_NAME: cookies.get(SECURE_NAME, "")} if is_secure(scope) else cookies)


def is_secure(scope: Scope) -> bool:
    """Whether the browser speaks TLS to us, or to a proxy in front of us that says so."""
    forwarded = next((value for name, value in scope.get("headers", ()) if name == b"x-forwarded-proto"), b"")
    return scope.get("scheme") == "https" or forwarded.split(b",")[0].strip().lower() == b"https"


def cookie_header(secret: str, *, secure: bool) -> str:
    """The header that gives the browser its secret for a year."""
    name = SECURE_NAME if secure else NAME
    tail = "; Secure" if secure else ""
    return f"{name}={secret}; Path=/; Max-Age={_YEAR_SECONDS}; HttpOnly; SameSite=Lax{tail}"


class LearnerCookie:
    """ASGI middleware: every page comes with the learner's cookie, a new one where there is none.

    A page with a cookie must not lie in a shared cache, which would hand one learner to many.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _asks_for_page(scope):
            await self.app(scope, receive, send)
            return
        secure = is_secure(scope)
        secret = secret_of(scope) or new_secret()

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                message = {**message, "headers": _with_cookie(message, secret, secure=secure)}
            await send(message)

        # To a browser that has kept the page from before, "not modified" would bring no cookie.
        asked = [(name, value) for name, value in scope["headers"] if name not in _CONDITIONS]
        await self.app({**scope, "headers": asked}, receive, send_with_cookie)


def _asks_for_page(scope: Scope) -> bool:
    accepts = [value for name, value in scope.get("headers", ()) if name == b"accept"]
    return scope["method"] == "GET" and any(b"text/html" in value for value in accepts)


def _is_page(message: Message) -> bool:
    types = [value for name, value in message["headers"] if name.lower() == b"content-type"]
    return any(value.startswith(b"text/html") for value in types)


def _with_cookie(message: Message, secret: str, *, secure: bool) -> list[Any]:
    kept = [(name, value) for name, value in message["headers"] if name.lower() != b"cache-control"]
    cookie = cookie_header(secret, secure=secure).encode("ascii")
    return [*kept, (b"set-cookie", cookie), (b"cache-control", b"no-store")]
