"""A private PostgreSQL cluster in a temporary folder, for the bench and the tests; it is gone afterwards.

It is real and durable (fsync on) and listens on a unix socket only. PostgreSQL refuses to run as root, so then it runs
as the user `postgres`.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of PostgreSQL's own programs, the newest that is installed; None where there is none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return folders[-1] if folders else None


@contextmanager
def cluster(own: Path) -> Iterator[str]:
    """A running cluster made with the programs in the folder: what to connect to, with `{name}` for the database."""
    folder = Path(tempfile.mkdtemp(prefix="etappi-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    settings = f"-c listen_addresses='' -k {folder} -c fsync=on -c max_connections=200 -c timezone=UTC"
    try:
        _as_server(own / "initdb", "-D", data, "-U", "etappi", "-A", "trust", "-E", "UTF8", "--no-sync")
        _as_server(own / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
        try:
            yield f"postgresql://etappi@/{{name}}?host={folder}"
        finally:
            _as_server(own / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def restart(own: Path, url: str) -> None:
    """The cluster has died at once, as when the power goes, and runs again on what was on its disk."""
    folder = Path(url.rpartition("host=")[2])
    _as_server(own / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-m", "immediate", "restart")


def new_database(url: str, name: str, template: str = "template0") -> str:
    """A new database in the cluster, copied from the template; what to connect to."""
    import psycopg

    with psycopg.connect(url.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {template}".encode())
    return url.format(name=name)


def _as_server(*command: str | Path) -> None:
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run([*user, *map(str, command)], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")
