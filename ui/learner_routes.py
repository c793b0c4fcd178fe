"""What changes the learner's cookie, which a websocket cannot: continuing on this device, and erasing.

Both are forms of the progress page, sent from it alone, and lead back to it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ui.learner_cookie import cookie_header, cookies_of, is_secure, new_secret, secret_in
from ui.providers import store
from vpclab.errors import StoreError
from vpclab.store.codes import TooManyTries
from vpclab.words import languages

_MOST_BYTES = 2_000


async def continue_here(request: Request) -> Response:
    """Take over the learner whose code was typed; what was done here before comes along."""
    form = await _form(request)
    if form is None:
        return Response(status_code=403)
    here, fresh = secret_in(cookies_of(request.scope)), new_secret()
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
    now = datetime.now(UTC)
    kept, brought = store(), None
    if here is not None:
        brought = kept.export(here)
    if not kept.take_code(code, fresh, sha256(address.encode()).hexdigest(), now):
        return False
    if here is not None and brought is not None:
        kept.bring_in(fresh, brought, now)
        kept.rotate(here, new_secret())  # the old secret opens nothing any more
    return True


async def erase(request: Request) -> Response:
    """Erase the learner, and give the browser a new secret."""
    form = await _form(request)
    if form is None:
        return Response(status_code=403)
    here = secret_in(cookies_of(request.scope))
    try:
        if here is not None:
            await run_in_threadpool(store().erase, here)
    except StoreError:
        return _back(form, told="unreachable")
    return _back(form, told="erased", secret=new_secret(), request=request)


async def _form(request: Request) -> Mapping[str, str] | None:
    """The fields of a form of ours; None for one that another site has sent, or that is none."""
    if not _is_from_here(request):
        return None
    try:
        length = int(request.headers.get("content-length", ""))
    except ValueError:
        return None
    if not 0 <= length <= _MOST_BYTES:
        return None
    fields = parse_qs((await request.body()).decode("utf-8", errors="replace"), max_num_fields=5)
    return {name: values[0] for name, values in fields.items()}


def _is_from_here(request: Request) -> bool:
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "")
    if site is not None:
        return site == "same-origin"
    return bool(origin) and urlsplit(origin).netloc == request.headers.get("host")


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


ROUTES = (
    Route("/learner/continue", continue_here, methods=["POST"]),
    Route("/learner/erase", erase, methods=["POST"]),
)
