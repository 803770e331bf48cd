"""The tables of signing in: who is signed in, one-time links on their way, second factors, and how often was tried.

Secrets stand in them only as hashes, but for the key of one-time codes, which has to be computed with. A link is
signed (`models/outgoing/links.py`); here stands whether it has been used.
"""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from models.storage.table_kinds import (
    BY_KEY,
    Instant,
    MaybeInstant,
    MaybeNumber,
    MaybeWords,
    Number,
    Part,
    Words,
    of_municipality,
)


class SessionRow(SQLModel, table=True):
    """Somebody is signed in, in one browser, until the session ends."""

    __tablename__ = "session"
    __table_args__ = (
        Index("ix_session_person", "municipality_id", "person"),
        CheckConstraint("way in ('link', 'account', 'try_out')", name="way"),
        of_municipality(),
        BY_KEY,
    )

    token: Part  # the hash of what the browser holds
    municipality_id: Words
    person: Words
    way: Words
    awaits: MaybeWords  # what is still missing: "code" (a second factor), "new_code" (it has to be taken into use)
    begun_at: Instant
    seen_at: Instant
    ends_at: Instant  # whatever happens


class SignInLinkRow(SQLModel, table=True):
    """A one-time link that was asked for and is used once."""

    __tablename__ = "sign_in_link"
    __table_args__ = (
        Index("ix_sign_in_link_person", "municipality_id", "person"),
        of_municipality(),
        BY_KEY,
    )

    id: Part
    municipality_id: Words
    person: Words
    goes_to: MaybeWords  # the page that was wanted
    made_at: Instant
    ends_at: Instant
    used_at: MaybeInstant


class SecondFactorRow(SQLModel, table=True):
    """Somebody's one-time codes: the key they are computed with, and the last step that was used."""

    __tablename__ = "second_factor"
    __table_args__ = (of_municipality(), BY_KEY)

    municipality_id: Part
    person: Part
    key: Words
    since: MaybeInstant  # when the first code was given; none before
    step: MaybeNumber  # no code is used twice


class RecoveryCodeRow(SQLModel, table=True):
    """A code that is used once when the telephone is lost."""

    __tablename__ = "recovery_code"
    __table_args__ = (of_municipality(), BY_KEY)

    municipality_id: Part
    person: Part
    code: Part  # a hash
    used_at: MaybeInstant


class AttemptRow(SQLModel, table=True):
    """How often something was tried in a stretch of time: by an address or for a person, named by a hash."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_since", "since"), BY_KEY)

    what: Part
    since: Instant
    count: Number
