"""Signing in by a one-time link and a second factor, with messages read from the outbox as they would leave."""

import datetime as dt
import json
import re

import pytest
from visiting import Pages, Visit

from app.runtime import clean_up
from app.web.limits import CODES, LINKS_OF_ADDRESS
from models.outgoing.link_keys import link_keys
from models.outgoing.links import Link, Purpose, link_token
from models.signing_in import factors
from models.signing_in.links import GOOD_FOR
from models.signing_in.sessions import IDLE, LONGEST

MEMBER, COORDINATOR = "rehtori", "koordinaattori"
OWED = """
    select message_item.payload, message.person from message_item
    join message on message.id = message_item.message_id where message_item.kind = 'SignIn' order by message.id"""


@pytest.fixture
def moved(closed_pages: Pages) -> Pages:
    """Pages whose clock can be moved (`later`)."""
    clock = closed_pages.installation.engine.clock
    ahead = [dt.timedelta()]
    closed_pages.installation.engine.clock = lambda: clock() + ahead[0]
    closed_pages.later = lambda by: ahead.__setitem__(0, ahead[0] + by)
    return closed_pages


def asked(pages: Pages, visit: Visit, person: str, to: str = "/") -> str:
    """A link was asked for and written; its address."""
    visit.get(f"/kirjaudu?to={to}")
    visit.post("/kirjaudu", email=f"{person}@kemijarvi.example", to=to)
    links = owed(pages)
    assert links[-1][0] == person
    return links[-1][1]


def owed(pages: Pages) -> list[tuple[str, str]]:
    """The links that are on their way, and to whom, as messages hold them."""
    keys = link_keys(pages.installation.settings)
    with pages.installation.database.reading() as session:
        rows = session.all(OWED)
    found = []
    for payload, person in rows:
        facts = json.loads(payload)["facts"]
        until = dt.datetime.fromisoformat(facts["until"])
        link = Link(municipality="kemijarvi", person=person, once=facts["once"], until=until)
        found.append((person, f"/kirjaudu/{link_token(keys, link, Purpose.SIGN_IN)}"))
    return found


def test_a_member_signs_in_with_the_link_and_lands_where_they_were_going(moved: Pages):
    visit = moved.anybody()
    address = asked(moved, visit, MEMBER, "/prosessi/kemijarvi-2030")
    visit.get(address)
    assert "Paina painiketta" in visit.text
    answer = visit.post(address)

    assert answer.url.path == "/prosessi/kemijarvi-2030"
    assert "Rehtori" in visit.text


def test_opening_the_link_many_times_uses_nothing_up_and_pressing_twice_signs_in_once(moved: Pages):
    visit = moved.anybody()
    address = asked(moved, visit, MEMBER)
    for _ in range(3):
        assert moved.anybody().get(address).status_code == 200
    visit.get(address)
    visit.post(address)
    assert visit.get("/").status_code == 200
    other = moved.anybody()
    assert other.get(address).status_code == 409
    other.get("/")
    assert other.post(address).status_code == 409
    assert other.get("/").status_code == 401


def test_a_link_is_over_after_its_time_and_by_a_newer_one(moved: Pages):
    visit = moved.anybody()
    first = asked(moved, visit, MEMBER)
    second = asked(moved, visit, MEMBER)
    assert visit.get(first).status_code == 409
    assert visit.get(second).status_code == 200
    moved.later(GOOD_FOR + dt.timedelta(seconds=1))
    assert visit.get(second).status_code == 409


def test_who_is_known_cannot_be_found_out(moved: Pages):
    visit = moved.anybody()
    visit.get("/kirjaudu")
    known = visit.post("/kirjaudu", email="rehtori@kemijarvi.example").text
    visit.get("/kirjaudu")
    unknown = visit.post("/kirjaudu", email="nobody@kemijarvi.example").text
    assert re.sub(r"[0-9a-f]{64}", "", known) == re.sub(r"[0-9a-f]{64}", "", unknown)
    assert len(owed(moved)) == 1


def test_links_are_not_sent_without_end(moved: Pages):
    visit = moved.anybody()
    for _ in range(LINKS_OF_ADDRESS.tries + 3):
        visit.get("/kirjaudu")
        visit.post("/kirjaudu", email="rehtori@kemijarvi.example")
    assert len(owed(moved)) == LINKS_OF_ADDRESS.tries
    moved.later(LINKS_OF_ADDRESS.within + dt.timedelta(seconds=1))
    visit.get("/kirjaudu")
    visit.post("/kirjaudu", email="rehtori@kemijarvi.example")
    assert len(owed(moved)) == LINKS_OF_ADDRESS.tries + 1


def test_a_link_for_one_installation_or_purpose_is_none_for_another(moved: Pages):
    keys = link_keys(moved.installation.settings)
    link = Link(municipality="kemijarvi", person=MEMBER, once="0" * 32)
    for token in (link_token(("another key",), link, Purpose.SIGN_IN), link_token(keys, link), "nonsense"):
        assert moved.anybody().get(f"/kirjaudu/{token}").status_code == 422


