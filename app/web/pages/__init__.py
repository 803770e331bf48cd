"""The routes, one module a page or a few that belong together. A new page's router is added here."""

from app.web.pages import (
    account,
    calendars,
    checkpoint,
    codes,
    documents,
    inbox,
    language,
    opening,
    process,
    processes,
    signing_in,
    stance,
    static,
    stating,
    try_out,
)

ROUTERS = (
    static.router,
    calendars.router,
    language.router,
    account.router,
    codes.router,  # before the links: /kirjaudu/koodi is none
    signing_in.router,
    opening.router,
    try_out.router,
    inbox.router,
    processes.router,
    process.router,
    checkpoint.router,
    stance.router,
    stating.router,
    documents.router,
)
