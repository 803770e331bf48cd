"""From an empty folder to the first page, without a password and without mail."""

import json
import os
import subprocess
import sys
from pathlib import Path

from visiting import served

from models.migrations import migrate
from models.outgoing.link_keys import link_keys
from models.settings import Settings
from models.signing_in import factors
from models.signing_in.first_run import first_run_code
from tasks.installation import installed


def etappi(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", *arguments],
        env={**os.environ, "ETAPPI_DATA_DIR": str(folder), "ETAPPI_DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_link_from_the_command_line_signs_the_administrator_in_once(tmp_path: Path):
    named = ["--administrator", "admin", "--administrator-name", "Pääkäyttäjä"]
    etappi(tmp_path, "init", "--municipality", "testila", "--name", "Testilä", *named)
    told = json.loads(etappi(tmp_path, "sign-in", "admin", "--json"))
    assert told["person"] == "admin"
    path = "/kirjaudu/" + told["address"].rpartition("/")[2]

    with served(installed(Settings(data_dir=tmp_path, database_url="")), try_out=False) as pages:
        visit = pages.anybody()
        assert visit.get("/").status_code == 401
        visit.get(path)
        visit.post(path)
        assert "Ota vahvistuskoodit käyttöön" in visit.text
        assert pages.anybody().get(path).status_code == 409


def test_an_empty_installation_is_taken_into_use_in_a_browser_with_the_terminals_code(tmp_path: Path):
    there = Settings(data_dir=tmp_path, database_url="")
    empty = installed(there)
    tmp_path.mkdir(exist_ok=True)
    migrate(empty.database)
    code = first_run_code(link_keys(there)[0])
    asked = {"municipality": "Keminmaan kunta", "name": "Pääkäyttäjä", "email": "it@keminmaa.example"}

    with served(empty, try_out=False) as pages:
        visit = pages.anybody()
        assert visit.get("/").url.path == "/kayttoonotto"
        assert visit.post("/kayttoonotto", code="AAAA-BBBB-CCCC", **asked).status_code == 422
        assert "Koodi ei täsmää" in visit.text
        assert "Keminmaan kunta" in (visit.shown.text if visit.shown else "")
        visit.post("/kayttoonotto", code=code.lower().replace("-", " "), **asked)
        assert "Ota vahvistuskoodit käyttöön" in visit.text

        with empty.database.transaction() as session:
            key = factors.begun(session, "keminmaan-kunta", "administrator")
            assert key is not None
        step = int(empty.engine.clock().timestamp()) // factors.STEP
        visit.post("/kirjaudu/koodi", code=factors.code_at(key, step))
        visit.get("/")
        assert "Luo ensimmäinen prosessi" in visit.text
        visit.get("/prosessit/uusi/malli")
        for name in ("Kemijärvi kohti vuotta 2030", "Rauman Tarina 2013", "Kemin kaupunkistrategia 2023"):
            assert name in visit.text
        assert pages.anybody().get("/kayttoonotto").status_code == 404  # it is done once


def test_the_code_is_not_guessed(tmp_path: Path):
    there = Settings(data_dir=tmp_path, database_url="")
    empty = installed(there)
    migrate(empty.database)
    with served(empty, try_out=False) as pages:
        visit = pages.anybody()
        visit.get("/kayttoonotto")
        for _ in range(10):
            visit.post("/kayttoonotto", code="AAAA")
        code = first_run_code(link_keys(there)[0])
        fields = {"municipality": "Kunta", "name": "Joku", "email": "joku@kunta.example"}
        assert visit.post("/kayttoonotto", code=code, **fields).status_code == 422
        assert "Liian monta yritystä" in visit.text
