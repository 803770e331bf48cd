"""A second factor: one-time codes of an app, and recovery codes for when the telephone is lost.

Whoever coordinates, administers or keeps the record needs one, unless the municipality's own account has asked for it.
No code is taken twice.
"""

import datetime as dt
import hmac
import secrets
from typing import Final

import pyotp

from models.municipality.directory import Directory
from models.record import instant_text
from models.signing_in.secrets import hashed
from models.storage.database import Session

STEP = 30  # seconds (RFC 6238)
DIGITS = 6
AROUND: Final = (-1, 0, 1)  # steps: clocks differ, and people type slowly
RECOVERY_CODES = 10
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"

COORDINATES = "select 1 from process where municipality_id = :municipality and coordinator = :person limit 1"
KEY = "select key, since, step from second_factor where municipality_id = :municipality and person = :person"
PUT_KEY = """
    insert into second_factor (municipality_id, person, key) values (:municipality, :person, :key)
    on conflict (municipality_id, person) do update set key = excluded.key, since = null, step = null"""
TAKE_STEP = """
    update second_factor set step = :step, since = coalesce(since, :now)
    where municipality_id = :municipality and person = :person and (step is null or step < :step) returning step"""
DROP = "delete from second_factor where municipality_id = :municipality and person = :person"
DROP_RECOVERY = "delete from recovery_code where municipality_id = :municipality and person = :person"
PUT_RECOVERY = """
    insert into recovery_code (municipality_id, person, code) values (:municipality, :person, :code)"""
USE_RECOVERY = """
    update recovery_code set used_at = :now
    where municipality_id = :municipality and person = :person and code = :code and used_at is null returning code"""


def needs_one(session: Session, directory: Directory, person: str, day: dt.date) -> bool:
    """Whether the person's rights ask for a second factor: a standing role, or a process to coordinate."""
    if directory.roles_of(person, day):
        return True
    return session.one(COORDINATES, {"municipality": directory.municipality, "person": person}) is not None


def has_one(session: Session, municipality: str, person: str) -> bool:
    """Whether the person's one-time codes have been taken into use."""
    row = session.one(KEY, {"municipality": municipality, "person": person})
    return row is not None and row[1] is not None


def begin(session: Session, municipality: str, person: str) -> str:
    """A new key for the person's app, to be taken into use by the first code; one that was begun before is no more."""
    key = pyotp.random_base32()
    session.run(PUT_KEY, {"municipality": municipality, "person": person, "key": key})
    return key


def begun(session: Session, municipality: str, person: str) -> str | None:
    """The key that waits for its first code."""
    row = session.one(KEY, {"municipality": municipality, "person": person})
    return str(row[0]) if row is not None and row[1] is None else None


def check(session: Session, municipality: str, person: str, code: str, now: dt.datetime) -> bool:
    """Whether the code is right and was not used before; it is used now. A first right code takes the key into use."""
    named = {"municipality": municipality, "person": person}
    row = session.one(KEY, named)
    digits = "".join(filter(str.isdecimal, code))
    if row is None or len(digits) != DIGITS:
        return False
    at = int(now.timestamp()) // STEP
    right = [at + n for n in AROUND if hmac.compare_digest(code_at(row[0], at + n), digits)]
    if not right:
        return False
    return session.one(TAKE_STEP, {**named, "step": max(right), "now": instant_text(now)}) is not None


def code_at(key: str, step: int) -> str:
    """The code of one step: what an app shows."""
    return pyotp.TOTP(key, digits=DIGITS, interval=STEP).generate_otp(step)


def new_recovery_codes(session: Session, municipality: str, person: str) -> list[str]:
    """Codes for when the telephone is lost, shown once; those from before open nothing."""
    named = {"municipality": municipality, "person": person}
    session.run(DROP_RECOVERY, named)
    codes = ["".join(secrets.choice(LETTERS) for _ in range(16)) for _ in range(RECOVERY_CODES)]
    session.many(PUT_RECOVERY, [{**named, "code": hashed(code)} for code in codes])
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def use_recovery_code(session: Session, municipality: str, person: str, code: str, now: dt.datetime) -> bool:
    """Whether it is one of the person's, unused; it is used now. The lost app's key opens nothing any more."""
    bare = "".join(letter for letter in code.upper() if letter.isalnum())
    named = {"municipality": municipality, "person": person}
    if session.one(USE_RECOVERY, {**named, "code": hashed(bare), "now": instant_text(now)}) is None:
        return False
    session.run(DROP, named)
    return True
