"""The messages of a rehearsal as people would read them."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from models.days.calendar import local_date
from models.rehearsal.result import Message, Rehearsal
from models.telling.notices import Contact
from tasks.messages import compose

COORDINATOR = "coordinator"
DOMAIN = "etappi.invalid"


class Letter(NamedTuple):
    """One message to one person, with the things it tells."""

    to: str
    subject: str
    text: str
    told: tuple[Message, ...]


def letters(rehearsal: Rehearsal) -> Iterator[Letter]:
    """Every message, in the order they leave."""
    contact = Contact(name=rehearsal.people[COORDINATOR].name)
    for mail, items in groupby(rehearsal.messages, key=lambda one: one.mail):
        told = tuple(items)
        composed = compose(
            [one.notice for one in told],
            key=f"rehearsal:{mail}",
            language=rehearsal.language,
            municipality=rehearsal.title,
            contacts={rehearsal.title: contact if told[0].to != COORDINATOR else None},
            on=local_date(told[0].at),
            domain=DOMAIN,
        )
        yield Letter(told[0].to, composed.subject, composed.text, told)
