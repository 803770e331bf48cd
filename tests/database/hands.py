"""Several people who act in the same moment: each in a thread of one program, or each in a program of their own.

What becomes of each act is told by a word: "done", or the name of the refusal. Anything else that is raised is told
whole, so that a test fails on it.
"""

import multiprocessing
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from town import MORNING, Clock

from models.engine import Engine
from models.errors import EtappiError
from models.storage.database import Database
from models.storage.files import FileStore

PATIENCE = 60.0  # seconds for all to be ready, on a busy machine


class Act(NamedTuple):
    """One act of one person: in a process, or with none in the municipality's own record."""

    person: str
    command: Any
    process: str | None


def in_threads(url: str, folder: Path, municipality: str, acts: Sequence[Act]) -> list[str]:
    """What becomes of the acts when threads of one engine do them in the same moment, in their order."""
    database = Database(url)
    engine = Engine(database, FileStore(folder, 1_000_000), Clock(MORNING))
    told, start = [""] * len(acts), threading.Barrier(len(acts))

    def act(number: int) -> None:
        start.wait(PATIENCE)
        told[number] = done(engine, municipality, acts[number])

    threads = [threading.Thread(target=act, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()
    return told


def in_programs(url: str, folder: Path, municipality: str, acts: Sequence[Act]) -> list[str]:
    """As `in_threads`, each in a program of its own."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["models.engine", "models.storage.driver_postgresql"])
    start, answers = context.Barrier(len(acts)), context.Queue()
    programs = [
        context.Process(target=_program, args=(url, folder, municipality, number, act, start, answers))
        for number, act in enumerate(acts)
    ]
    for program in programs:
        program.start()
    told = dict(answers.get(timeout=PATIENCE) for _ in acts)
    for program in programs:
        program.join()
    answers.close()
    answers.join_thread()
    return [told[number] for number in range(len(acts))]


def _program(url: str, folder: Path, municipality: str, number: int, act: Act, start: Any, answers: Any) -> None:
    database = Database(url)
    engine = Engine(database, FileStore(folder, 1_000_000), Clock(MORNING))
    start.wait(PATIENCE)
    answers.put((number, done(engine, municipality, act)))
    database.close()


def done(engine: Engine, municipality: str, act: Act) -> str:
    """Does the act; what became of it."""
    try:
        if act.process is None:
            engine.handle_municipality(municipality, act.command, act.person)
        else:
            engine.handle(municipality, act.command, act.person, process=act.process)
    except EtappiError as error:
        return type(error).__name__
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "done"
