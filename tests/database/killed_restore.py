"""A backup that is put back by a program that is killed just before a given step (`steps.py`).

    killed_restore.py BACKUP FOLDER DATABASE_URL STEP

It says how many steps there were, where it lives.
"""

import sys
from pathlib import Path

from steps import Steps

from models.proof.restore import restore
from models.storage.database import Database
from models.storage.files import FileStore


def main() -> None:
    place, folder, url, last = sys.argv[1:]
    database = Database(url)
    steps = Steps(int(last), Path(folder))
    database.watch = steps.told
    restore(Path(place), database, FileStore(Path(folder) / "files", 1_000_000))
    sys.stdout.write(f"{steps.taken}\n")


if __name__ == "__main__":
    main()
