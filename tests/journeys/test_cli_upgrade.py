"""An installation of another release refuses every verb, says what to do, and is brought up by one of them."""

import sqlite3
from typing import Any

from models.release import RELEASE


def of_release(town: Any, release: str) -> None:
    database = sqlite3.connect(town.folder / "etappi.sqlite3")
    with database:
        database.execute("update release set release = ?", (release,))
    database.close()


def test_an_older_installation_says_what_to_do_until_it_is_upgraded(town, process, tmp_path) -> None:
    of_release(town, "0.0.1")
    for verb in (("status",), ("verify",), ("clock",), ("init",)):
        refused = town(*verb, as_="coordinator" if verb == ("status",) else None, code=1)
        assert "older release of Etappi (0.0.1)" in refused.err and "etappi upgrade" in refused.err

    done = town("upgrade", "--to", str(tmp_path / "backups"))

    assert f"Upgraded from 0.0.1 to {RELEASE}." in done.text
    assert "Everything holds" in done.text
    (made,) = (tmp_path / "backups").iterdir()
    assert town("status", process, "--json", as_="coordinator").json["process"] == process
    assert "of this release already" in town("upgrade").text
    tried = town("restore", str(made), "--check").text
    assert "older release (0.0.1): upgraded aside, too" in tried
    assert "nothing is left of it" in tried


def test_an_older_backup_is_put_back_and_then_upgraded(town, process, tmp_path) -> None:
    of_release(town, "0.0.1")
    town("upgrade", "--to", str(tmp_path / "backups"))
    (made,) = (tmp_path / "backups").iterdir()
    other = type(town)(tmp_path / "elsewhere")

    assert "run etappi upgrade" in other("restore", str(made)).text
    assert "Everything holds" in other("upgrade").text


def test_an_installation_of_a_newer_release_is_left_to_it(town, process) -> None:
    of_release(town, "99.0.0")
    for verb in ("verify", "clock", "web", "upgrade"):
        assert "upgraded to Etappi 99.0.0" in town(verb, code=1).err
