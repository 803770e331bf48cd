"""What is shipped for deploying says what is so: deployments, verbs, settings and units."""

import os
import pwd
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from app.cli.verbs import SECTIONS
from flows.deployments import DEPLOYED, DEPLOYMENTS
from models.settings import PREFIX, Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}
VERBS = {verb.name for _, section in SECTIONS for verb in section}
TEXTS = [file for file in DEPLOY.rglob("*") if file.is_file()]


def yaml(name: str) -> Any:
    return YAML(typ="safe").load(DEPLOY / name)


def test_prefect_yaml_lists_every_deployment_under_the_name_and_pool_that_couriers_use() -> None:
    listed = yaml("prefect.yaml")["deployments"]
    assert {one["entrypoint"] for one in listed} == set(DEPLOYMENTS.values()), "deploy/prefect.yaml lists the others"
    assert {one["name"] for one in listed} == {DEPLOYED}
    pool = Settings.model_fields["work_pool"].default
    assert {one["work_pool"]["name"] for one in listed} == {pool}


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_every_setting_that_is_named_is_there(file: Path) -> None:
    assert set(re.findall(r"\bETAPPI_[A-Z_]+", file.read_text("utf-8"))) <= SETTINGS


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_a_verb_that_is_there_and_may_do_little(unit: Path) -> None:
    said = unit.read_text()
    (program, verb) = re.findall(r"^ExecStart=/opt/etappi/\.venv/bin/(\w+) (\w+)", said, re.MULTILINE)[0]
    assert program == "prefect" or verb in VERBS
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "CapabilityBoundingSet="):
        assert f"\n{line}\n" in said
    assert re.search(r"^User=etappi(-prefect)?$", said, re.MULTILINE)


def test_the_containers_run_verbs_that_are_there_and_only_the_pages_are_open() -> None:
    services = yaml("compose.yaml")["services"]
    parts = {name: one["command"][0] for name, one in services.items() if "command" in one}
    assert set(parts.values()) <= VERBS and {"web", "clock", "courier", "worker"} <= set(parts)
    assert {name: one["ports"] for name, one in services.items() if "ports" in one} == {"web": ["127.0.0.1:8000:8000"]}
    assert all(one.get("read_only") for name, one in services.items() if name != "database")


def test_a_verb_on_a_server_goes_by_the_services_settings_which_are_not_carried_out(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    shutil.copy(DEPLOY / "etappi", tmp_path / "deploy")
    said = tmp_path / ".venv" / "bin" / "etappi"
    said.parent.mkdir(parents=True)
    said.write_text('#!/bin/sh\nprintf "%s|" "$ETAPPI_ADDRESS" "$ETAPPI_MAIL_FROM" "$ETAPPI_SMTP_PASSWORD" "$@"\n')
    said.chmod(0o755)
    settings = tmp_path / "etappi.env"
    settings.write_text(
        "# ETAPPI_ADDRESS=https://other\nETAPPI_ADDRESS=https://etappi.kunta.example\n"
        "ETAPPI_MAIL_FROM=\"Kunta, Etappi\"\nETAPPI_SMTP_PASSWORD=a $(touch caught) 'b' = c"  # no line end
    )
    (tmp_path / "link").symlink_to(tmp_path / "deploy" / "etappi")
    me = {"PATH": os.environ["PATH"], "SETTINGS": str(settings), "AS_USER": pwd.getpwuid(os.geteuid()).pw_name}
    command = [tmp_path / "link", "status", "two words"]

    ran = subprocess.run(command, env=me, cwd=tmp_path, capture_output=True, text=True, check=True)
    lost = subprocess.run(command, env=me | {"SETTINGS": "/nowhere"}, capture_output=True, text=True, check=False)

    assert ran.stdout == "https://etappi.kunta.example|Kunta, Etappi|a $(touch caught) 'b' = c|status|two words|"
    assert not (tmp_path / "caught").exists()
    assert (lost.returncode, lost.stdout) == (2, "") and "/nowhere cannot be read" in lost.stderr
