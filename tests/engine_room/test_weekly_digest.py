"""A weekly digest on its whole way: from ladders and acts over clock, courier and Prefect to the mail server.

Teacher 1 is written to on Thursdays, teacher 2 and the coordinator on Fridays, all from eight to three. Of what waits
for the digest only what still stands is told. What a reader is to do before the next one, and a link to sign in, do not
wait.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from mail_house import MailHouse
from test_mail_server import village_at
from test_messages_owed import log
from village import Village

from app.works import Works
from models.commands import ScheduleMeeting
from models.days.calendar import HELSINKI, at_local, local_date
from models.outgoing import readers, urgent
from models.record import instant_text
from models.telling.hours import Choices
from models.words import Rhythm

MONDAY, THURSDAY, FRIDAY = (dt.date(2027, 2, day) for day in (1, 4, 5))
LATER = dt.timedelta(weeks=3)  # the week in which the stance is due, on its Friday
MOMENTS = ((7, 59), (8, 0), (9, 5), (14, 59), (22, 0))
OWED = "select count(*) from outbox where state <> 'done' and not_before <= :now"


def weekly(weekday: int) -> Choices:
    return Choices(first=dt.time(8), last=dt.time(15), rhythm=Rhythm.WEEKLY, weekday=weekday)


class Post:
    """The village, what carries its mails, and the mail server."""

    def __init__(self, village: Village, works: Works, house: MailHouse) -> None:
        self.village, self.works, self.house = village, works, house
        for person, weekday in {"teacher-1": 3, "teacher-2": 4, "coordinator": 4}.items():
            self.chooses(person, weekly(weekday))

    def chooses(self, person: str, choices: Choices) -> None:
        with self.village.database.transaction() as session:
            readers.choose(session, self.village.name, person, choices, self.village.clock())

    def until(self, day: dt.date, hour: int, minute: int = 0) -> None:
        """Time goes by to that instant; the clock and the courier are at work at some moments of each day, and then."""
        now, end = self.village.clock.now, at_local(day, hour, minute)
        days = (local_date(now) + dt.timedelta(days=n) for n in range((day - local_date(now)).days + 1))
        moments = [at for one in days for moment in MOMENTS if now < (at := at_local(one, *moment)) < end]
        for at in (*moments, end):
            self.village.clock.now = at
            self.village.engine.tick()
            if self.village.one(OWED, now=instant_text(at)):
                self.works.drain()

    def mails(self, person: str) -> list[tuple[str, str]]:
        """The mails that have come to the person, oldest first: when they were sent, in Finland, and what they say."""
        return [(sent(mail), f"{mail['Subject']} {plain(mail)}") for mail in self.house.mails(f"{person}@")]


def sent(mail: EmailMessage) -> str:
    at = parsedate_to_datetime(str(mail["Date"])).astimezone(HELSINKI)
    return f"{at:%d.%m. %H.%M}"


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


@pytest.fixture
def post(tmp_path: Path, migrated_file: Path, at_work: Callable[..., Works]) -> Iterator[Post]:
    house = MailHouse()
    village = village_at(house, tmp_path, migrated_file)
    yield Post(village, at_work(village), house)
    house.close()


def meeting(village: Village, key: str, day: dt.date) -> None:
    when = at_local(day, 17)
    village.act(ScheduleMeeting(meeting=key, at=when, name=f"Ilta {key}", group="teachers"), "coordinator")


def test_a_digest_holds_a_week_without_what_was_done_and_makes_nobody_late(post: Post) -> None:
    village = post.village
    village.open()
    village.submit()  # a stance is asked of both teachers
    post.until(MONDAY, 22)
    meeting(village, "kolmas", THURSDAY + dt.timedelta(days=7))
    village.say("teacher-2")  # nothing more is asked of them
    post.until(MONDAY + dt.timedelta(days=1), 22)
    meeting(village, "neljas", FRIDAY + dt.timedelta(days=7))
    post.until(THURSDAY, 7, 59)
    assert (post.mails("teacher-1"), post.mails("teacher-2")) == ([], [])

    post.until(FRIDAY, 22)
    ((first, asked),) = post.mails("teacher-1")
    assert first == "04.02. 08.00" and "Tässä viestissä on 3 asiaa." in asked
    assert "Työryhmäsi kantaa pyydetään" in asked and "Ilta kolmas" in asked and "Ilta neljas" in asked
    ((second, told),) = post.mails("teacher-2")
    assert second == "05.02. 08.00" and "Tässä viestissä on 2 asiaa." in told
    assert "Työryhmäsi kantaa pyydetään" not in told, "it was given meanwhile"
    assert ("teacher-2", "not sent", "done meanwhile") in log(village)

    post.chooses("teacher-1", weekly(4))  # the reminder of the Tuesday would come on the last day
    post.until(FRIDAY + LATER, 22)
    assert [(at, "Muistutusviesti: " in said) for at, said in post.mails("teacher-1")[1:]] == [("23.02. 14.59", True)]
    assert [(at, "kantoja puuttuu" in said) for at, said in post.mails("coordinator")] == [("26.02. 08.00", True)]
    assert len(post.mails("teacher-2")) == 1, "what was told is not told again"


def test_a_link_to_sign_in_waits_for_no_digest_and_no_hours(post: Post) -> None:
    village = post.village
    post.until(MONDAY, 22)
    with village.database.transaction() as session:
        until = village.clock.now + dt.timedelta(minutes=20)
        urgent.owe_sign_in(session, village.name, "teacher-1", "once-1", until, village.clock.now)
    post.works.drain()
    ((at, said),) = post.mails("teacher-1")
    assert at == "01.02. 22.00" and "Tällä linkillä kirjaudut Etappiin." in said
