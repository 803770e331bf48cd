"""`etappi reach`: which meeting a running process can reach, counted backwards through what is left to do."""

from app.cli.desk import Desk
from app.cli.outlook_view import OutlookView
from app.cli.params import As, Json, Municipality, ProcessKey
from app.cli.rehearsal_json import meetings_of
from app.cli.rehearse import Tongue, language_of
from app.cli.screen import print_json
from app.cli.shapes_rehearsal import Reached
from models.rehearsal.outlook import outlook_of
from models.telling.wording import Wording


def reach(
    process: ProcessKey,
    language: Tongue = "fi",
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Which meeting the process can reach, and by when what has to be done.

    It is counted backwards from each meeting of the body that decides, from today on; what has been done is marked.

    Examples:

        etappi reach kemijarvi-2030 --as coordinator
        etappi reach kemijarvi-2030 --language sv --json --as coordinator
    """
    desk = Desk(municipality, as_, process=process)
    tongue = language_of(language)
    definition = desk.definition
    wording = Wording(definition.name.in_(tongue), desk.process, definition, desk.directory, tongue)
    outlook = outlook_of(wording, desk.calendar, desk.today)
    if json_:
        print_json(Reached(1, desk.municipality, process, meetings_of(outlook)))
        return
    view = OutlookView(outlook)
    view.ways()
    view.back()
    view.console.print()
