"""Prefect, connected, and flows carried out in this process, as runs that Prefect knows by their deployments.

No runner, no process for each run, no waiting for a poll: a run is made from its deployment and carried out at once.
All runs share one connection. It is used in one event loop outside the main thread, where Prefect would take the signal
to end to itself. `prefect_pool.py` hands the same flows over to workers.
"""

import asyncio
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack, suppress
from types import TracebackType
from typing import Any, Self

import httpx
from prefect import Flow
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun, State
from prefect.context import AsyncClientContext, SyncClientContext
from prefect.exceptions import PrefectException, PrefectSignal
from prefect.flow_engine import run_flow_async
from prefect.flows import load_flow_from_entrypoint
from prefect.logging.handlers import APILogHandler
from prefect.utilities.callables import parameter_schema

from flows.deployments import DEPLOYED, DEPLOYMENTS
from models.errors import DeliveryFailed
from models.outgoing.outbox import Leased

LAST_WORDS = 2.0  # seconds for the logs of the last runs to reach Prefect
TROUBLE = (httpx.HTTPError, PrefectException, PrefectSignal)


class Room(ABC):
    """Prefect, connected. A context: what happens inside shares the connection."""

    def __init__(self, pool: str | None = None) -> None:
        self.pool = pool  # the work pool of the deployments
        self.flows: dict[str, Flow[Any, Any]] = {
            kind: load_flow_from_entrypoint(at) for kind, at in DEPLOYMENTS.items()
        }
        self._deployments: dict[str, Any] = {}
        self._stack = AsyncExitStack()
        self._client: PrefectClient | None = None
        self.answers = True  # as far as is known

    async def __aenter__(self) -> Self:
        context = await self._stack.enter_async_context(AsyncClientContext.get_or_create())
        self._stack.enter_context(SyncClientContext.get_or_create())
        self._client = context.client
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(APILogHandler.aflush(), LAST_WORDS)
        await self._stack.aclose()

    @property
    def client(self) -> PrefectClient:
        """The connection."""
        assert self._client is not None, "the engine room is used inside its context"
        return self._client

    async def run(self, kind: str, key: str, parameters: Mapping[str, Any], effects: Iterable[Leased]) -> bool:
        """The flow of that kind has been begun by a run with that key, which is the attempt's; whether it has ended.

        Raises DeliveryFailed where the run does not complete, or Prefect does not answer.
        """
        try:
            return await self._carried_out(kind, key, dict(parameters), effects)
        except TROUBLE as error:
            self.answers = False
            raise DeliveryFailed(why=f"the engine room did not answer as it should ({type(error).__name__})") from error

    @abstractmethod
    async def _carried_out(
        self, kind: str, key: str, parameters: dict[str, Any], effects: Iterable[Leased]
    ) -> bool: ...

    # --- runs -----------------------------------------------------------------------------------------------------

    async def _new_run(self, kind: str, key: str, parameters: dict[str, Any], **how: Any) -> FlowRun:
        """A run of the attempt that has not begun. Raises HTTPStatusError.

        For a key it knows Prefect gives the run it knows, whatever became of it. That may be from before our own
        database was restored from a backup; then the attempt has another run.
        """
        try:
            run = await self._made(kind, key, parameters, **how)
        except httpx.HTTPStatusError as error:
            if error.response.status_code != httpx.codes.NOT_FOUND:
                raise
            self._deployments.clear()  # Prefect has lost its database since
            run = await self._made(kind, key, parameters, **how)
        if run.state is not None and not (run.state.is_scheduled() or run.state.is_pending()):
            run = await self._made(kind, f"{key}:{uuid.uuid4().hex[:8]}", parameters, **how)
        return run

    async def _made(self, kind: str, key: str, parameters: dict[str, Any], **how: Any) -> FlowRun:
        """The run of that key, new or as Prefect knows it."""
        if kind not in self._deployments:
            await self.deploy()
        return await self.client.create_flow_run_from_deployment(
            self._deployments[kind], parameters=parameters, idempotency_key=key, name=key, **how
        )

    async def deploy(self) -> None:
        """Prefect knows every deployment."""
        for kind, flow in self.flows.items():
            id_ = await self.client.create_flow(flow)
            self._deployments[kind] = await self.client.create_deployment(
                flow_id=id_,
                name=self.pool or DEPLOYED,
                entrypoint=DEPLOYMENTS[kind],
                work_pool_name=self.pool,
                parameter_openapi_schema=parameter_schema(flow).model_dump_for_openapi(),
            )


class EngineRoom(Room):
    """Flows are carried out here, in this process."""

    async def _carried_out(self, kind: str, key: str, parameters: dict[str, Any], effects: Iterable[Leased]) -> bool:  # noqa: ARG002
        run = await self._new_run(kind, key, parameters)
        # Without its deployment the run's own engine does not open a second connection to watch whether somebody
        # suspends it, which nobody does and which takes longer than the run (docs/decisions).
        bare = run.model_copy(update={"deployment_id": None})
        state = await run_flow_async(self.flows[kind], flow_run=bare, parameters=parameters, return_type="state")
        assert isinstance(state, State), "a state was asked for"
        if not state.is_completed():
            raise DeliveryFailed(why=f"the run ended as {state.name}")
        return True
