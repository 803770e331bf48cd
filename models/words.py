"""The words of the domain as enumerations: one word, one meaning (docs/glossary.md).

Nothing here has behaviour. Prefect's words (task, flow, run, state, job, deployment) never appear.
"""

from enum import StrEnum


class ProcessStatus(StrEnum):
    RUNNING = "running"
    HELD = "held"  # odottaa: duties stay, reminders are void until Resume
    STOPPED = "stopped"  # keskeytetty: ended; only a new setting-up decision reopens it
    CLOSED = "closed"  # ended: the decision is final, or the process was stopped


class PhaseKind(StrEnum):
    FUTURE_IMAGE = "future_image"  # tulevaisuuskuva
    PRODUCTION_NEED = "production_need"  # tuottamistarve
    PRODUCTION_METHOD = "production_method"  # tuottamistapa
    GOVERNANCE_MODEL = "governance_model"  # hallintomalli
    OPERATIONAL_MODEL = "operational_model"  # operatiivinen malli
    GENERAL = "general"  # any other phase


class PhaseStatus(StrEnum):
    PLANNED = "planned"  # something it receives from has not passed
    READY = "ready"  # may be opened by the coordinator
    OPEN = "open"  # outputs are being drafted
    AT_CHECKPOINT = "at_checkpoint"  # a round is open over exact versions
    PASSED = "passed"  # its package is locked and handed over
    SUSPENDED = "suspended"  # an earlier phase it builds on was reopened


class CheckpointKind(StrEnum):
    TRANSFER = "transfer"  # hands over to the next phase
    READINESS = "readiness"  # päätösvalmius: hands over to the chain of handlings


class GroupKind(StrEnum):
    WORKING_GROUP = "working_group"  # työryhmä: not a body
    COMMITTEE = "committee"  # toimikunta: a body of Kuntalaki 30 §


class SeatPart(StrEnum):
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"


class GroupRule(StrEnum):
    CONSENT = "consent"  # somebody accepts and no objection is open
    MAJORITY = "majority"  # more accept than object; a tie fails
    CHAIR = "chair"  # the chair accepts (the vice-chair where the chair is out)
    ALL = "all"  # every counted seat accepts


class StanceKind(StrEnum):
    ACCEPT = "accept"  # kannatan
    ACCEPT_WITH_CONDITIONS = "accept_with_conditions"  # kannatan, kun seuraava otetaan huomioon
    OBJECT = "object"  # en kannata, perustelu
    ABSTAIN = "abstain"  # en ota kantaa
    NOT_READ = "not_read"  # en ehtinyt perehtyä
    DISQUALIFIED = "disqualified"  # esteellinen: leaves every denominator


class StanceWay(StrEnum):
    OWN = "own"  # the seat's own act
    MEETING = "meeting"  # recorded in a meeting, correctable by its bearer
    CONFIRMED = "confirmed"  # pidän kantani, over changed or byte-identical versions


class RoundEnding(StrEnum):
    PASSED = "passed"  # etenee
    PASSED_WITH_CONDITIONS = "passed_with_conditions"  # etenee edellytyksin


class ObjectionStatus(StrEnum):
    OPEN = "open"
    WITHDRAWN = "withdrawn"  # by its makers, nobody else
    CARRIED = "carried"  # as a condition with owner and date
    DISSENT = "dissent"  # recorded as dissent, no longer blocks
    RETURNED = "returned"  # its round was returned to preparation
    LAPSED = "lapsed"  # its maker was found disqualified


class AnswerResult(StrEnum):
    CHANGED = "changed"  # muutettu esitystä
    UNCHANGED = "unchanged"  # ei muutettu, perustelu


class BodyKind(StrEnum):
    COUNCIL = "council"
    EXECUTIVE = "executive"
    BOARD = "board"
    OFFICE_HOLDER = "office_holder"
    INFLUENCE = "influence"  # Kuntalaki 26-28 §: asked for statements, never decides


class HandlingKind(StrEnum):
    FOR_INFORMATION = "for_information"  # tiedoksi
    STATEMENT = "statement"  # lausunto
    PROPOSAL = "proposal"  # ehdotus
    DECISION = "decision"  # päätös


