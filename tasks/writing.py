"""What a message looks like when it leaves: its contents, links and sender put together as the bytes of an e-mail."""

import datetime as dt

from models.days.calendar import local_date
from models.outgoing.letters import Contents, Letter
from models.outgoing.links import Keys
from tasks.installation import Installation
from tasks.messages import Sender, compose, to_eml


def written(there: Installation, keys: Keys, letter: Letter, found: Contents, now: dt.datetime) -> bytes:
    """The message as the bytes of an e-mail."""
    address = there.settings.address.rstrip("/")
    sender = Sender(name=found.municipality, address=there.settings.mail_from)
    message = compose(
        found.notices,
        key=f"{letter.municipality}:{letter.key}",
        language=found.language,
        municipality=found.municipality,
        contacts=found.contacts,
        on=local_date(now),
        domain=sender.address.rpartition("@")[2],
        address=address or None,
    )
    return to_eml(message, sender, found.address, now)
