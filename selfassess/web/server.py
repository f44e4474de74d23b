"""The server in the room: it hands out the page of a round, takes sealed sheets in, does what the holder of a receipt
wants, and nothing else.

It keeps no log, sets no cookie, and knows of a person only the address from which their last requests came, and that
only while it runs.
"""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from selfassess.web.seal import NotSealedError, Seal

LARGEST = 300_000
"""Bytes of a sealed message: ten times a sheet with long texts."""
OFTEN, WITHIN = 30, 60.0
"""How many messages one address can send, within how many seconds."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Answer = Callable[[bytes], bytes]
"""From what the page sent, opened, to what it is answered. It is called by several threads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What the server hands out, and what it does with what is sent to it."""

    page: str
    policy: str
    """What the page may do (its Content-Security-Policy)."""
    hosts: frozenset[str]
    """The names and addresses, with the port, at which it can be reached."""
    seal: Seal
    take_in: Answer
    """For sheet files."""
    of_receipt: Answer
    """For what somebody wants who has a receipt."""
    clock: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class _Rate:
    """The times at which each address sent something."""

    clock: Callable[[], float]
    sent: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def is_too_much(self, address: str) -> bool:
        now, times = self.clock(), self.sent[address]
        while times and times[0] < now - WITHIN:
            times.popleft()
        times.append(now)
        return len(times) > OFTEN


def application(door: Door) -> Starlette:
    """The server, for uvicorn."""
    rate = _Rate(door.clock)

    async def page(request: Request) -> Response:
        if refusal := _refused(request, door):
            return refusal
        headers = {**_HEADERS, "Content-Security-Policy": door.policy}
        return Response(door.page, media_type="text/html", headers=headers)

    async def answered(request: Request, answer: Answer) -> Response:
        if refusal := _refused(request, door) or _refused_origin(request, door):
            return refusal
        if rate.is_too_much(request.client.host if request.client else ""):
            return _no(429, "Too much from this device at once. Wait a minute.")
        message = await _body(request)
        if message is None:
            return _no(413, "This is larger than a sheet can be.")
        try:
            opened = door.seal.open(message)
        except NotSealedError:
            return _no(400, "This was not sealed for this round. Scan the code on the screen again.")
        said = await run_in_threadpool(answer, opened.content)
        return Response(opened.answered(said), media_type="application/octet-stream", headers=_HEADERS)

    async def sheet(request: Request) -> Response:
        return await answered(request, door.take_in)

    async def receipt(request: Request) -> Response:
        return await answered(request, door.of_receipt)

    posts = (Route("/sheet", sheet, methods=["POST"]), Route("/receipt", receipt, methods=["POST"]))
    return Starlette(routes=[Route("/", page), *posts])


def _refused(request: Request, door: Door) -> Response | None:
    """A page elsewhere could lead a browser here under another name."""
    if request.headers.get("host") not in door.hosts:
        return _no(421, "This address is not known here. Scan the code on the screen again.")
    return None


def _refused_origin(request: Request, door: Door) -> Response | None:
    if request.headers.get("origin") not in {f"http://{host}" for host in door.hosts}:
        return _no(403, "Only the page of this round can hand in here.")
    return None


async def _body(request: Request) -> bytes | None:
    """The body of a request; None if it is too large."""
    found = b""
    try:
        async for part in request.stream():
            found += part
            if len(found) > LARGEST:
                return None
    except ClientDisconnect:
        return b""
    return found


def _no(status: int, why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status_code=status, headers=_HEADERS)
