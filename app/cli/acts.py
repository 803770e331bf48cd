"""How a verb acts: a function that makes a command from what was typed becomes a verb that carries the command out.

Such a function is given the desk and its own parameters; who acts, for whom, where and how the outcome is shown are the
same for all and are added here.
"""

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

from pydantic import ValidationError

from app.cli.desk import Desk
from app.cli.exits import invalid
from app.cli.params import As, For, Json, Municipality, ProcessKey, on
from app.cli.screen import heading, item, print_json, say
from app.cli.shapes import Acted, Happened
from app.history.members import whose
from app.history.names import REFUSED
from app.history.sentences import tarkiste, tell
from models.commands import Command
from models.errors import EtappiError
from models.events import Event, Recorded
from models.municipality.commands import MunicipalityCommand
from models.words import Role

On = Annotated[dt.date | None, on("--on-day", "The day it happened, where that was not today.")]

Maker = Callable[..., Command]
Verb = Callable[..., None]


Then = Callable[[Desk, Sequence[Recorded]], Iterable[str]]
"""From what happened to what is to be looked at now."""


def acts(make: Maker, then: Then | None = None) -> Verb:
    """A verb about one process."""

    def run(process: str, **given: Any) -> None:
        common, own = _apart(given)
        desk = Desk(common["municipality"], common["as_"], common["for_"], process)
        command = made(make, desk, **own)
        seat, for_whom = desk.acting_in(command)
        with by_name(desk):
            receipt = desk.engine.handle(
                desk.municipality,
                command,
                desk.person,
                process=process,
                seat=seat,
                for_whom=for_whom,
                occurred_on=common["on_day"],
            )
        look_at = tuple(then(desk, receipt.events)) if then else ()
        show(desk, process, receipt.events, as_json=common["json_"], look_at=look_at)

    return _dressed(run, make, {"process": ProcessKey}, {"for_": For, "on_day": On})


@contextmanager
def by_name(desk: Desk) -> Iterator[None]:
    """What the process is refused with tells its parts by their names, and by the ids that commands are given."""
    try:
        yield
    except EtappiError as error:
        for fact, kind in REFUSED.items():
            if kind != "objection" and isinstance(keys := error.facts.get(fact), str):
                error.facts[fact] = ", ".join(_called(getattr(desk.names, kind)(key), key) for key in keys.split(", "))
        raise


def _called(name: str, key: str) -> str:
    return name if name == key else f"{name} ({key})"


def changes(make: Maker, then: Then | None = None) -> Verb:
    """A verb about the municipality's own record."""

    def run(**given: Any) -> None:
        common, own = _apart(given)
        desk = Desk(common["municipality"], common["as_"])
        command = made(make, desk, **own)
        assert isinstance(command, MunicipalityCommand)
        receipt = desk.engine.handle_municipality(desk.municipality, command, desk.person)
        del desk.directory  # it has changed
        look_at = tuple(then(desk, receipt.events)) if then else ()
        show(desk, None, receipt.events, as_json=common["json_"], look_at=look_at)

    return _dressed(run, make, {}, {})


def made(make: Callable[..., Command], desk: Desk, **given: Any) -> Command:
    """The command. Raises NotValid with a sentence where what was typed does not make one."""
    try:
        return make(desk, **given)
    except ValidationError as error:
        raise invalid(error.errors()) from None


COMMON: dict[str, Any] = {"as_": As, "municipality": Municipality, "json_": Json}


def _apart(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = {*COMMON, "for_", "on_day"}
    return {name: given.get(name) for name in names}, {k: v for k, v in given.items() if k not in names}


def _dressed(run: Verb, make: Maker, first: dict[str, Any], more: dict[str, Any]) -> Verb:
    """The function with the maker's name, help and parameters, as the command line reads them."""
    own = [p for p in inspect.signature(make).parameters.values() if p.name != "desk"]
    parameters = [
        *(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind) for name, kind in first.items()),
        *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own),
        *(
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                annotation=kind,
                default=False if name == "json_" else None,
            )
            for name, kind in {**COMMON, **more}.items()
        ),
    ]
    run.__name__, run.__doc__ = make.__name__, make.__doc__
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def show(
    desk: Desk,
    process: str | None,
    events: Sequence[Recorded],
    *,
    as_json: bool,
    look_at: Sequence[str] = (),
) -> None:
    """What came of the act is on the screen, and what is to be looked at now."""
    happened = tuple(shown(recorded, desk, process) for recorded in events)
    if as_json:
        print_json(Acted(1, desk.municipality, process, desk.relied, happened, tuple(look_at)))
        return
    for one in happened:
        say(one.sentence)
    if not happened:
        say("Nothing changed: it was so already.")
    elif desk.relied:
        say(f"Relied on tarkiste {tarkiste(desk.relied)}.")
    if look_at:
        heading("Look at these")
    for sentence in look_at:
        item("!", sentence)


def shown(recorded: Recorded, desk: Desk, process: str | None) -> Happened:
    """An event as the one who acts or looks may read it: not which member of another group it tells of."""
    group = whose(recorded.event, desk.directory, desk.process.groups) if process else None
    hidden = group is not None and not desk.names.sees(group)
    sentence = tell(recorded.event, desk.names) if process else _own(recorded, desk)
    covers = desk.directory.has_role(desk.person, Role.PROTECTION, desk.today)
    return Happened(
        sequence=recorded.sequence,
        type=type(recorded.event).__name__,
        at=recorded.at,
        occurred_on=recorded.occurred_on,
        person=None if hidden else recorded.by.person,
        seat=None if hidden else recorded.by.seat,
        for_whom=None if hidden else recorded.by.for_whom,
        sentence=sentence,
        data=None if hidden else recorded.event.model_dump(mode="json", by_alias=True),
        values=_values(recorded.event) if covers else (),
    )


def _values(event: Event) -> tuple[str, ...]:
    from models.proof.named import COMMITMENT  # here, because only one of all who look is told

    return tuple(dict.fromkeys(COMMITMENT.findall(event.model_dump_json())))


def _own(recorded: Recorded, desk: Desk) -> str:
    from app.cli.telling_municipality import tell_municipality

    return tell_municipality(recorded.event, desk.names)
