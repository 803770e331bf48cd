"""Messages over a real mail server: taken, refused, tried again, protected; each once and with its result."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mail_house import MailHouse, certificate, lets_in
from test_messages_owed import NOTHING, deliver, log, tell
from village import NAMES, Village

from models.errors import LinkExpired, NotFound, NotValid, Refused
from models.municipality.commands import ChangePerson
from models.outgoing import bounces, holding, letters, urgent
from models.outgoing.link_keys import link_keys
from models.outgoing.links import Purpose, read_code, read_link
from models.outgoing.outbox import again
from models.personal import Private

ADDRESS = "https://etappi.kyla.example"


@pytest.fixture
def house() -> Iterator[MailHouse]:
    found = MailHouse()
    yield found
    found.close()


def village_at(house: MailHouse, tmp_path: Path, migrated_file: Path, **settings: Any) -> Village:
    given = {"smtp_host": "127.0.0.1", "smtp_port": house.port, "smtp_security": "none"}
    given |= {"mail_from": "etappi@kyla.example", "address": ADDRESS}
    return Village.founded(tmp_path / "data", migrated_file, **given | settings)


@pytest.fixture
def mailing(house: MailHouse, tmp_path: Path, migrated_file: Path) -> Village:
    """A village whose messages go to the mail server."""
    return village_at(house, tmp_path, migrated_file)


def opened(village: Village) -> dict[str, int]:
    """A phase has been opened, and what is told of it has left as far as it would."""
    village.open()
    tell(village)
    village.clock.forward(minutes=17)
    return deliver(village)


# --- leaving ------------------------------------------------------------------------------------------------------


def test_a_message_goes_to_the_mail_server_once_and_leaves_no_file(mailing: Village, house: MailHouse) -> None:
    assert opened(mailing) == NOTHING | {"sent": 2}
    assert sorted(to for to, _ in house.taken) == ["owner@kyla.example", "preparer@kyla.example"]
    assert mailing.mails() == []
    assert log(mailing) == [("owner", "sent", None), ("preparer", "sent", None)] or len(log(mailing)) == 2
    assert deliver(mailing) == NOTHING


def test_a_mail_says_whom_to_ask_and_answers_go_to_the_coordinator(mailing: Village, house: MailHouse) -> None:
    phone = ChangePerson(person="coordinator", phone=Private("040 123 4567"))
    mailing.municipal(phone)
    opened(mailing)

    (mail,) = house.mails("owner")
    assert mail["From"] == "Kylä <etappi@kyla.example>"
    assert mail["Reply-To"] == f"{NAMES['coordinator']} <coordinator@kyla.example>"
    for part in ("plain", "html"):
        body = mail.get_body((part,))
        assert body is not None
        assert NAMES["coordinator"] in body.get_content()
        assert "040 123 4567" in body.get_content()
    assert str(mail["List-Id"]).startswith("Kylän suunnitelma 2030 <village.")
    assert mail["Auto-Submitted"] == "auto-generated"


def test_mails_about_one_checkpoint_are_one_thread(mailing: Village, house: MailHouse) -> None:
    opened(mailing)
    mailing.submit()
    tell(mailing)
    mailing.clock.forward(minutes=20)
    deliver(mailing)
    mailing.passing()
    tell(mailing)
    mailing.clock.forward(minutes=20)
    deliver(mailing)

    threads = {str(mail["References"]) for mail in house.mails("teacher-1")}
    assert len(house.mails("teacher-1")) == 2
    assert len(threads) == 1


def test_one_connection_carries_many_messages_and_four_carry_all(mailing: Village, house: MailHouse) -> None:
    for person in NAMES:
        for number in range(4):
            with mailing.database.transaction() as session:
                now = mailing.clock() + dt.timedelta(milliseconds=number)
                urgent.owe_invitation(session, mailing.name, person, now)
    mailing.clock.forward(minutes=1)

    assert deliver(mailing)["sent"] == 20
    assert house.connections <= 4
    assert len({mail["Message-ID"] for mail in house.mails()}) == 20


# --- refused, and tried again -------------------------------------------------------------------------------------


def test_an_address_refused_for_good_is_not_tried_again_and_the_log_says_why(
    mailing: Village, house: MailHouse
) -> None:
    house.refusals["rcpt", "owner"] = "550 5.1.1 no such user"

    assert opened(mailing) == NOTHING | {"sent": 1, "refused": 1}

    assert ("owner", "refused", "550 5.1.1 no such user") in log(mailing)
    assert mailing.all("select state from message where person = 'owner'") == [("refused",)]
    assert mailing.effects("message")[0][0] == "done"


@pytest.mark.parametrize("moment", ["rcpt", "data"])
def test_what_the_server_does_not_take_now_is_owed_still_with_the_reason(
    mailing: Village, house: MailHouse, moment: str
) -> None:
    house.refusals[moment, ""] = "451 4.3.0 come back later"

    assert opened(mailing) == NOTHING | {"wrong": 2}
    errors = {error for (error,) in mailing.all("select error from outbox where kind = 'message'")}
    assert all(error.endswith("the mail server did not take it now: 451 4.3.0 come back later.") for error in errors)
    house.refusals.clear()
    mailing.clock.forward(minutes=5)

    assert deliver(mailing) == NOTHING | {"sent": 2}


def test_a_server_that_is_away_loses_nothing(mailing: Village, house: MailHouse) -> None:
    house.close()
    assert opened(mailing) == NOTHING | {"wrong": 2}
    errors = {error for (error,) in mailing.all("select error from outbox where kind = 'message'")}
    assert all("the mail server 127.0.0.1" in error for error in errors)


def test_an_address_that_the_mail_server_would_not_understand_stops_no_other(
    mailing: Village, house: MailHouse
) -> None:
    mailing.break_address("owner")
    assert opened(mailing) == NOTHING | {"sent": 1, "wrong": 1}


# --- protected ----------------------------------------------------------------------------------------------------


def test_the_connection_is_protected_and_signed_in(tmp_path: Path, migrated_file: Path) -> None:
    context, trusted = certificate(tmp_path)
    secret = tmp_path / "password"
    secret.write_text("salainen sana\n")
    house = MailHouse(
        tls_context=context, require_starttls=True, auth_required=True, authenticator=lets_in("etappi", "salainen sana")
    )
    try:
        given = {"smtp_security": "starttls", "smtp_user": "etappi", "smtp_host": "localhost"}
        village = village_at(house, tmp_path, migrated_file, **given, smtp_password_file=secret, smtp_ca_file=trusted)
        assert opened(village) == NOTHING | {"sent": 2}

        other = village_at(
            house, tmp_path / "other", migrated_file, **given, smtp_password="arvaus", smtp_ca_file=trusted
        )
        assert opened(other) == NOTHING | {"wrong": 2}
        assert "does not let us in" in other.one("select error from outbox where kind = 'message'")

        doubting = village_at(house, tmp_path / "third", migrated_file, **given, smtp_password_file=secret)
        assert opened(doubting) == NOTHING | {"wrong": 2}, "a certificate of nobody known"
    finally:
        house.close()


def test_a_password_is_not_sent_over_an_open_line(tmp_path: Path, migrated_file: Path) -> None:
    from models.settings import Settings
    from tasks.mail_server import check_protected

    with pytest.raises(NotValid, match="not sent unprotected"):
        check_protected(Settings(data_dir=tmp_path, smtp_host="mail.kunta.fi", smtp_user="a", smtp_security="none"))
    check_protected(Settings(data_dir=tmp_path, smtp_host="localhost", smtp_user="a", smtp_security="none"))


# --- links --------------------------------------------------------------------------------------------------------


def test_links_and_the_code_of_a_mail_lead_its_reader_to_the_same_thing(mailing: Village, house: MailHouse) -> None:
    opened(mailing)
    (mail,) = house.mails("owner")
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    keys, now = link_keys(mailing.settings), mailing.clock()
    token = text.split(f"{ADDRESS}/o/")[1].split()[0]
    code = text.split("Koodi sivulla: ")[1].split()[0]

    link = read_link(keys, token, now)
    with mailing.database.reading() as session:
        typed = letters.link_of_message(session, read_code(keys, code), now)
        assert (link.person, link.process, link.about) == ("owner", mailing.process, "phase:future-image")
        assert typed == link
        with pytest.raises(LinkExpired):
            letters.link_of_message(session, read_code(keys, code), now + dt.timedelta(days=90))
        with pytest.raises(NotFound):
            letters.link_of_message(session, 4711, now)


def test_a_link_to_sign_in_leaves_at_once_also_at_night_and_not_when_its_time_is_over(
    mailing: Village, house: MailHouse
) -> None:
    mailing.clock.now = mailing.clock.now.replace(hour=23)
    until = mailing.clock.now + dt.timedelta(minutes=20)
    with mailing.database.transaction() as session:
        urgent.owe_sign_in(session, mailing.name, "teacher-1", "once-1", until, mailing.clock())
        urgent.owe_sign_in(session, mailing.name, "teacher-2", "once-2", mailing.clock(), mailing.clock())

    assert deliver(mailing) == NOTHING | {"sent": 1, "not sent": 1}

    (mail,) = house.mails()
    assert mail["Subject"] == "Kirjautumislinkki Etappiin"
    body = mail.get_body(("plain",))
    assert body is not None
    token = body.get_content().split("/kirjaudu/")[1].split()[0]
    link = read_link(link_keys(mailing.settings), token, mailing.clock(), Purpose.SIGN_IN)
    assert (link.person, link.once, link.until) == ("teacher-1", "once-1", until)
    assert ("teacher-2", "not sent", "the time of its link is over") in log(mailing)
    assert mailing.all("select count(*) from outbox where payload like '%once-1%'") == [(0,)]


# --- held, taken back ---------------------------------------------------------------------------------------------


def number_of(village: Village, person: str) -> int:
    return int(village.one("select id from message where person = :p", p=person))


def test_a_message_that_is_held_waits_until_it_is_let_go(mailing: Village, house: MailHouse) -> None:
    mailing.open()
    tell(mailing)
    number = number_of(mailing, "owner")
    with mailing.database.transaction() as session:
        holding.hold(session, mailing.name, number)
    mailing.clock.forward(days=1)
    assert deliver(mailing) == NOTHING | {"sent": 1}
    with mailing.database.transaction() as session:
        holding.release(session, mailing.name, number, mailing.clock())

    assert deliver(mailing) == NOTHING | {"sent": 1}
    assert len(house.mails("owner")) == 1


def test_a_message_taken_back_never_leaves_and_the_log_says_who_took_it(mailing: Village, house: MailHouse) -> None:
    mailing.open()
    tell(mailing)
    number = number_of(mailing, "owner")
    with mailing.database.transaction() as session:
        holding.take_back(session, mailing.name, number, "coordinator", mailing.clock())
    mailing.clock.forward(minutes=20)

    assert deliver(mailing) == NOTHING | {"sent": 1}
    assert house.mails("owner") == []
    assert ("owner", "taken back", "taken back by coordinator") in log(mailing)


def test_what_has_left_is_not_taken_back(mailing: Village) -> None:
    opened(mailing)
    with mailing.database.transaction() as session, pytest.raises(Refused):
        holding.take_back(session, mailing.name, number_of(mailing, "owner"), "coordinator", mailing.clock())
    with mailing.database.transaction() as session, pytest.raises(NotFound):
        holding.hold(session, "naapuri", number_of(mailing, "owner"))


# --- coming back --------------------------------------------------------------------------------------------------

REPORT = """From: MAILER-DAEMON@kyla.example
To: etappi@kyla.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.kyla.example

