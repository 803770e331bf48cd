"""What all effects have in common: they are done once, and what goes wrong is told in Etappi's own record only.

Prefect keeps the words of every exception. They may hold what somebody wrote, so they never reach it: an effect's
trouble is noted beside the effect, and Prefect is told that there was some.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from models.errors import DeliveryFailed, EtappiError
from models.outgoing import outbox
from tasks.installation import here

log = logging.getLogger("etappi.effects")


class Effect(NamedTuple):
    """One effect as a run knows it: its row in the outbox, and its key."""

    row: int
    key: str


@contextmanager
def carried_out(effect: Effect) -> Iterator[None]:
    """The effect inside has been carried out and is done. Raises DeliveryFailed, which says nothing but that."""
    try:
        yield
        with here().database.transaction() as session:
            outbox.done(session, effect.row)
    except EtappiError as error:
        note(effect.row, str(error))
        raise DeliveryFailed(why=f"{error.kind}; Etappi's own status says more") from None
    except Exception as error:  # the outermost loop of an effect: it is noted, and tried again
        log.exception("The effect %s", effect.key)
        note(effect.row, f"A fault in Etappi itself ({type(error).__name__}); its log says more.")
        raise DeliveryFailed(why="a fault in Etappi itself; its own status says more") from None


def is_done(effect: Effect) -> bool:
    """Whether an earlier attempt carried it out."""
    with here().database.reading() as session:
        return outbox.is_done(session, effect.row)


def note(row: int, why: str) -> None:
    """Why the attempt goes wrong stands beside the effect, for the operator."""
    with here().database.transaction() as session:
        outbox.note(session, row, why)
