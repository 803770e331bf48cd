"""The application: made for one installation, with all its pages."""

from collections.abc import AsyncIterator

from fastapi import Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool

from app.web.account import origin_of
from app.web.answers import answer_refusals
from app.web.monitoring import watch
from app.web.pages import ROUTERS
from app.web.pages.signing_in import sign_in_first
from app.web.security import SecurityHeaders, guard_post
from app.web.session import NotSignedIn, visitor_of
from tasks.installation import Installation


async def guarded(request: Request) -> AsyncIterator[None]:
    """Every request: a post comes from a form of ours. Whatever was sent with it is let go in the end."""
    visitor = await run_in_threadpool(visitor_of, request)
    try:
        await guard_post(request, visitor.secret)
        yield
    finally:
        await request.close()


def create(installation: Installation, *, try_out: bool = False) -> FastAPI:
    """The pages of the installation. In a try-out people sign in as any role by one click."""
    application = FastAPI(
        title="Etappi", openapi_url=None, docs_url=None, redoc_url=None, dependencies=[Depends(guarded)]
    )
    application.state.installation = installation
    application.state.try_out = try_out
    answer_refusals(application)
    application.add_exception_handler(NotSignedIn, sign_in_first)
    # the outermost: every answer carries them
    application.add_middleware(SecurityHeaders, form_targets=origin_of(installation.settings))
    watch(application)
    for router in ROUTERS:
        application.include_router(router)
    return application
