"""Every route with every role and an outsider, against a table of who may open what. What is not in the table fails.

A form that a role may send is answered with something else than "not you" (403) or "not found" (404): what it says of a
form that was sent empty is its own matter.
"""

import datetime as dt
from dataclasses import dataclass

import pytest
from begun import begin
from fastapi.routing import APIRoute
from httpx import Response
from visiting import Pages, Visit, tell

from app.web.pages import ROUTERS
from app.web.views import documents
from models.commands import ScheduleMeeting
from models.municipality.commands import AddPerson
from models.personal import Private
from models.storage import reading, store

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

CREATORS = frozenset({"administrator", "coordinator"})
GROUPS = "/prosessi/{process}/ryhmat"
SEATED = frozenset({"chair", "member", "objector", "deputy", "disqualified"})
AT = "/prosessi/{process}/tarkistuspiste/{phase}"
PHASE = "/prosessi/{process}/vaihe/{phase}"
DRAFT = f"{PHASE}/tuotos/{{output}}"
WAY = "/prosessi/{process}/kasittelyt"
RECORD = "/prosessi/{process}/historia"
STEER = "/prosessi/{process}/ohjaus"
RECORDERS = frozenset({"registrar", "coordinator"})
ONE_ROW = "| Tunnus | Tarve | Vaihtoehto | Miten tuotetaan |\n|---|---|---|---|\n| T1.oma | T1 | Oma tuotanto | Itse |"
WRITERS = frozenset({"owner", "coordinator"})
SEATS = {
    "sivistysjohtaja": "h1",
    "rehtori": "h3",
    "kylayhdistyksen-edustaja": "h4",
    "lastenhoitaja": "h2",
    "palveluyrittaja": "e3",
}

