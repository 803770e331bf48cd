"""What is done when a command has ended, however it ended: connections are closed."""

from contextlib import ExitStack

ENDING = ExitStack()
