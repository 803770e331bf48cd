"""Where things are: the addresses of pages. Pages and messages take them from here."""

from models.storage.reading import OpenDuty
from models.words import DutyKind

NEW_PROCESS = "/prosessit/uusi"
REHEARSAL = "/harjoitus"
AT_CHECKPOINT = (DutyKind.STANCE, DutyKind.OUTCOME)
OF_PHASES = (DutyKind.OUTPUT, DutyKind.ASSESSMENT)  # the thing's own id says nothing of its phase
OF_MEETINGS = (DutyKind.MEMO, "meeting")
OF_OBJECTIONS = (DutyKind.ANSWER, DutyKind.REPLY)
ON_THE_WAY = (
    DutyKind.ASK_STATEMENT,
    DutyKind.STATEMENT,
    DutyKind.OPEN_HEARING,
    DutyKind.HEARING,
    DutyKind.HANDLING,
    DutyKind.STAFF_COOPERATION,
)
"""What is done where the way to the decision is told."""


def process(key: str) -> str:
    return f"/prosessi/{key}"


def phase(key: str, phase: str) -> str:
    return f"{process(key)}/vaihe/{phase}"


def draft(key: str, of: str, output: str) -> str:
    """Where an output's draft is written."""
    return f"{phase(key, of)}/tuotos/{output}"


def table(key: str, of: str, output: str, register: str) -> str:
    """Where one table of an output's draft is filled in."""
    return f"{draft(key, of, output)}/taulukko/{register}"


def meeting(key: str, meeting: str) -> str:
    """Where a meeting is held."""
    return f"{process(key)}/kokous/{meeting}"


def handlings(key: str) -> str:
    """The way to the decision."""
    return f"{process(key)}/kasittelyt"


def recording(key: str, plan: str) -> str:
    """Where a handling is recorded."""
    return f"{handlings(key)}/kirjaa/{plan}"


def sending_back(key: str, handling: str) -> str:
    """Where the work is returned because of a handling."""
    return f"{handlings(key)}/{handling}/palauta"


def correcting(key: str, item: str = "", field: str = "") -> str:
    """Where a mistake of writing is mended; without a fact, where one is chosen."""
    at = f"{handlings(key)}/oikaise"
    return f"{at}/{item}/{field}" if field else f"{at}#{item}" if item else at


def record(key: str) -> str:
    """What has happened."""
    return f"{process(key)}/historia"


def covering(key: str, sequence: int) -> str:
    """Where something of one entry of the record is covered."""
    return f"{record(key)}/{sequence}/peita"


def tools(key: str) -> str:
    """The coordinator's tools."""
    return f"{process(key)}/ohjaus"


def tool(key: str, tool: str, item: str = "") -> str:
    """One of the tools, at one thing."""
    return f"{tools(key)}/{tool}/{item}" if item else f"{tools(key)}/{tool}"


def nudging(key: str, phase: str | None = None) -> str:
    """Where those who have not done something are reminded."""
    return f"{process(key)}/muistuta" + (f"?vaihe={phase}" if phase else "")


def rehearsal_of(key: str) -> str:
    """Where a running process is played on from today."""
    return f"{process(key)}/harjoitus"


def messages(key: str) -> str:
    """Which messages wait, and which did not arrive."""
    return f"{process(key)}/viestit"


def checkpoint(key: str, phase: str) -> str:
    return f"{process(key)}/tarkistuspiste/{phase}"


def stance(key: str, phase: str, seat: str) -> str:
    """Where one seat takes its stance."""
    return f"{checkpoint(key, phase)}/kanta/{seat}"


def stating(key: str, phase: str) -> str:
    """Where the preparer states the outcome."""
    return f"{checkpoint(key, phase)}/tulos"


def objection(key: str, item: str) -> str:
    """Where an objection is answered, or its maker says whether the answer suffices: leads on to the form."""
    return f"{process(key)}/vastustus/{item}"


def condition(key: str, item: str) -> str:
    """Where a condition is told to be done: leads on to the form."""
    return f"{process(key)}/edellytys/{item}"


def document(key: str, version: str) -> str:
    """Where one version of an output is read."""
    return f"{process(key)}/asiakirja/{version}"


def comparison(key: str, before: str, after: str) -> str:
    """Where two versions are compared."""
    return f"{document(key, after)}/muutokset/{before}"


def paper(key: str, of: str, language: str, form: str) -> str:
    """Where a paper is fetched."""
    return f"{process(key)}/paperi/{of}/{language}/{form}"


def snoozing(key: str, duty: str) -> str:
    """Where the reminders of a duty are postponed."""
    return f"/omat/muistutus/{key}/{duty}"


def address_of_duty(duty: OpenDuty) -> str:
    """The page where the duty is done."""
    return _of_kind(duty.process, duty.kind, duty.phase, duty.item)


def address_of(key: str, about: str | None) -> str:
    """The page of what a message was about: a duty's key ("stance:x:1:seat"), or a reference ("checkpoint:x")."""
    kind, _, rest = (about or "").partition(":")
    first, item = rest.partition(":")[0] or None, rest.rpartition(":")[2] or None
    if kind == "checkpoint" and first:
        return checkpoint(key, first)
    if first == item and kind in OF_PHASES:  # a reference: it does not say of which phase
        return process(key)
    return _of_kind(key, kind, first, first if kind in (*OF_OBJECTIONS, DutyKind.CONDITION) else item)


def _of_kind(key: str, kind: str, of_phase: str | None, item: str | None) -> str:
    if of_phase and kind in AT_CHECKPOINT:
        return checkpoint(key, of_phase)
    if of_phase and kind == DutyKind.ASSESSMENT:
        return f"{checkpoint(key, of_phase)}#asia-{item}"
    if item and kind in OF_OBJECTIONS:
        return objection(key, item)
    if item and kind == DutyKind.CONDITION:
        return condition(key, item)
    if item and kind in OF_MEETINGS:
        return meeting(key, item)
    if of_phase and kind in (DutyKind.OPEN_PHASE, DutyKind.OUTPUT, "phase"):
        return phase(key, of_phase)
    if kind in ON_THE_WAY:
        return handlings(key)
    if kind == DutyKind.DECISION_MEETING:
        return tool(key, "kokoukset")
    return process(key)


def creating(step: str) -> str:
    """Where one thing of a process that is being created is answered."""
    return f"{NEW_PROCESS}/{step}"


def groups(key: str) -> str:
    """The working groups of a process."""
    return f"{process(key)}/ryhmat"


def group(key: str, group: str) -> str:
    """Who sits in one working group."""
    return f"{groups(key)}/{group}"


def seat(key: str, of: str, seat: str) -> str:
    """Where one seat is changed."""
    return f"{group(key, of)}/paikka/{seat}"