WHO_MAY: dict[str, frozenset[str]] = {
    "GET /static/{name}": ANYBODY,
    "GET /kalenteri/{token}.ics": ANYBODY,  # the address is the key; a wrong one opens nothing
    "GET /kalenteri/{municipality}/{process}.ics": ANYBODY,
    "POST /kieli": ANYBODY,
    "GET /kirjaudu": ANYBODY,
    "POST /kirjaudu": ANYBODY,
    "GET /kirjaudu/{token}": ANYBODY,  # of a link that is none: not valid
    "POST /kirjaudu/{token}": ANYBODY,
    "POST /kirjaudu/tili": frozenset(),  # only where the town has accounts
    "GET /kirjaudu/tili/paluu": frozenset(),
    "GET /kirjaudu/koodi": frozenset(),  # only while a code is missing
    "POST /kirjaudu/koodi": frozenset(),
    "GET /o": ANYBODY,
    "POST /o": ANYBODY,
    "GET /o/{token}": ANYBODY,
    "POST /o/{token}": ANYBODY,
    "POST /kirjaudu-ulos": ANYBODY,
    "GET /kokeilu": ANYBODY,
    "POST /kokeilu": ANYBODY,
    "GET /kayttoonotto": frozenset(),  # only while there is no municipality
    "POST /kayttoonotto": frozenset(),
    "GET /harjoitus": CREATORS,
    f"GET {GROUPS}": READERS,
    f"GET {GROUPS}/{{group}}": frozenset({"chair", "member", "objector", "deputy"}) | CREATORS,
    f"POST {GROUPS}/{{group}}/nimi": CREATORS,
    f"GET {GROUPS}/{{group}}/kutsu": CREATORS,
    f"POST {GROUPS}/{{group}}/kutsu": CREATORS,
    f"POST {GROUPS}/{{group}}/kutsu/peru": CREATORS,
    f"POST {GROUPS}/kutsut/peru": CREATORS,
    f"GET {GROUPS}/{{group}}/paikka/{{seat}}": CREATORS,
    f"POST {GROUPS}/{{group}}/paikka/{{seat}}/tehtava": CREATORS,
    f"POST {GROUPS}/{{group}}/paikka/{{seat}}/varajasenet": CREATORS,
    f"POST {GROUPS}/{{group}}/paikka/{{seat}}/paata": CREATORS,
    "GET /": SIGNED_IN,
    "GET /prosessit": SIGNED_IN,
    "GET /haku": SIGNED_IN,
    "GET /omat": SIGNED_IN,
    "POST /omat/viestit": SIGNED_IN,
    "GET /omat/muistutus/{process}/{duty}": frozenset({"member"}),  # whose duty it is
    "POST /omat/muistutus/{process}/{duty}": frozenset({"member"}),
    "POST /omat/muistutus/{process}/{duty}/palauta": SIGNED_IN,  # of one's own: there is nothing else to take back
    "POST /omat/poissa": SIGNED_IN,
    "POST /omat/takaisin": frozenset(),  # of days that were not noted
    "POST /omat/tiedot": SIGNED_IN,
    "POST /omat/kalenteri": SIGNED_IN,
    "POST /omat/istunnot": SIGNED_IN,
    "POST /omat/istunnot/{name}": SIGNED_IN,  # of one's own: another's is never found
    "GET /prosessi/{process}": READERS,
    f"GET {AT}": READERS,
    "GET /prosessi/{process}/vastustus/{item}": READERS,
    "GET /prosessi/{process}/edellytys/{item}": frozenset(),  # the item is an objection
    f"POST {AT}/pida": SEATED,
    f"POST {AT}/eriava": SEATED,
    f"POST {AT}/vastustus/{{item}}/vastaa": frozenset({"preparer", "owner", "coordinator"}),
    f"POST {AT}/vastustus/{{item}}/edellytys": frozenset({"preparer"}),
    f"POST {AT}/vastustus/{{item}}/eriavaksi": frozenset({"preparer"}),
    f"POST {AT}/vastustus/{{item}}/peru": frozenset({"objector"}),
    f"POST {AT}/peru": SEATED - {"deputy"},  # who has taken none
    f"POST {AT}/vastustus/{{item}}/yhdy": SEATED,
    f"POST {AT}/edellytys/{{condition}}/tehty": frozenset({"condition owner", "coordinator"}),
    f"POST {AT}/arvioi/{{criterion}}": frozenset(),  # nothing is assessed at this checkpoint
    f"GET {AT}/kanta/{{seat}}": SEATED,
    f"POST {AT}/kanta/{{seat}}": SEATED,
    f"GET {AT}/tulos": frozenset({"preparer", "coordinator"}),
    f"POST {AT}/tulos": frozenset({"preparer", "coordinator"}),
    f"GET {PHASE}": READERS,
    f"POST {PHASE}/aloita": frozenset({"coordinator"}),
    f"POST {PHASE}/korvaa/{{output}}": WRITERS,
    f"POST {PHASE}/toimita": WRITERS,
    f"POST {PHASE}/kuultu/{{affected}}": WRITERS,
    f"POST {PHASE}/peru": frozenset({"coordinator"}),  # of an opening
    f"POST {PHASE}/kokous": frozenset({"coordinator", "chair"}),
    "GET /prosessi/{process}/kokous/{meeting}": READERS,
    "POST /prosessi/{process}/kokous/{meeting}": frozenset({"coordinator", "chair"}),
    "POST /prosessi/{process}/kokous/{meeting}/korjaa": frozenset(),  # it has no memo yet
    "POST /prosessi/{process}/kokous/{meeting}/peruuta": frozenset({"coordinator", "chair"}),
    f"GET {WAY}": READERS,
    f"GET {WAY}/kirjaa/{{plan}}": RECORDERS,
    f"POST {WAY}/kirjaa/{{plan}}": RECORDERS,
    f"GET {WAY}/{{handling}}/palauta": frozenset({"coordinator", "preparer"}),
    f"POST {WAY}/{{handling}}/palauta": frozenset({"coordinator", "preparer"}),
    f"GET {WAY}/oikaise": RECORDERS,
    f"GET {WAY}/oikaise/{{item}}/{{field}}": frozenset(),  # o3 is an objection
    f"POST {WAY}/oikaise/{{item}}/{{field}}": frozenset(),
    f"POST {WAY}/{{handling}}/teksti": RECORDERS,
    f"GET {WAY}/{{handling}}/teksti/{{output}}": frozenset(),  # nothing was changed in deciding
    f"POST {WAY}/{{handling}}/poytakirja": RECORDERS,
    f"POST {WAY}/{{handling}}/lainvoima": RECORDERS,
    f"POST {WAY}/lausunto/{{statement}}/pyyda": RECORDERS,
    f"POST {WAY}/lausunto/{{statement}}/saapui": RECORDERS,
    f"POST {WAY}/lausunto/{{statement}}/vastaa": frozenset({"coordinator", "preparer"}),
    f"POST {WAY}/kuuleminen/{{hearing}}/avaa": frozenset({"coordinator"}),
    f"POST {WAY}/kuuleminen/{{hearing}}/paata": frozenset(),  # it is closed already
    f"POST {WAY}/yhteistoiminta": RECORDERS,
    f"POST {WAY}/julkista/{{phase}}": RECORDERS,
    f"GET {DRAFT}": READERS,
    f"GET {DRAFT}/tiedosto/{{file}}": READERS,
    f"POST {DRAFT}": WRITERS,
    f"GET {DRAFT}/muutokset": READERS,
    f"GET {DRAFT}/kirjoittaja": WRITERS,
    f"GET {DRAFT}/aiempi/{{revision}}": WRITERS,
    f"POST {DRAFT}/aiempi/{{revision}}": WRITERS,
    f"GET {DRAFT}/pohja": READERS,
    f"POST {DRAFT}/liite": WRITERS,
    f"POST {DRAFT}/liite/{{file}}/poista": frozenset(),  # there is none
    f"POST {DRAFT}/tiedosto": WRITERS,
    f"POST {DRAFT}/taytetty": WRITERS,
    f"POST {DRAFT}/perityt": WRITERS,
    f"GET {DRAFT}/taulukko/{{register}}": READERS,
    f"POST {DRAFT}/taulukko/{{register}}": WRITERS,
    f"GET {DRAFT}/taulukko/{{register}}/{{row}}": WRITERS,
    f"POST {DRAFT}/taulukko/{{register}}/{{row}}": WRITERS,
    f"POST {DRAFT}/taulukko/{{register}}/{{row}}/poista": WRITERS,
    f"GET {DRAFT}/tekstit": WRITERS,
    f"POST {DRAFT}/tekstit": WRITERS,
    f"GET {RECORD}": READERS - {"administrator"},
    f"GET {RECORD}/tarkistus": READERS - {"administrator"},
    f"POST {RECORD}/tarkistus": READERS - {"administrator"},
    f"GET {RECORD}/{{sequence}}/peita": frozenset({"protection"}),
    f"POST {RECORD}/{{sequence}}/peita": frozenset({"protection"}),
    f"GET {STEER}": frozenset({"coordinator", "chair", "administrator", "registrar"}),
    f"GET {STEER}/paivat": frozenset({"coordinator"}),
    f"GET {STEER}/muutokset": frozenset({"coordinator"}),
    f"GET {STEER}/kokoukset": frozenset({"coordinator", "administrator", "registrar"}),
    f"POST {STEER}/kokoukset": frozenset({"coordinator", "administrator", "registrar"}),
    f"GET {STEER}/{{tool}}": frozenset({"coordinator"}),
    f"POST {STEER}/{{tool}}": frozenset({"coordinator"}),
    f"GET {STEER}/{{kind}}/{{thing}}": frozenset({"coordinator"}),
    f"POST {STEER}/{{kind}}/{{thing}}": frozenset({"coordinator"}),
    "GET /prosessi/{process}/harjoitus": frozenset({"coordinator"}),
    "GET /prosessi/{process}/viestit": frozenset({"coordinator"}),
    "POST /prosessi/{process}/viestit/peru": frozenset({"coordinator"}),
    "POST /prosessi/{process}/viestit/paasta": frozenset({"coordinator"}),
    "GET /prosessi/{process}/muistuta": frozenset({"coordinator", "chair"}),
    "POST /prosessi/{process}/muistuta": frozenset({"coordinator", "chair"}),
    "GET /prosessi/{process}/asiakirja/{version}": READERS,
    "GET /prosessi/{process}/paperi/{of}/{language}/{form}": frozenset(),  # none has been made here
    "GET /prosessi/{process}/asiakirja/{version}/muutokset/{before}": READERS,
    "GET /prosessi/{process}/asiakirja/{version}/tiedosto/{file}": READERS,
}
for step in ("", "/malli", "/nimi", "/valinta/{choice}", "/alku", "/ajat", "/ajat/{key}", "/paatos", "/vastuut"):
    WHO_MAY[f"GET /prosessit/uusi{step}"] = CREATORS
