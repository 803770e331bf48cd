"""What a run does in a thread, it does to the thread's end.

A run can be broken off at any moment: its time is over, its worker is told to end, another attempt has begun. A thread
cannot. Whoever gave up the run's effects while its thread still sends would have the next attempt send them too.
"""

import asyncio
import contextvars
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

import anyio

T = TypeVar("T")


async def to_its_end(act: Callable[..., T], *arguments: object, stop: Callable[[], object] = lambda: None) -> T:
    """What the act gives, in a thread. Where this is broken off, `stop` tells the act, and it has ended before this."""
    call = partial(contextvars.copy_context().run, act, *arguments)
    acting = asyncio.get_running_loop().run_in_executor(None, call)  # no task, which a loop that ends would cancel
    try:
        return await asyncio.shield(acting)
    except asyncio.CancelledError:
        stop()
        with anyio.CancelScope(shield=True):
            while not acting.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([acting])
        acting.exception()  # it has been noted beside the effect
        raise