Final-Recipient: rfc822; owner@kyla.example
Action: {action}
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 mailbox full

--b
Content-Type: text/rfc822-headers

Message-ID: {name}
Subject: hei

--b--
"""


def test_a_mail_that_comes_back_stands_in_the_log_with_its_reason(mailing: Village, house: MailHouse) -> None:
    opened(mailing)
    name = str(house.mails("owner")[0]["Message-ID"])

    delayed = bounces.read_bounce(REPORT.format(name=name, action="delayed").encode())
    failed = bounces.read_bounce(REPORT.format(name=name, action="failed").encode())
    with mailing.database.transaction() as session:
        assert not bounces.record_bounce(session, delayed, mailing.clock())
        assert bounces.record_bounce(session, failed, mailing.clock())
        assert not bounces.record_bounce(session, failed, mailing.clock()), "told twice"

    assert ("owner", "bounced", "552 5.2.2 mailbox full") in log(mailing)
    assert mailing.all("select state from message where person = 'owner'") == [("bounced",)]


def test_a_report_about_somebody_elses_mail_is_refused(mailing: Village) -> None:
    opened(mailing)
    forged = bounces.read_bounce(REPORT.format(name=f"<1.{'0' * 40}@kyla.example>", action="failed").encode())
    with mailing.database.transaction() as session, pytest.raises(NotFound):
        bounces.record_bounce(session, forged, mailing.clock())
    for content in (b"", b"hello", REPORT.format(name="<x@y.fi>", action="failed").encode()):
        with pytest.raises(NotValid):
            bounces.read_bounce(content)


def test_what_was_given_up_is_tried_again_when_the_operator_says_so(mailing: Village, house: MailHouse) -> None:
    opened(mailing)
    with mailing.database.transaction() as session:
        assert again(session, mailing.clock()) == 0
