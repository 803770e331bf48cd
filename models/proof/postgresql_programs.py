"""PostgreSQL's own programs for dumping and restoring a database. A password never stands on their command line."""

import errno
import os
import shutil
import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from models.errors import Broken, Refused


def dump(url: str, place: Path, *, snapshot: str) -> None:
    """The database, as a snapshot of it that somebody holds open shows it, is in the file.

    Raises Refused; OSError where there is no room.
    """
    try:
        _run("pg_dump", url, "--format=custom", f"--file={place}", f"--snapshot={snapshot}")
    except Broken as error:
        if os.strerror(errno.ENOSPC) in str(error):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place)) from error
        raise Refused("The database could not be copied: {why}", why=error.facts["what"]) from error


def put_back(url: str, place: Path) -> None:
    """The database is what the dump holds, or as it was where that fails."""
    _run("pg_restore", url, "--exit-on-error", "--no-owner", "--no-privileges", "--single-transaction", str(place))


EMPTIED = """
    do $$ declare one record; begin
        for one in select oid::regclass as named from pg_class
            where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
        loop execute 'drop table ' || one.named || ' cascade'; end loop;
        for one in select oid::regprocedure as named from pg_proc
            where pronamespace = current_schema()::regnamespace and prokind = 'f'
        loop execute 'drop function ' || one.named || ' cascade'; end loop;
    end $$"""


def put_over(url: str, place: Path) -> None:
    """The database is what the dump holds and nothing else, or as it was where that fails."""
    script = place.with_suffix(".sql")
    _done([_found("pg_restore"), "--no-owner", "--no-privileges", f"--file={script}", str(place)], {})
    _run(
        "psql",
        url,
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        f"--command={EMPTIED}",
        f"--file={script}",
    )


def _run(program: str, url: str, *arguments: str) -> None:
    connection = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    password = connection.pop("password", None)
    command = [_found(program), f"--dbname={make_conninfo(**connection)}", *arguments]
    _done(command, {"PGPASSWORD": password} if password else {})


def _done(command: list[str], secret: dict[str, str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | secret)
    if done.returncode != 0:
        raise Broken(what=f"{Path(command[0]).name} says: {done.stderr.strip()}")


def _found(program: str) -> str:
    """Where the program is: on the path, else the newest that is installed. Raises Refused where there is none."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    found = shutil.which(program) or (str(places[-1]) if places else None)
    if found is None:
        raise Refused("PostgreSQL's program {program} is not installed on this machine.", program=program)
    return found
