"""What is owed is carried out by real flows, in a real Prefect engine."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from prefect_api import ask, runs
from village import NAMES, Village

from app.prefect_server import PrefectServer
from app.works import Works
from flows.deployments import DEPLOYMENTS
from models.errors import DeliveryFailed
from models.papers.forms import OF_A_PACKAGE, OF_A_ROUND
from models.words import PhaseKind, StanceKind

pytestmark = pytest.mark.prefect

AtWork = Callable[..., Works]


def test_an_opened_phase_leads_to_one_run_and_one_document(
    village: Village, server: PrefectServer, at_work: AtWork
) -> None:
    village.open()
    works = at_work(village)

    done = works.drain()

    assert done == {"notify": 1, "phase": 1}
    assert village.effects("phase") == [("done", 1)]
    (key,) = (row[0] for row in village.all("select municipality_id || ':' || key from outbox where kind = 'phase'"))
    assert runs(server, f"{key}:") == {f"{key}:1": "Completed"}
    ((format_, file),) = village.all("select format, sha256 from rendition where format = 'markdown'")
    assert format_ == "markdown"
    assert "LUONNOS" in village.engine.files.path(file).read_text()
    assert works.drain() == {}
    assert village.one("select count(*) from rendition where format = 'markdown'") == 1


def test_every_kind_of_phase_has_its_document_at_opening_round_and_passing(
    village: Village, server: PrefectServer, at_work: AtWork
) -> None:
    works = at_work(village)

    for kind in PhaseKind:
        village.through(kind.replace("_", "-"))
    works.drain()

    assert set(village.effects("phase")) == {("done", 1)}
    assert village.one("select count(*) from rendition where format = 'markdown'") == 3 * len(PhaseKind)
    assert len(village.archived()) == len(PhaseKind)
    known = ask(server, "POST", "/deployments/filter")
    assert {one["entrypoint"] for one in known} == set(DEPLOYMENTS.values())
    at_passing = village.all(
        "select of.sha256 from rendition of join package p on p.sha256 = of.made_from where of.format = 'markdown'"
    )
    assert len(at_passing) == len(PhaseKind)
    texts = [village.engine.files.path(row[0]).read_text() for row in at_passing]
    assert all("Valmistelua, ei päätös" in text and "LUONNOS" not in text for text in texts)


def test_papers_follow_a_round_and_a_passing_by_themselves(village: Village, at_work: AtWork) -> None:
    village.through()

    at_work(village).drain()

    assert village.effects("papers") == [("done", 1)] * 2
    made = {row[0] for row in village.all("select format from rendition where format <> 'markdown'")}
    assert made == {form.name for form in (*OF_A_ROUND, *OF_A_PACKAGE)}
    (paper,) = village.all("select sha256 from rendition where format = 'package.pdf'")
    assert village.engine.files.path(paper[0]).read_bytes().startswith(b"%PDF-1.7")


def test_a_handover_stands_in_the_archive_as_it_was_locked(village: Village, at_work: AtWork) -> None:
    village.through()
    at_work(village).drain()

    (folder,) = village.archived()
    (package,) = village.all("select sha256, phase from package")
    assert folder.name == f"{package[1]}-{package[0][:12]}"
    assert hashlib.sha256((folder / "package.json").read_bytes()).hexdigest() == package[0]
    listed = {one["file"]: one["sha256"] for one in json.loads((folder / "contents.json").read_text())}
    held = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert held == set(listed) | {"contents.json"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


def test_a_package_that_was_tampered_with_is_not_archived_and_the_operator_hears_of_it(
    village: Village, at_work: AtWork
) -> None:
    village.through()
    with village.database.transaction() as session:
        session.run("update package set body = replace(body, 'passed', 'passes')")

    with pytest.raises(DeliveryFailed, match="not the one that was locked"):
        at_work(village).drain()

    assert village.effects("handover") == [("failed", 10)]
    assert village.archived() == []


@pytest.mark.parametrize("state", ["CRASHED", "COMPLETED", "RUNNING"])
def test_an_attempt_that_prefect_knows_from_another_life_is_carried_out_all_the_same(
    village: Village, server: PrefectServer, at_work: AtWork, state: str
) -> None:
    works = at_work(village)
    village.open()
    works.drain()
    village.submit()
    effect, id_ = village.all("select key, id from outbox where kind = 'phase' order by id")[-1]
    key = f"{village.name}:{effect}:1"
    deployment = next(one for one in ask(server, "POST", "/deployments/filter") if "future_image" in one["entrypoint"])
    wanted = {"row": id_, "key": effect, "municipality": village.name, "process": village.process, "sequence": 3}
    known = {"name": key, "idempotency_key": key, "parameters": wanted, "state": {"type": state}}
    ask(server, "POST", f"/deployments/{deployment['id']}/create_flow_run", **known)

    works.drain()

    assert sorted(runs(server, key).values()) == sorted([state.title(), "Completed"])
    assert village.effects("phase") == [("done", 1), ("done", 1)]
    assert village.one("select count(*) from rendition where format = 'markdown'") == 2


def test_prefect_hears_no_name_and_nobodys_words(village: Village, server: PrefectServer, at_work: AtWork) -> None:
    words = "Kuljetukset Peräkylältä unohtuivat"
    works = at_work(village)
    village.open()
    village.submit()
    village.say("teacher-1", StanceKind.OBJECT, words)
    village.pause()
    village.break_address("teacher-2")

    with pytest.raises(DeliveryFailed, match="no e-mail address"):
        works.drain(hasten=True)

    assert village.one("select error from outbox where state = 'failed'")
    assert any(words in row[0] for row in village.all("select value from personal"))
    told = b"\n".join(file.read_bytes() for file in server.home.parent.rglob("*") if file.is_file())
    assert f"{village.process}:2:phase:".encode() in told, "the database was looked into"
    for value in [*NAMES.values(), words, *(row[0] for row in village.all("select value from personal"))]:
        for form in (value, json.dumps(value)[1:-1], value.split()[-1]):
            assert form.encode() not in told, form


def test_every_deployment_loads_by_its_entry_point_from_another_folder(tmp_path: Path) -> None:
    script = """
import sys
from importlib import import_module
from prefect.flows import load_flow_from_entrypoint
from flows.deployments import DEPLOYMENTS
before = list(sys.path)
for entry in DEPLOYMENTS.values():
    flow = load_flow_from_entrypoint(entry)
    module, _, name = entry.rpartition(".")
    assert flow is getattr(import_module(module), name), entry
    assert flow.isasync, entry
assert sys.path == before
assert import_module("tasks").__path__ and import_module("config").__path__
"""
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path), "PREFECT_LOGGING_LEVEL": "WARNING"}
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
