"""Where an installation keeps its data and how it behaves: environment variables that begin with ETAPPI_.

Everything has a default that works on one machine; the README's table of settings is made from the sentences here. The
environment is read by hand: the library for it takes a third of the time in which a command starts.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, model_validator

DATABASE_FILE = "etappi.sqlite3"
PREFIX = "ETAPPI_"


class Settings(BaseModel):
    """The settings of one installation: what is given, else what the environment says, else the default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _of_environment(cls, given: dict[str, Any]) -> dict[str, Any]:
        said = {name: os.environ.get(PREFIX + name.upper()) for name in cls.model_fields}
        return {**{name: value for name, value in said.items() if value}, **given}

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("etappi", appauthor=False),
        description="The folder that holds all data of the installation.",
    )
    database_url: str = Field(
        default="",
        description="A PostgreSQL database (postgresql://…); empty: an SQLite file in the data folder.",
    )
    files_dir: Path | None = Field(
        default=None,
        description="The folder of the stored files, one for all machines; by default `files` in the data folder.",
    )
    backup_dir: Path | None = Field(
        default=None, description="Where the nightly backups go; by default `backups` in the data folder."
    )
    backups_kept: int = Field(
        default=14, ge=0, le=3650, description="How many nightly backups are kept; 0: none are made."
    )
    file_limit_mb: int = Field(
        default=50, ge=1, le=2000, description="The largest file that is taken in, in megabytes."
    )
    language: Literal["fi", "sv", "en"] = Field(
        default="fi", description="The language used where nobody has chosen one."
    )
    message_window: int = Field(
        default=10,
        ge=1,
        le=1440,
        description="How many minutes a message is held: mistakes can be taken back, and what follows joins it.",
    )
    mail_from: str = Field(
        default="etappi@etappi.invalid",
        description="The address that messages are sent from, in the town's own domain.",
    )
    smtp_host: str = Field(
        default="", description="The mail server; empty: messages are written as .eml files into the data folder."
    )
    smtp_port: int = Field(
        default=0, ge=0, le=65535, description="Its port; 0: 587 with starttls, 465 with tls, 25 with none."
    )
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the connection to it is protected: starttls, tls or none."
    )
    smtp_user: str = Field(default="", description="Who we are to it; empty: it takes messages without signing in.")
    smtp_password: str = Field(default="", repr=False, description="The password; better in a file.")
    smtp_password_file: Path | None = Field(default=None, description="A file that holds the password.")
    smtp_ca_file: Path | None = Field(
        default=None, description="The certificates of a private authority that its certificate comes from."
    )
    address: str = Field(default="", description="Where people open Etappi in a browser; it stands in messages.")
    link_key: str = Field(
        default="",
        repr=False,
        description="The key that signs the links in messages (newest first); empty: one made into the data folder.",
    )
    oidc_issuer: str = Field(
        default="", description="The OpenID provider of the town's own accounts (its issuer); empty: none."
    )
    oidc_client_id: str = Field(default="", description="What the provider knows Etappi by.")
    oidc_client_secret: str = Field(default="", repr=False, description="The secret Etappi shares with the provider.")
    oidc_claim: str = Field(
        default="email",
        description="The claim that holds a person's address; email must be verified (Entra ID: preferred_username).",
    )
    proxies: str = Field(
        default="127.0.0.1",
        description="The reverse proxies whose word on who asks is taken: addresses or networks, with commas.",
    )
    prefect_url: str = Field(
        default="",
        description="The API of the Prefect server through which couriers reach workers; empty: Etappi runs its own.",
    )
    work_pool: str = Field(
        default="etappi",
        pattern=r"^[a-z0-9][a-z0-9-]{0,59}$",
        description="The work pool of this installation, where several share a Prefect server.",
    )
    clock_file: Path | None = Field(
        default=None,
        description="A file that says what time it is, for demonstrations; by default the machine's clock.",
    )

    @property
    def database(self) -> str:
        """The URL of the database, also where it is the SQLite file of the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / DATABASE_FILE}"

    @property
    def backups(self) -> Path:
        """The folder of the backups that Etappi makes by itself."""
        return self.backup_dir or self.data_dir / "backups"

    @property
    def files(self) -> Path:
        """The folder of the stored files."""
        return self.files_dir or self.data_dir / "files"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this installation, read from the environment once."""
    return Settings()
