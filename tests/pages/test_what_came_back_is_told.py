"""What is told of work that was returned, of a text that has changed, and of reminders that became no message."""

from begun import TOWN
from midcourse import COMPARISON, COORDINATOR, KEY, METHOD, NEED, OWNER, PREPARER, Course, disputed, held, returned
from visiting import Pages, tell

from models.commands import Revise
from models.outgoing.addressing import NO_ADDRESS
from models.personal import Private
from models.storage.drafts import Contents
from models.words import StanceKind

AT = f"/prosessi/{KEY}"
REASON = "Koulu lähtee kylältä, ja matkat pitenevät."
LOGGED = """
    insert into message_log (municipality_id, process_id, message_id, person, channel, subject, outcome, reason, at)
    select municipality_id, id, null, 'rehtori', 'mail', :item, 'not sent', :reason, '2027-04-01T07:00:00.000000Z'
    from process_head where key = :key"""


def test_returned_work_says_who_returned_it_and_why_while_it_is_worked_on_anew(pages: Pages):
    returned(Course(pages))
    for person in (PREPARER, OWNER, "rehtori"):
        visit = pages.as_(person)
        for path in (AT, f"{AT}/vaihe/{NEED}", f"{AT}/tarkistuspiste/{NEED}"):
            visit.get(path)
            assert "Työ on palautettu valmisteluun: " in visit.text, path
            assert REASON in visit.text, path
        visit.get(f"{AT}/vaihe/{NEED}")
        assert " palautti työn 1.4.2027" in visit.text
    assert "Työ on palautettu valmisteluun: " not in pages.as_(OWNER).get(f"{AT}/vaihe/tulevaisuuskuva").text


def test_the_owner_of_returned_work_reads_in_the_inbox_that_it_came_back(pages: Pages):
    returned(Course(pages))
    visit = pages.as_("palvelupaallikko")
    assert "Työ on palautettu valmisteluun: korjaa ja toimita uudelleen" in visit.get("/").text
    assert "Toimita uudelleen tarkistuspisteeseen" in visit.get(f"{AT}/vaihe/{NEED}").text


def test_what_was_never_returned_says_nothing_of_it(pages: Pages):
    for path in (AT, f"{AT}/vaihe/{METHOD}", f"{AT}/tarkistuspiste/{METHOD}"):
        assert "palautettu valmisteluun: " not in pages.as_(PREPARER).get(path).text


def test_whoever_has_taken_a_stance_reads_that_the_text_has_changed_since(pages: Pages):
    course = Course(pages)
    course.says("j3", StanceKind.ACCEPT)
    visit = pages.as_(course.round.seats["j3"].person)
    assert "Asiakirja on muuttunut" not in visit.get("/").text
    drafts = course.engine.drafts
    revision = drafts.read(TOWN, KEY, METHOD)[COMPARISON].revision
    of = drafts.read(TOWN, KEY, METHOD)[METHOD + "kuva"].contents.document
    drafts.save(TOWN, KEY, METHOD, COMPARISON, Contents(document=of), OWNER, revision=revision)
    course.act(OWNER, Revise(phase=METHOD, output=COMPARISON, reason=Private("Uusi luku.")))
    assert "Asiakirja on muuttunut kannanoton jälkeen: pidä kanta tai muuta sitä." in visit.get("/").text


def missed(pages: Pages, key: str) -> str:
    """What Viestit says of a reminder of that key that could be sent to nobody."""
    with pages.installation.database.transaction() as session:
        session.run(LOGGED, {"item": f"{KEY}:{key}", "key": KEY, "reason": NO_ADDRESS})
    visit = pages.as_(COORDINATOR)
    visit.get(f"{AT}/viestit")
    return visit.text.partition("Odottavat lähtöä")[0]


def test_a_reminder_of_what_is_owed_is_not_said_to_be_done_while_the_process_waits(pages: Pages):
    held(Course(pages))
    for key in (f"stances:{METHOD}:1:hyvinvointiryhma:chair", f"stance:{METHOD}:1:h4:holder"):
        told = missed(pages, key)
        assert "jo hoidettu" not in told
        assert "Muistutus: Ota kantaa: " in told


def test_missing_stances_that_are_told_as_a_count_are_found(pages: Pages):
    told = missed(pages, f"stances:{METHOD}:1:hyvinvointiryhma:chair")
    assert "Ilmoitus: kantoja puuttuu: " in told
    assert "jo hoidettu" not in told


def test_a_reminder_of_what_is_done_names_it(pages: Pages):
    assert "Muistutus asiasta, joka on jo hoidettu: Totea tarkistuspisteen tulos" in missed(
        pages, "outcome:tulevaisuuskuva:1:holder"
    )
    assert "jo hoidettu: Vastaa perusteluihin: " in missed(pages, "answer:o1:holder")


def test_a_condition_with_a_past_date_is_asked_again_with_all_that_was_typed(pages: Pages):
    visit = pages.as_(PREPARER)
    at = f"{AT}/tarkistuspiste/{METHOD}"
    visit.get(at)
    typed = {"owner": OWNER, "checkpoint": "hallintomalli", "text": "Tehdään yhdessä."}
    answer = visit.post(f"{at}/vastustus/o4/edellytys", due="2027-03-01", **typed)
    assert answer.status_code == 422
    assert "Määräaika on mennyt. Valitse päivä, joka on vasta tulossa." in visit.text
    for kept in (f'<option value="{OWNER}" selected', 'value="2027-03-01"', '"hallintomalli" selected', typed["text"]):
        assert answer.text.count(kept) == 1, kept
    assert visit.post(f"{at}/vastustus/o4/edellytys", due="2027-06-01", **typed).status_code == 200
    assert "Edellytys on kirjattu jatkovalmisteluun." in visit.text


def test_the_last_day_of_a_correction_is_the_same_everywhere(pages: Pages):
    course = Course(pages)
    disputed(course)
    tell(pages.installation)
    visit = pages.as_(COORDINATOR)
    for path in (
        f"{AT}/viestit",
        f"{AT}/historia",
        f"{AT}/tarkistuspiste/{METHOD}",
        f"{AT}/tarkistuspiste/{METHOD}/tulos",
    ):
        visit.get(path)
        assert "5.4.2027" not in visit.text, path
        assert "4.4.2027 asti" in visit.text, path
