"""From an empty folder to the first page, without a password and without mail."""

import json
import os
import subprocess
import sys
from pathlib import Path

from visiting import served

from models.settings import Settings
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