def test_a_coordinator_takes_codes_into_use_and_is_asked_for_one_ever_after(moved: Pages):
    visit = moved.anybody()
    address = asked(moved, visit, COORDINATOR)
    visit.get(address)
    visit.post(address)
    assert "Ota vahvistuskoodit käyttöön" in visit.text
    assert visit.get("/prosessit").url.path == "/kirjaudu/koodi"  # nothing opens before
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", visit.shown.text)[1].replace(" ", "")
    visit.get("/kirjaudu/koodi")
    visit.post("/kirjaudu/koodi", code=code(moved, key))
    recovery = re.findall(r"<code>([A-Z0-9-]{19})</code>", visit.shown.text)
    assert len(recovery) == factors.RECOVERY_CODES
    assert visit.get("/prosessit").status_code == 200

    moved.later(dt.timedelta(minutes=20))
    again = moved.anybody()
    address = asked(moved, again, COORDINATOR)
    again.get(address)
    again.post(address)
    assert "Anna vahvistuskoodi" in again.text
    right = code(moved, key)
    again.post("/kirjaudu/koodi", code=right)
    assert again.get("/prosessit").status_code == 200

    third = moved.anybody()
    address = asked(moved, third, COORDINATOR)
    third.get(address)
    third.post(address)
    third.post("/kirjaudu/koodi", code=right)  # once only
    assert "Koodi ei täsmää" in third.text
    third.post("/kirjaudu/koodi", code=recovery[0].lower())
    assert "Ota vahvistuskoodit käyttöön" in third.text


def test_codes_are_not_guessed_without_end(moved: Pages):
    visit = moved.anybody()
    address = asked(moved, visit, COORDINATOR)
    visit.get(address)
    visit.post(address)
    for _ in range(CODES.tries + 1):
        visit.post("/kirjaudu/koodi", code="000000")
    assert "Liian monta yritystä" in visit.text


def test_a_session_ends_when_nobody_is_there_and_after_its_longest_time(moved: Pages):
    visit = moved.anybody()
    address = asked(moved, visit, MEMBER)
    visit.get(address)
    visit.post(address)
    for _ in range(int(LONGEST / (IDLE / 2)) - 1):
        moved.later(IDLE / 2)
        assert visit.get("/").status_code == 200
    moved.later(IDLE / 2)
    assert visit.get("/").status_code == 401  # whatever one does
    visit = moved.anybody()
    address = asked(moved, visit, MEMBER)
    visit.get(address)
    visit.post(address)
    moved.later(IDLE + dt.timedelta(seconds=1))
    assert visit.get("/").status_code == 401


def test_who_was_removed_is_out_at_once(moved: Pages):
    from models.municipality.commands import RemovePerson
    from models.personal import Private

    visit = moved.anybody()
    address = asked(moved, visit, MEMBER)
    visit.get(address)
    visit.post(address)
    removing = RemovePerson(person=MEMBER, reason=Private("Muutti pois."))
    moved.installation.engine.handle_municipality("kemijarvi", removing, "paakayttaja")
    assert visit.get("/prosessit").status_code == 401


def test_signing_out_everywhere_ends_every_session(moved: Pages):
    visits = []
    for _ in range(2):
        visit = moved.anybody()
        address = asked(moved, visit, MEMBER)
        visit.get(address)
        visit.post(address)
        visits.append(visit)
    visits[0].get("/")
    visits[0].post("/kirjaudu-ulos", everywhere="yes")
    assert visits[1].get("/").status_code == 401


def test_a_link_in_a_message_gives_no_right_and_leads_on_after_signing_in(moved: Pages):
    keys = link_keys(moved.installation.settings)
    about = Link(municipality="kemijarvi", person=MEMBER, process="kemijarvi-2030", about="stance:tuottamistapa:1:h3")
    visit = moved.anybody()
    visit.get(f"/o/{link_token(keys, about)}")
    assert "Rehtori" not in visit.text
    visit.post(f"/o/{link_token(keys, about)}")
    person, address = owed(moved)[-1]
    assert person == MEMBER
    visit.get(address)
    answer = visit.post(address)
    assert answer.url.path == "/prosessi/kemijarvi-2030/tarkistuspiste/tuottamistapa"


def test_a_code_that_is_none_is_said_to_be_none(moved: Pages):
    visit = moved.anybody()
    visit.get("/o")
    visit.post("/o", code="7KQ-2M9X-4TPA")
    assert "Koodia ei löydy" in visit.text


def code(pages: Pages, key: str) -> str:
    """What the app shows now."""
    return factors.code_at(key, int(pages.installation.engine.clock().timestamp()) // factors.STEP)


def test_codes_are_those_of_the_standard():
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: "12345678901234567890"
    told = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    assert {at: factors.code_at(key, at // 30) for at in told} == told


def test_what_is_over_is_cleaned_up(moved: Pages):
    visit = moved.anybody()
    address = asked(moved, visit, MEMBER)
    visit.get(address)
    visit.post(address)
    moved.later(dt.timedelta(days=2))
    clean_up(moved.installation)
    with moved.installation.database.reading() as session:
        left = [session.one(f"select count(*) from {table}")[0] for table in ("session", "sign_in_link", "attempt")]
    assert left == [0, 0, 0]
