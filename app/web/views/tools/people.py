"""Somebody who is to take a part: one of those at hand, or anybody of the directory by their e-mail address."""

from app.web.forms import Form
from app.web.place import Place
from app.web.views.tools.tool import EMAIL, Field, Kind, Option
from models.errors import NotFound
from models.storage import reading
from models.storage.database import Session
from models.words import Role


def person_field(place: Place, session: Session, name: str, label: str, *, without: str | None = None) -> Field:
    """Whom to choose: those who have a part in the process, and the municipality's coordinators."""
    directory, today, process = place.directory, place.visitor.today, place.process
    seated = [seat.person for of in process.groups.values() for _, seat in directory.seats_of(of, today)]
    coordinators = [one.person for one in directory.roles.values() if one.role is Role.COORDINATOR]
    near = dict.fromkeys([*process.roles.values(), *coordinators, *seated])
    people = [one for one in near if directory.is_active(one) and one != without]
    place.fetch_people(session, people)
    options = sorted((Option(one, place.person(one)) for one in people), key=lambda one: one.text.casefold())
    missing = place.visitor.say("Valitse henkilö, tai anna hänen sähköpostiosoitteensa.")
    return Field(Kind.PERSON, name, label, options=tuple(options), missing=missing)


def person_in(place: Place, form: Form, name: str) -> str:
    """Who was chosen. Raises NotFound where nobody has the address."""
    address = form.text(name + EMAIL)
    if not address:
        return form.text(name)
    with place.visitor.reading() as session:
        found = reading.people_with_email(session, place.visitor.municipality, address)
    if not found:
        raise NotFound("Nobody in the directory has the address {address}.", address=address)
    return found[0]
