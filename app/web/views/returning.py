"""To which phases the work can go back, and what that leads to."""

from typing import NamedTuple

from app.web.place import Place
from models.commands import Return
from models.events import WorkReturned


class ReturnTo(NamedTuple):
    """A phase to which the work can go back, and what that leads to."""

    phase: str
    name: str
    suspended: tuple[str, ...]
    set_aside: tuple[str, ...]

    def words(self, place: Place) -> str:
        """What it leads to, in a sentence or two."""
        _, said = place.visitor.say, []
        if self.set_aside:
            said.append(_("Syrjään siirretään koosteet: %(phases)s.", phases=", ".join(self.set_aside)))
        if self.suspended:
            said.append(_("Odottamaan jäävät: %(phases)s.", phases=", ".join(self.suspended)))
        return " ".join(said) or _("Muut vaiheet eivät muutu.")


def returns_of(place: Place, command: Return) -> tuple[ReturnTo, ...]:
    """Where the command can take the work back to, the latest phase first."""
    found = []
    for key in place.process.phases:
        to = command.model_copy(update={"to": key})
        if place.possible.may(to):
            returned = next(one for one in place.possible.would(to) if isinstance(one, WorkReturned))
            found.append(returned_to(place, returned))
    return tuple(reversed(found))


def returned_to(place: Place, returned: WorkReturned) -> ReturnTo:
    """Where the work goes back to."""
    return ReturnTo(
        phase=returned.to,
        name=place.name("phase", returned.to),
        suspended=tuple(place.name("phase", one) for one in returned.suspended),
        set_aside=tuple(place.name("phase", one) for one in returned.set_aside),
    )
