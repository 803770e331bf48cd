"""Verbs of whoever keeps the installation: verify, rebuild, export, backup, restore, retry, up.

They act for nobody: who can run them can read the disk. What they find that does not hold is exit code 1.
"""

from pathlib import Path
from typing import Annotated

import typer

from app.child import Child
from app.cli.asking import agreed
from app.cli.desk import Desk
from app.cli.exits import REFUSED
from app.cli.office import Office
from app.cli.params import Json, Municipality, ProcessKey, Yes
from app.cli.screen import count, item, print_json, say
from app.cli.shapes_looking import Found, Verification
from models.errors import NotValid
from models.migrations import check, is_behind, migrate, release_of, version_of
from models.proof.aside import aside
from models.proof.backup import backup as back_up
from models.proof.export import export as export_process
from models.proof.rebuild import rebuild as rebuild_tables
from models.proof.restore import restore as put_back
from models.proof.verify import Verified
from models.proof.verify import verify as verify_all
from models.release import RELEASE
from models.settings import Settings
from models.storage.database import Database
from models.storage.files import FileStore
from models.storage.reading import municipalities

Place = Annotated[Path | None, typer.Option("--to", metavar="FILE", help="A zip, or a folder for it; by default here.")]


def verify(
    anchor: Annotated[
        list[str] | None,
        typer.Option("--anchor", metavar="RECORD:NUMBER:HASH", help="A head that left the house; repeatable."),
    ] = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Check that everything stored still holds: chains, tables, packages, files and personal values.

    What holds is that nothing has changed since the last anchor: keep the heads that are printed somewhere else.
    Exit code 1 when something does not hold.

    Examples:

        etappi verify
        etappi verify --anchor kemijarvi/kemijarvi-2030:41:9d0c4e…
    """
    office = Office(municipality)
    check(office.database)
    told = verify_all(office.database, office.files, municipality=municipality, anchors=anchor or ())
    if json_:
        print_json(_verification(told))
    else:
        _show(told)
    if not told.holds:
        raise typer.Exit(REFUSED)


def _verification(told: Verified) -> Verification:
    return Verification(
        format=1,
        holds=told.holds,
        findings=tuple(Found(one.place, one.what) for one in told.findings),
        records=told.records,
        events=told.events,
        packages=told.packages,
        files=told.files,
        personal=told.personal,
        redacted=told.redacted,
        leaving=told.leaving,
        anchors=told.anchors,
        heads=dict(told.heads),
    )


def _show(told: Verified) -> None:
    looked_at = [
        count(told.records, "record"),
        count(told.events, "event"),
        count(told.packages, "package"),
        count(told.files, "file"),
        count(told.personal, "personal value"),
    ]
    covered, anchors = f"{told.redacted} covered (peitetty)", count(told.anchors, "anchor")
    say(f"Looked at {', '.join(looked_at)}; {covered}, {anchors} compared.")
    if told.leaving:
        files = count(told.leaving, "covered file is", "covered files are")
        say(f"{files} still on the disk: no page or command gives them out, and the courier takes them away.")
    for finding in told.findings:
        item("!", f"{finding.place}: {finding.what}.")
    if told.holds:
        say("Everything holds. The heads, to be kept as anchors somewhere else:")
        for record, head in told.heads.items():
            print(f"  {record}:{head}")
    else:
        say(f"{count(len(told.findings), 'thing does', 'things do')} not hold.")


def rebuild(municipality: Municipality = None, yes: Yes = False) -> None:
    """Make the tables that are made from the record again. Personal values, drafts and files are left alone.

    Example:

        etappi rebuild --yes
    """
    office = Office(municipality)
    check(office.database)
    agreed("All tables that are made from the record will be made again.", (), yes=yes)
    say(f"{count(rebuild_tables(office.database, municipality), 'process', 'processes')} told again from the record.")


def export(
    process: ProcessKey,
    to: Place = None,
    full: Annotated[
        bool, typer.Option("--full", help="With names, people's own words and files that are not public.")
    ] = False,
    municipality: Municipality = None,
) -> None:
    """Write one process into a zip that can be read and verified without Etappi. By default the public edition.

    Examples:

        etappi export kemijarvi-2030
        etappi export kemijarvi-2030 --full --to /mnt/archive
    """
    desk = Desk(municipality, process=process)
    place = export_process(
        desk.database, desk.files, desk.municipality, process, to or Path(), desk.now, public=not full
    )
    say(f"Written: {place} ({'full' if full else 'public'} edition).")


def backup(to: Place = None) -> None:
    """Write the whole installation into a zip, while people go on working.

    Examples:

        etappi backup
        etappi backup --to /mnt/backups
    """
    office = Office()
    check(office.database)
    say(f"Written: {back_up(office.database, office.files, to or Path(), office.now)}")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.", exists=True, dir_okay=False)],
    check_only: Annotated[
        bool, typer.Option("--check", help="Restore into a place aside that is thrown away, and verify there.")
    ] = False,
) -> None:
    """Put a backup into an empty installation, and verify it. With --check nothing of yours is touched.

    Examples:

        etappi restore etappi-20270301T020000Z.zip --check
        ETAPPI_DATA_DIR=/srv/data etappi restore etappi-20270301T020000Z.zip
    """
    office = Office()
    if not check_only:
        _put_back(file, office.database, office.files)
        if is_behind(office.database):
            say("The backup is of an older release: run etappi upgrade, which also verifies it.")
            return
        _verified(office.database, office.files)
        return
    with aside(file, office.database, office.files, office.settings.data_dir) as (database, files):
        _put_back(file, database, files)
        if is_behind(database):
            say(f"It is of an older release ({release_of(database) or version_of(database)}): upgraded aside, too.")
            migrate(database)
            rebuild_tables(database)
        _verified(database, files)
    say("That was aside: nothing of this installation was touched, and nothing is left of it.")


def _put_back(file: Path, database: Database, files: FileStore) -> None:
    say(f"Restored: {count(put_back(file, database, files), 'file')} and the database.")


def upgrade(
    to: Annotated[Path | None, typer.Option("--to", metavar="DIR", help="Where the backup goes.")] = None,
) -> None:
    """Bring an installation of an older release to this one: back it up, migrate it, verify it.

    Stop all parts first. Where it does not go through, or something does not hold afterwards, everything is as it was
    before. The backup is left in the data folder's backups, or in the folder named.

    Examples:

        etappi upgrade
        etappi upgrade --to /mnt/backups
    """
    from models.proof.upgrade import upgrade as bring_up

    office = Office()
    done = bring_up(office.database, office.files, to or office.settings.backups, office.now)
    if done is None:
        say(f"The installation is of this release already ({RELEASE}).")
        return
    say(f"Backed up: {done.backup}.")
    say(f"Upgraded from {done.before} to {done.after}.")
    _show(done.verified)


def _verified(database: Database, files: FileStore) -> None:
    told = verify_all(database, files)
    _show(told)
    if not told.holds:
        raise typer.Exit(REFUSED)


def retry() -> None:
    """Let everything that failed ten times be tried again: documents, messages, archiving.

    Example:

        etappi retry
    """
    from models.outgoing.outbox import again

    office = Office()
    check(office.database)
    with office.database.transaction() as session:
        owed = again(session, office.now)
    say(f"{count(owed, 'effect')} owed again." if owed else "Nothing had failed.")


def up(
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="Where the pages are.")] = 8000,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The address to listen on.")] = "127.0.0.1",
    try_out: Annotated[
        bool, typer.Option("--try-out", help="A sample town to look at, on this machine alone.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin the try-out anew.")] = False,
) -> None:
    """Run everything in one, until it is told to end (Ctrl-C): the pages, the clock, the courier and what they need.

    A try-out has data of its own, with Kemijärvi 2030 in mid-course, and signs in as any sample role by one click.

    Examples:

        etappi up
        etappi up --try-out --port 8080
    """
    from app import try_out as trying
    from app.web_child import listening, web

    there = Office().settings
    if try_out:
        there = trying.settings_of(there)
    elif fresh:
        raise NotValid("Only a try-out can begin anew: say --try-out as well.")
    else:
        _set_up(Office())
    with listening(host, port, loopback=try_out) as door:
        pages = web(there, door, try_out=try_out)
        pages.start()
        try:
            _run(there, pages, f"http://{host}:{port}", try_out=try_out, fresh=fresh)
        finally:
            pages.stop()


def _set_up(office: Office) -> None:
    """The database has its tables. Where there is no municipality, one is set up in a browser, or by init."""
    if version_of(office.database) is None:
        migrate(office.database)
    check(office.database)
    office.files.probe()


def _run(there: Settings, pages: Child, address: str, *, try_out: bool, fresh: bool) -> None:
    """Everything beside the pages runs, until it is told to end."""
    from app import try_out as trying

    say(f"Etappi: {address}" + ("  (try-out: nothing in it is real)" if try_out else ""))
    if try_out:
        trying.prepare(there, fresh=fresh)
    else:
        _say_how_to_begin(address)
    from app.runtime import up as run  # Prefect is imported only here, behind the first page

    say(f"Data: {there.data_dir.absolute()}. Ctrl-C ends it.")
    run(there, [pages])


def _say_how_to_begin(address: str) -> None:
    """Where nobody administers yet: how it is taken into use."""
    from models.outgoing.link_keys import link_keys
    from models.signing_in.first_run import first_run_code

    office = Office()
    with office.reading() as session:
        if municipalities(session):
            return
    code = first_run_code(link_keys(office.settings)[0])
    say(f"Nothing is set up yet. Open {address}/kayttoonotto and type the code {code}, or run etappi init.")


def pages(
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="Where the pages are.")] = 8000,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the pages alone, until it is told to end. Any number may run, on one database.

    Example:

        etappi web --port 8001
    """
    from app.parts import web
    from app.web_child import listening

    there = Office().settings
    check(Office().database)
    with listening(host, port, loopback=False) as door:
        say(f"Etappi: http://{host}:{port}. Ctrl-C ends it.")
        web(there, door)
