"""Where an installation keeps its data and how it behaves: environment variables that begin with ETAPPI_.

Everything has a default that works on one machine; the README's table of settings is made from the sentences here.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

DATABASE_FILE = "etappi.sqlite3"


class Settings(BaseSettings):
    """The settings of one installation."""

    model_config = SettingsConfigDict(env_prefix="ETAPPI_", frozen=True, extra="forbid")

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
    file_limit_mb: int = Field(
        default=50, ge=1, le=2000, description="The largest file that is taken in, in megabytes."
    )
    language: Literal["fi", "sv", "en"] = Field(
        default="fi", description="The language used where nobody has chosen one."
    )
    message_window: int = Field(
        default=10, ge=1, le=1440, description="How many minutes messages to one person are gathered into one."
    )
    mail_from: str = Field(
        default="etappi@etappi.invalid",
        description="The address that messages are sent from, in the town's own domain.",
    )
    address: str = Field(default="", description="Where people open Etappi in a browser; it stands in messages.")
    prefect_url: str = Field(
        default="", description="The API of a Prefect server that several machines share; empty: Etappi runs its own."
    )

    @property
    def database(self) -> str:
        """The URL of the database, also where it is the SQLite file of the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / DATABASE_FILE}"

    @property
    def files(self) -> Path:
        """The folder of the stored files."""
        return self.files_dir or self.data_dir / "files"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this installation, read from the environment once."""
    return Settings()
