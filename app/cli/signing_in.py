"""`etappi sign-in`: a one-time link without a message, for the first administrator or where mail does not go."""

from typing import Annotated

import typer

from app.cli.office import Office
from app.cli.params import Json, Municipality
from app.cli.screen import instant, print_json, say
from app.cli.shapes import SignInLink
from models.errors import NotFound
from models.outgoing.link_keys import link_keys
from models.outgoing.links import Link, Purpose, link_token
from models.signing_in import links

HERE = "http://127.0.0.1:8000"  # where `etappi up` serves the pages by default


def sign_in(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="An id or an e-mail address.")],
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Print a link that signs somebody in, once. Whoever can run this can read the disk, so nobody is asked for more.

    A second factor is asked for all the same, where the person's role needs one.

    Examples:

        etappi sign-in admin
        etappi sign-in opettaja@kemijarvi.fi --json
    """
    office = Office(municipality)
    who = office.person_named(person)
    if not office.directory.is_active(who):
        raise NotFound(what="active person", name=who)
    with office.database.transaction() as session:
        made = links.make(session, office.municipality, who, None, office.now)
    link = Link(municipality=office.municipality, person=who, once=made.once, until=made.until)
    token = link_token(link_keys(office.settings), link, Purpose.SIGN_IN)
    address = f"{office.settings.address.rstrip('/') or HERE}/kirjaudu/{token}"
    if json_:
        print_json(SignInLink(1, office.municipality, who, address, made.until))
        return
    say(f"Good once, until {instant(made.until)}:")
    print(address)