class HandlingOutcome(StrEnum):
    APPROVED = "approved"  # hyväksytty
    AMENDED = "amended"  # hyväksytty muutettuna
    PARTLY = "partly"  # osittain
    RETURNED = "returned"  # palautettu valmisteluun
    TABLED = "tabled"  # pöydälle
    REJECTED = "rejected"  # hylätty
    NOTED = "noted"  # merkitty tiedoksi


class LegalState(StrEnum):
    PENDING = "pending"  # the appeal time runs
    FINAL = "final"  # lainvoimainen
    APPEALED = "appealed"
    ANNULLED = "annulled"


class Publicity(StrEnum):
    IN_PREPARATION = "in_preparation"  # luonnos, not yet public (julkisuuslaki 6 §)
    PUBLIC = "public"
    PARTLY_SECRET = "partly_secret"  # with the paragraph
    SECRET = "secret"  # with the paragraph
    INTERNAL = "internal"  # sisäinen työpaperi (julkisuuslaki 5 §)


class PublicGround(StrEnum):
    """Why what was in preparation is public (julkisuuslaki 6 ja 9 §; to be checked by the municipality's lawyer)."""

    DECIDED = "decided"  # the matter is decided and the minutes inspected (6 §)
    FINISHED = "finished"  # the handling of the matter has ended: closed or stopped (6 §)
    STUDY = "study"  # an independent account of alternatives, grounds and effects, ready for its use (6 §)
    DISCRETION = "discretion"  # the authority gives it though it need not yet (9 § 2 mom.)


SECRET = (Publicity.SECRET, Publicity.PARTLY_SECRET)
"""Secret wholly or in part: who may read it, `models/secrecy.py` says."""


class Audience(StrEnum):
    """Whom a ladder step tells. A line manager is never told about a stance (validator)."""

    HOLDER = "holder"  # who owes the duty; its deputy while the holder is away
    CHAIR = "chair"  # of the holder's group
    COORDINATOR = "coordinator"
    PREPARER = "preparer"
    LINE_MANAGER = "line_manager"


class DutyKind(StrEnum):
    OPEN_PHASE = "open_phase"  # a ready phase waits for the coordinator
    OUTPUT = "output"  # an owner submits an output
    STANCE = "stance"  # a seat takes a stance
    ANSWER = "answer"  # the preparer answers an objection
    REPLY = "reply"  # whoever objected says whether the answer removes the objection
    CONDITION = "condition"  # an owner does what was promised
    ASSESSMENT = "assessment"  # a named person assesses a criterion
    OUTCOME = "outcome"  # the preparer states the checkpoint's outcome
    MEMO = "memo"  # a meeting's memo is missing
    ASK_STATEMENT = "ask_statement"  # a statement is to be asked for, so that its least time runs
    STATEMENT = "statement"  # a body was asked for a statement
    OPEN_HEARING = "open_hearing"  # a hearing is to be opened, so that its least time runs
    HEARING = "hearing"  # a hearing's window closes
    HANDLING = "handling"  # a body's handling is due in the decision window
    STAFF_COOPERATION = "staff_cooperation"  # 449/2007: not judged or not begun
    INVITATION = "invitation"  # invitations leave on their day
    DECISION_MEETING = "decision_meeting"  # the body that decides does not meet in the decision's window
    REPORT = "report"  # a passed checkpoint is reported to the executive, tiedoksi
    VACANCY = "vacancy"  # somebody is missing who plays a part


class Missing(StrEnum):
    """What is missing in a process."""

    PERSON = "person"  # who has the role slot is no longer in the directory
    MEMBERS = "members"  # the group has nobody
    CHAIR = "chair"  # the group has no chair


OF_STANCES = (DutyKind.STANCE, DutyKind.REPLY)
"""Duties about what a member says: silence may be dissent, and no line manager hears of it."""


class Rhythm(StrEnum):
    """How often somebody wants to be written to."""

    AT_ONCE = "at_once"  # what comes within some minutes is one message
    DAILY = "daily"  # päivän kooste
    WEEKLY = "weekly"  # viikkokooste


class Role(StrEnum):
    """A standing role in a municipality."""

    ADMINISTRATOR = "administrator"  # people, groups, settings
    COORDINATOR = "coordinator"  # sets up processes and their groups
    REGISTRAR = "registrar"  # hallintosihteeri: records handlings
    PROTECTION = "protection"  # tietosuojavastaava: redacts
    AUDITOR = "auditor"  # reads the record