for step in ("/ryhma/{group}", "/ryhma/{group}/jasenet", "/tarkista", "/katso"):
    WHO_MAY[f"GET /prosessit/uusi{step}"] = CREATORS
for step in ("/malli", "/nimi", "/valinta/{choice}", "/alku", "/ajat", "/ajat/{key}", "/paatos", "/vastuut", "/jatka"):
    WHO_MAY[f"POST /prosessit/uusi{step}"] = CREATORS
for step in ("/ryhma/{group}", "/ryhma/{group}/jasenet", "/tarkista", "/hylkaa"):
    WHO_MAY[f"POST /prosessit/uusi{step}"] = CREATORS

REFUSED = {401, 403, 404}
METHOD, GROUP = "tuottamistapa", "hyvinvointiryhma"
ANOTHER_AFTER = ("POST /kirjaudu-ulos", "POST /kokeilu")  # somebody else is signed in, or nobody
WORDS = {"text": "Perustelu", "reason": "Perustelu", "how": "Tehty", "result": "changed", "holds": "yes"}
FIELDS: dict[str, dict[str, str]] = {
    "POST /omat/takaisin": {"first": "2027-07-05"},
    "POST /omat/muistutus/{process}/{duty}": {"until": "2027-04-06"},
    f"POST {AT}/vastustus/{{item}}/edellytys": {"owner": "rehtori", "due": "2027-06-01", "text": ""},
    f"POST {AT}/kanta/{{seat}}": {"kind": "abstain"},
    f"POST {AT}/tulos": {"outcome": "return", "to": "tuottamistapa"},
    f"POST {PHASE}/kuultu/{{affected}}": {"on": "2027-03-30"},
    f"POST {PHASE}/peru": {"what": "opening"},
    f"POST {PHASE}/kokous": {"name": "Kokous", "day": "2027-04-20", "time": "13.00", "group": GROUP},
    "POST /prosessi/{process}/kokous/{meeting}/korjaa": {"kind": "abstain"},
    f"POST {WAY}/kirjaa/{{plan}}": {"outcome": "noted", "date": "2027-03-30"},
    f"POST {WAY}/{{handling}}/teksti": {"output": "vaihtoehtojen-vertailu"},
    f"POST {WAY}/{{handling}}/poytakirja": {"inspected": "2027-03-31"},
    f"POST {WAY}/{{handling}}/lainvoima": {"legal": "final", "on": "2027-03-31"},
    f"POST {WAY}/lausunto/{{statement}}/pyyda": {"body": "nuorisovaltuusto", "phase": METHOD, "due": "2027-06-01"},
    f"POST {WAY}/lausunto/{{statement}}/saapui": {"given": "2027-03-31"},
    f"POST {WAY}/kuuleminen/{{hearing}}/avaa": {
        "phase": METHOD,
        "first": "2027-04-05",
        "last": "2027-05-05",
        "channels": "Kirjasto",
    },
    f"POST {WAY}/kuuleminen/{{hearing}}/paata": {"contributions": "3", "summary": "Vähän"},
    f"POST {WAY}/yhteistoiminta": {"needed": "yes", "why": "Palvelut muuttuvat"},
    f"POST {WAY}/julkista/{{phase}}": {"ground": "discretion", "reason": "Kysytään"},
    f"POST {DRAFT}": {"text": ONE_ROW, "revision": "2"},
}


