"""Every route with every role and an outsider, against a table of who may open what. What is not in the table fails.

A form that a role may send is answered with something else than "not you" (403) or "not found" (404): what it says of a
form that was sent empty is its own matter.
"""

import pytest
from fastapi.routing import APIRoute
from visiting import Pages, Visit

from app.web.pages import ROUTERS
from models.municipality.commands import AddPerson
from models.personal import Private

OUTSIDER = "ulkopuolinen"
PEOPLE = {
    "administrator": "paakayttaja",
    "coordinator": "koordinaattori",
    "preparer": "valmistelujohtaja",
    "registrar": "hallintosihteeri",
    "protection": "tietosuojavastaava",
    "owner": "talouspaallikko",
    "assessor": "arviointisuunnittelija",
    "condition owner": "palvelupaallikko",
    "chair": "sivistysjohtaja",
    "member": "rehtori",
    "objector": "kylayhdistyksen-edustaja",
    "deputy": "lastenhoitaja",
    "disqualified": "palveluyrittaja",
    "outsider": OUTSIDER,
}
READERS = frozenset(PEOPLE) - {"outsider"}
SIGNED_IN = frozenset(PEOPLE)
ANYBODY = SIGNED_IN | {"guest"}

WHO_MAY: dict[str, frozenset[str]] = {
    "GET /static/{name}": ANYBODY,
    "GET /health": ANYBODY,
    "POST /kieli": ANYBODY,
    "GET /kirjaudu": ANYBODY,
    "POST /kirjaudu-ulos": ANYBODY,
    "GET /kokeilu": ANYBODY,
    "POST /kokeilu": ANYBODY,
    "GET /": SIGNED_IN,
    "GET /prosessit": SIGNED_IN,
}
NAMES = {"process": "kemijarvi-2030", "phase": "tuottamistapa"}
REFUSED = {401, 403, 404}
ANOTHER_AFTER = ("POST /kirjaudu-ulos", "POST /kokeilu")  # somebody else is signed in, or nobody


def routes() -> dict[str, APIRoute]:
    found = {}
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in route.methods:
                found[f"{method} {route.path}"] = route
    return found


def opened(visit: Visit, route: str) -> int:
    """What the route answers."""
    method, _, path = route.partition(" ")
    if route == "GET /static/{name}":
        path = visit.get("/kokeilu").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    for name, value in NAMES.items():
        path = path.replace(f"{{{name}}}", value)
    visit.get("/kokeilu")
    visit.client.follow_redirects = False
    try:
        return (visit.get(path) if method == "GET" else visit.post(path)).status_code
    finally:
        visit.client.follow_redirects = True


def test_every_route_is_in_the_table_and_nothing_else():
    assert set(routes()) == set(WHO_MAY)


@pytest.mark.parametrize("role", [*PEOPLE, "guest"])
def test_each_role_opens_what_the_table_says_and_nothing_else(pages: Pages, role: str):
    add = AddPerson(person=OUTSIDER, name=Private("Ulkopuolinen"))
    pages.installation.engine.handle_municipality("kemijarvi", add, "paakayttaja")
    visit = None
    for route, may in WHO_MAY.items():
        if visit is None:
            visit = pages.anybody() if role == "guest" else pages.as_(PEOPLE[role])
        status = opened(visit, route)
        if route == "POST /kokeilu":
            assert status == 404  # nobody was named
        elif role in may:
            assert status not in REFUSED, f"{role}: {route} answers {status}"
        else:
            assert status in REFUSED, f"{role}: {route} answers {status}"
        if route in ANOTHER_AFTER:
            visit = None
