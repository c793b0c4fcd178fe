"""Calling an ASGI app as a server would, without a network: one request, its whole answer."""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; names of headers are in small letters."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> list[str]:
        """The values of a header, as often as it was sent."""
        return [value for found, value in self.headers if found == name]

    def __getitem__(self, name: str) -> str:
        (value,) = self.all(name)
        return value


def scope_of(
    method: str = "GET",
    path: str = "/",
    headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    *,
    scheme: str = "http",
    client: str | None = "203.0.113.9",
    kind: str = "http",
) -> dict[str, Any]:
    """A request as a server hands it over."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    return {
        "type": kind,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in pairs],
        "client": None if client is None else (client, 50_000),
        "server": ("lab.example", 443 if scheme == "https" else 80),
    }


def body_of(*parts: bytes) -> Receive:
    """A body that comes in parts."""
    left = list(parts) or [b""]

    async def receive() -> Message:
        if not left:
            return {"type": "http.disconnect"}
        part = left.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(left)}

    return receive


async def call(app: ASGIApp, scope: Mapping[str, Any], receive: Receive | None = None) -> Answer:
    """Send a request to the app and collect the answer."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await app(dict(scope), receive or body_of(), send)
    start = sent[0]
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in start["headers"]
    )
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(status=start["status"], headers=headers, body=body)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run something to its end in a thread of its own: in this one the browser's events may be under way."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()