@dataclass
class Town:
    """What the addresses and forms name."""

    names: dict[str, str]
    seen: dict[str, str]

    @classmethod
    def of(cls, pages: Pages, person: str | None) -> "Town":
        engine = pages.installation.engine
        with engine.database.reading() as session:
            scope, head, _ = store.find_process(session, "kemijarvi", "kemijarvi-2030")
            round_ = engine.worlds.process(session, scope, head).rounds["tuottamistapa"]
            version = round_.versions["vaihtoehtojen-vertailu"].sha256
            before = reading.revisions(session, scope.id)[-1].before
            held = documents.held(_AnyPlace(scope), session, version)[version]  # type: ignore[arg-type]
        at = dt.datetime(2027, 4, 12, 10, tzinfo=dt.UTC)
        planned = ScheduleMeeting(meeting="ryhman-kokous", at=at, phase=METHOD, group=GROUP)
        engine.handle("kemijarvi", planned, "koordinaattori", process="kemijarvi-2030")
        tell(pages.installation)
        with engine.database.reading() as session:
            (told,) = session.all("select max(id) from message where state = 'open'")
        if person in (PEOPLE["administrator"], PEOPLE["coordinator"]):
            begin(pages, person)
        seat = SEATS.get(person or "", "h3")
        names = {
            "municipality": "kemijarvi",
            "process": "kemijarvi-2030",
            "phase": "tuottamistapa",
            "item": "o3",
            "condition": "c1",
            "criterion": "nykytila-mukana",
            "seat": seat,
            "version": version,
            "before": before,
            "file": held.main.sha256,
            "output": "vaihtoehtojen-vertailu",
            "affected": "henkilosto",
            "register": "alternatives",
            "meeting": "ryhman-kokous",
            "handling": "h1",
            "statement": "nuorisovaltuusto-tuottamistavasta",
            "hearing": "kuuleminen-tuottamistavasta",
            "plan": "valtuuston-paatos",
            "field": "section",
            "row": "T1.oma",
            "tool": "odota",
            "sequence": "1",
            "revision": "1",
            "name": "0" * 16,
            "duty": "stance:tuottamistapa:1:h3",
            "kind": "paiva",
            "thing": "checkpoint:hallintomalli",
            "group": GROUP,
            "choice": "aikataulu",
            "key": "phase:tulevaisuuskuva:last",
        }
        return cls(names, {"round": "1", "manifest": round_.manifest, "seat": seat, "number": str(told[0])})


