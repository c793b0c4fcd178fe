"""Headers that tell a browser what these pages never do: load from elsewhere, run in a foreign frame."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.learner_cookie import is_secure

POLICY = "; ".join(
    (
        "default-src 'self'",
        # Streamlit starts with an inline script, and runs components from addresses that it makes itself.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    # An address holds what somebody was looking at; other sites need not know.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
OVER_TLS = {"strict-transport-security": "max-age=31536000"}


def headers_for(scope: Scope) -> dict[str, str]:
    """The headers of an answer to a request."""
    return {**HEADERS, **(OVER_TLS if is_secure(scope) else {})}


async def failed(request: Request, _error: Exception) -> PlainTextResponse:
    """The answer to a request that failed unexpectedly: it is made outside of all middleware."""
    return PlainTextResponse("Internal Server Error", status_code=500, headers=headers_for(request.scope))


class SecurityHeaders:
    """ASGI middleware: every answer has the headers, except where the app has set one itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wanted = headers_for(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                more = [(name.encode(), value.encode()) for name, value in wanted.items()]
                added = [(name, value) for name, value in more if name not in there]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self.app(scope, receive, send_with_headers)
