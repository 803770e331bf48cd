"""The command line of Etappi, verb by verb. It adds no rules: what may be done, and by whom, the models say."""

from app.cli.program import main

__all__ = ["main"]
