"""What changes the learner's cookie, which a websocket cannot: continuing on this device, and erasing.

Both are forms of the progress page, sent from it alone, and lead back to it.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from streamlit import config

from ui.learner_cookie import cookie_header, is_secure, leave, new_secret, secret_of
from ui.providers import store
from vpclab.errors import StoreError
from vpclab.store.codes import TooManyTries
from vpclab.words import languages

_MOST_BYTES = 2_000
_MOST_FIELDS = 5
_MOST_SECONDS = 10
_FORM = "application/x-www-form-urlencoded"


async def continue_here(request: Request) -> Response:
    """Take over the learner whose code was typed; what was done here before comes along."""
    form = await _form(request)
    if form is None:
        return Response(status_code=403)
    here, fresh = secret_of(request.scope), new_secret()
    address = request.client.host if request.client is not None else ""
    try:
        taken = await run_in_threadpool(_take, form.get("code", ""), here, fresh, address)
    except TooManyTries:
        return _back(form, told="too-many")
    except StoreError:
        return _back(form, told="unreachable")
    return (
        _back(form, told="continued", secret=fresh, request=request) if taken else _back(form, told="no-code")
    )


def _take(code: str, here: str | None, fresh: str, address: str) -> bool:
    key = sha256(address.encode()).hexdigest()
    taken = store().take_code(code, fresh, key, datetime.now(UTC), leaving=here)
    if taken and here is not None:
        leave(here)
    return taken


async def erase(request: Request) -> Response:
    """Erase the learner, and give the browser a new secret."""
    form = await _form(request)
    if form is None:
        return Response(status_code=403)
    here = secret_of(request.scope)
    try:
        if here is not None:
            await run_in_threadpool(_erase, here)
    except StoreError:
        return _back(form, told="unreachable")
    return _back(form, told="erased", secret=new_secret(), request=request)


def _erase(here: str) -> None:
    store().erase(here)
    leave(here)


async def _form(request: Request) -> Mapping[str, str] | None:
    """The fields of a form of ours; None for one that another site has sent, or that is none."""
    if not _is_from_here(request) or not _is_short_form(request):
        return None
    try:
        async with asyncio.timeout(_MOST_SECONDS):
            body = await request.body()
        fields = parse_qs(body.decode("utf-8", errors="replace"), max_num_fields=_MOST_FIELDS)
    except (TimeoutError, ClientDisconnect, ValueError):
        return None
    return {name: values[0] for name, values in fields.items()}


def _is_short_form(request: Request) -> bool:
    length = request.headers.get("content-length", "")
    is_short = length.isascii() and length.isdecimal() and len(length) <= 4 and int(length) <= _MOST_BYTES
    return is_short and request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM


def _is_from_here(request: Request) -> bool:
    """Whether a page of ours sent it. Browsers say so; the older ones, and all without TLS, by the origin."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    scheme, _, host = request.headers.get("origin", "").partition("://")
    is_downgraded = is_secure(request.scope) and scheme != "https"
    return bool(host) and host == request.headers.get("host") and not is_downgraded


def _back(
    form: Mapping[str, str], *, told: str, secret: str | None = None, request: Request | None = None
) -> Response:
    """To the progress page, which says what became of it."""
    language = form.get("lang", "")
    parameters = {"told": told, **({"lang": language} if language in languages() else {})}
    answer = RedirectResponse(f"../progress?{urlencode(parameters)}", status_code=303)
    if secret is not None and request is not None:
        answer.headers["set-cookie"] = cookie_header(secret, secure=is_secure(request.scope))
    answer.headers["cache-control"] = "no-store"
    return answer


def _beside_the_page(path: str) -> str:
    """The path where the app is served: Streamlit puts its own below `server.baseUrlPath`, and only those."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path


ROUTES = (
    Route(_beside_the_page("/learner/continue"), continue_here, methods=["POST"]),
    Route(_beside_the_page("/learner/erase"), erase, methods=["POST"]),
)
