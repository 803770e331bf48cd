"""Where things are: the addresses of pages. Pages and messages take them from here."""

from models.storage.reading import OpenDuty
from models.words import DutyKind


def process(key: str) -> str:
    return f"/prosessi/{key}"


def phase(key: str, phase: str) -> str:
    return f"{process(key)}/vaihe/{phase}"


def checkpoint(key: str, phase: str) -> str:
    return f"{process(key)}/tarkistuspiste/{phase}"


def stance(key: str, phase: str, seat: str) -> str:
    """Where one seat takes its stance."""
    return f"{checkpoint(key, phase)}/kanta/{seat}"


def stating(key: str, phase: str) -> str:
    """Where the preparer states the outcome."""
    return f"{checkpoint(key, phase)}/tulos"


def document(key: str, version: str) -> str:
    """Where one version of an output is read."""
    return f"{process(key)}/asiakirja/{version}"


def comparison(key: str, before: str, after: str) -> str:
    """Where two versions are compared."""
    return f"{document(key, after)}/muutokset/{before}"


def address_of_duty(duty: OpenDuty) -> str:
    """The page where the duty is done."""
    if duty.phase is None:
        return process(duty.process)
    match DutyKind(duty.kind):
        case DutyKind.OPEN_PHASE | DutyKind.OUTPUT:
            return phase(duty.process, duty.phase)
        case DutyKind.STANCE | DutyKind.ANSWER | DutyKind.ASSESSMENT | DutyKind.OUTCOME:
            return checkpoint(duty.process, duty.phase)
        case _:
            return process(duty.process)
