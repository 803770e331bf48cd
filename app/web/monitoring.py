"""What watches the machines is told: `/health` whether somebody should look, `/metrics` the figures, for Prometheus.

Counts, ages and states, nothing of people or matters. Both answer while the database does not; neither asks who visits.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from models.errors import EtappiError
from models.machine_clock import clock_of_the_machine
from models.outgoing.health import Pulse, health, pulse
from models.release import RELEASE
from models.storage.database import Database
from tasks.installation import Installation


def watch(application: FastAPI) -> None:
    """The application answers to those who watch the machines."""
    application.add_route("/health", _health, ["GET"])
    application.add_route("/metrics", _metrics, ["GET"])


async def _health(request: Request) -> Response:
    """JSON of how the installation is doing; 503 where somebody should look."""
    there: Installation = request.app.state.installation
    found = await run_in_threadpool(health, there.database, there.engine.clock(), clock_of_the_machine())
    told = {"format": 1, **found._asdict()}
    return Response(json.dumps(told), 200 if found.healthy else 503, media_type="application/json")


async def _metrics(request: Request) -> Response:
    there: Installation = request.app.state.installation
    found = await run_in_threadpool(metrics, there.database, there.engine.clock(), clock_of_the_machine())
    return Response(found, media_type=CONTENT_TYPE_LATEST)


def metrics(database: Database, now: dt.datetime, machine: dt.datetime) -> bytes:
    """The figures as they are now; of a database that does not answer only that."""
    try:
        with database.reading() as session:
            found: Pulse | None = pulse(session, now, machine)
    except EtappiError:
        found = None
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(found))
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(self, found: Pulse | None) -> None:
        self.found = found

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _one("etappi_database_answers", "Whether the database answers.", self.found is not None)
        yield _many("etappi_release", "The release of the part that tells this.", ("release",), {(RELEASE,): 1})
        if self.found is None:
            return
        ages = {(part,): age for part, age in self.found.ages.items()}
        yield _many("etappi_silent_seconds", "Seconds since a part last showed that it lives.", ("part",), ages)
        yield _one("etappi_workers", "Workers that can carry something out.", self.found.workers)
        yield _one("etappi_engine_room_answers", "Whether the engine room answers.", self.found.ready)
        yield _many("etappi_effects", "Effects that are not done.", ("kind", "state"), self.found.effects)
        yield _one("etappi_effects_waited_seconds", "How long the oldest due effect has waited.", self.found.waited)
        yield _one("etappi_reminders_overdue", "Reminders that no clock has taken up in time.", self.found.overdue)
        yield _one("etappi_backup_fails", "Whether the last nightly backup failed.", self.found.backup_fails)
        processes = {(status,): float(count) for status, count in self.found.processes.items()}
        yield _many("etappi_processes", "Processes by their status.", ("status",), processes)


def _one(name: str, tells: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, tells, value=float(value))


def _many(name: str, tells: str, labels: tuple[str, ...], values: Mapping[Any, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, tells, labels=labels)
    for known, value in values.items():
        family.add_metric(known, value)
    return family
