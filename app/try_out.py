"""The try-out: a sample town in a folder of its own, with a clock that goes on from the story's own day.

Nothing in it is real, nothing leaves the machine, and it is served to this machine alone.
"""

import shutil

from models.machine_clock import ClockOfFile
from models.settings import Settings
from tasks.installation import installed

FOLDER = "try-out"
CLOCK = "clock"  # what it was when the story ended, and when that was; the try-out is ready once it is there


def settings_of(there: Settings) -> Settings:
    """The settings of the installation's try-out: a folder of its own, and nobody outside."""
    folder = there.data_dir.absolute() / FOLDER
    return Settings(
        data_dir=folder,
        database_url="",
        files_dir=folder / "files",
        clock_file=folder / CLOCK,
        language=there.language,
        address="",
        smtp_host="",
        oidc_issuer="",
        prefect_url="",
    )


def ready(there: Settings) -> bool:
    """Whether the story has been played in the folder."""
    return (there.data_dir / CLOCK).exists()


def prepare(there: Settings, *, fresh: bool = False) -> None:
    """The story has been played in the folder, now or before."""
    if fresh or not ready(there):
        shutil.rmtree(there.data_dir, ignore_errors=True)
        _play(there)


def _play(there: Settings) -> None:
    from app.demo import midway  # here, because a try-out that is ready does not need the story
    from app.demo.clock import SimulatedClock
    from models.migrations import migrate

    clock = SimulatedClock(midway.SET_UP)
    installation = installed(there, clock)
    there.data_dir.mkdir(parents=True)
    migrate(installation.database)
    midway.play(installation.engine, clock)
    with installation.database.transaction() as session:
        session.run(NOBODY_IS_TOLD)
    installation.database.close()
    ClockOfFile(there.data_dir / CLOCK).set(clock())


NOBODY_IS_TOLD = "delete from outbox where kind = 'notify'"
