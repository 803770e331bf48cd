"""A try-out's pages from the first moment: until its sample town is there, a page says so and asks again by itself."""

import threading

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app import try_out
from app.web.application import create
from app.web.language import asked_for
from app.web.pages.static import static_file
from app.web.rendering import environment
from app.web.security import SecurityHeaders
from models.settings import Settings
from tasks.installation import installed


class GettingReady:
    """The try-out's pages, once they are ready."""

    def __init__(self, there: Settings) -> None:
        self.there = there
        self.waiting = SecurityHeaders(self._waiting)
        self.pages: ASGIApp | None = None
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if self.pages is None and try_out.ready(self.there):
            await run_in_threadpool(self._open)
        await (self.pages or self.waiting)(scope, receive, send)

    def _open(self) -> None:
        with self._lock:
            if self.pages is None:
                self.pages = create(installed(self.there), try_out=True)

    async def _waiting(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await run_in_threadpool(self._answer, Request(scope))
        await answer(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if request.url.path.startswith("/static/"):
            return static_file(request, request.url.path.removeprefix("/static/"))
        language = asked_for(request.headers.get("Accept-Language", "")) or self.there.language
        return HTMLResponse(
            environment(language).get_template("getting_ready.html").render(), 503, {"Retry-After": "1"}
        )

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        """Nothing has to be begun or ended."""
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
