"""What a message looks like when it leaves: its contents, links and sender put together as the bytes of an e-mail."""

import datetime as dt
import hashlib

from models.days.calendar import local_date
from models.outgoing.calendars import invitation
from models.outgoing.contents import Contents
from models.outgoing.letters import Letter
from models.outgoing.links import Keys, Link, Purpose, good_until, link_token, message_code
from models.telling.notices import one_line
from tasks.installation import Installation
from tasks.mail_bytes import Invitation, Sender, to_eml
from tasks.messages import Ways, compose

OPENS = "/o"  # the page that a link opens, and where a code is typed
SIGNS_IN = "/kirjaudu"


def written(there: Installation, keys: Keys, letter: Letter, found: Contents, now: dt.datetime) -> bytes:
    """The message as the bytes of an e-mail."""
    sender = Sender(name=found.municipality, address=there.settings.mail_from)
    domain = sender.address.rpartition("@")[2]
    message = compose(
        found.notices,
        key=f"{letter.municipality}:{letter.key}",
        number=letter.id,
        language=found.language,
        municipality=found.municipality,
        contacts=found.contacts,
        on=local_date(now),
        domain=domain,
        ways=ways_of(there.settings.address.rstrip("/"), keys, letter, found, now),
    )
    message = message.model_copy(update={"headers": message.headers | _threads(letter, found, domain)})
    invitations = [
        Invitation(*invitation(meets.in_calendar(domain), (sender.name, sender.address), found.address, now))
        for meets in found.meetings
    ]
    return to_eml(
        message, sender, found.address, now, tuple(dict.fromkeys(filter(None, found.contacts.values()))), invitations
    )


def ways_of(address: str, keys: Keys, letter: Letter, found: Contents, now: dt.datetime) -> Ways:
    """The links of the message: none where nobody has said at which address Etappi is."""
    if not address:
        return Ways()
    links = [_address_of(address, keys, link) for link in found.links]
    if any(link.once for link in found.links):  # a link that signs in is the only way
        return Ways(address=address, links=tuple(links))
    inbox = Link(municipality=letter.municipality, person=letter.person, until=good_until(now))
    return Ways(
        address=address,
        links=tuple(links),
        inbox=_address_of(address, keys, inbox),
        code=message_code(keys, letter.id),
    )


def _address_of(address: str, keys: Keys, link: Link) -> str:
    if link.once:
        return f"{address}{SIGNS_IN}/{link_token(keys, link, Purpose.SIGN_IN)}"
    return f"{address}{OPENS}/{link_token(keys, link)}"


def _threads(letter: Letter, found: Contents, domain: str) -> dict[str, str]:
    """Headers by which a mail program keeps together what is about one process, and one checkpoint."""
    processes = {link.process for link in found.links}
    if len(processes) != 1 or None in processes:
        return {}
    (process,) = processes
    titles = {notice.process for notice in found.notices}
    listed = f"{process}.{letter.municipality}.{domain}"
    headers = {"List-Id": one_line(f"{' '.join(filter(None, titles))} <{listed}>")}
    phases = {notice.phase for notice in found.notices}
    about = next(iter(phases)) if len(phases) == 1 else None
    named = hashlib.sha256(f"thread:{letter.municipality}:{process}:{about or ''}".encode()).hexdigest()[:40]
    return headers | {"References": f"<{named}@{domain}>", "In-Reply-To": f"<{named}@{domain}>"}
