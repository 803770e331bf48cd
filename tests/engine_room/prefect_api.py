"""What Prefect itself says, asked by its API."""

from typing import Any

import httpx

from app.prefect_server import PrefectServer


def ask(server: PrefectServer, method: str, path: str, **body: Any) -> Any:
    """The answer to one question."""
    answer = httpx.request(method, f"{server.url}{path}", json=body or None, timeout=60.0)
    answer.raise_for_status()
    return answer.json() if answer.content else None


def runs(server: PrefectServer, beginning: str) -> dict[str, str]:
    """How each run ended whose name begins so."""
    named = {"name": {"like_": beginning}}
    return {run["name"]: run["state_name"] for run in ask(server, "POST", "/flow_runs/filter", flow_runs=named)}


def run_id(server: PrefectServer, name: str) -> str:
    """Which run has that name."""
    found = ask(server, "POST", "/flow_runs/filter", flow_runs={"name": {"any_": [name]}})
    return str(found[0]["id"])