class _AnyPlace:
    """What is needed of a place to know a version's files."""

    def __init__(self, scope: store.Scope) -> None:
        self.visitor = self
        self.municipality = "kemijarvi"
        self.scope = scope


def routes() -> dict[str, APIRoute]:
    found = {}
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in route.methods:
                found[f"{method} {route.path}"] = route
    return found


def opened(visit: Visit, form: Response, route: str, town: Town) -> int:
    """What the route answers, to a form with the token of that page."""
    method, _, path = route.partition(" ")
    if route == "GET /static/{name}":
        path = visit.get("/kokeilu").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    for name, value in town.names.items():
        path = path.replace(f"{{{name}}}", value)
    visit.shown = form
    visit.client.follow_redirects = False
    fields = {**town.seen, **WORDS, **FIELDS.get(route, {})}
    try:
        return (visit.get(path) if method == "GET" else visit.post(path, **fields)).status_code
    finally:
        visit.client.follow_redirects = True


def test_every_route_is_in_the_table_and_nothing_else():
    assert set(routes()) == set(WHO_MAY)


@pytest.mark.parametrize("role", [*PEOPLE, "guest"])
def test_each_role_opens_what_the_table_says_and_nothing_else(pages: Pages, role: str):
    add = AddPerson(person=OUTSIDER, name=Private("Ulkopuolinen"))
    pages.installation.engine.handle_municipality("kemijarvi", add, "paakayttaja")
    town = Town.of(pages, PEOPLE.get(role))
    wrong, visit = [], None
    for route, may in WHO_MAY.items():
        if visit is None:
            visit = pages.anybody() if role == "guest" else pages.as_(PEOPLE[role])
            form = visit.get("/nowhere")
        status = opened(visit, form, route, town)
        assert status < 500, route
        refused = status in REFUSED
        if route == "POST /kokeilu":
            assert status == 404  # nobody was named
        elif refused == (role in may):
            wrong.append(f"{route} answers {status}")
        if route in ANOTHER_AFTER:
            visit = None
    assert wrong == []
