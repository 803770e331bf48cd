"""Signing in with the municipality's own account, at a real certified provider (npm: oidc-provider) with a browser."""

import fcntl
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Browsing
from playwright.sync_api import Browser, Page, expect
from visiting import served

from app import try_out
from app.web import account
from models.errors import NotValid
from models.settings import Settings
from tasks.installation import installed

HERE = Path(__file__).parent / "provider"
KEPT = Path(__file__).parents[2] / "var" / "provider"


@pytest.fixture(scope="session")
def provider_folder() -> Path:
    """The provider with what it needs, exactly as its lock file says."""
    if shutil.which("npm") is None:
        pytest.fail("npm is missing: install the packages nodejs and npm (make test does it where it may).")
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one of the tests' processes installs it, the others wait
        if not KEPT.exists() or any((KEPT / one.name).read_bytes() != one.read_bytes() for one in HERE.iterdir()):
            beside = KEPT.with_name("provider-begun")
            for folder in (KEPT, beside):
                shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(HERE, beside)
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
            subprocess.run(command, cwd=beside, check=True, timeout=300)
            beside.rename(KEPT)  # whole, or not there
    return KEPT


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@pytest.fixture
def with_accounts(provider_folder: Path, chromium: Browser, town: Path, tmp_path: Path) -> Iterator[Browsing]:
    """A town that has accounts at the provider."""
    shutil.copytree(town, tmp_path / try_out.FOLDER)
    port = free_port()
    there = try_out.settings_of(Settings(data_dir=tmp_path)).model_copy(
        update={
            "clock_file": None,
            "oidc_issuer": f"http://127.0.0.1:{port}",
            "oidc_client_id": "etappi",
            "oidc_client_secret": "a secret of the tests",
        }
    )
    with served(installed(there), try_out=False) as pages:
        back = f"{pages.address}/kirjaudu/tili/paluu"
        command = ["node", "provider.mjs", str(port), back]
        provider = subprocess.Popen(command, cwd=provider_folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            assert provider.stdout
            assert provider.stdout.readline().strip() == b"ready"
            browsing = Browsing(chromium, pages)
            yield browsing
            browsing.close()
        finally:
            provider.terminate()
            provider.wait()
            assert provider.stdout
            provider.stdout.close()


def sign_in_at_the_provider(page: Page, address: str) -> None:
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", "whatever")
    page.click("button[type=submit]")
    page.wait_for_selector("form[action*=interaction]")
    page.click("button[type=submit]")  # consent


def test_a_coordinator_signs_in_with_the_account_and_is_asked_for_no_code(with_accounts: Browsing):
    page = with_accounts.anybody()
    page.goto("/prosessi/kemijarvi-2030")
    page.get_by_role("button", name="Kirjaudu kunnan tunnuksella").click()
    sign_in_at_the_provider(page, "koordinaattori@kemijarvi.example")

    page.wait_for_url("**/prosessi/kemijarvi-2030")
    expect(page.locator(".who-name")).to_have_text("Strategiakoordinaattori")


@pytest.mark.parametrize("address", ["nobody@kemijarvi.example", "unverified@kemijarvi.example"])
def test_an_account_that_nobody_here_has_or_that_is_not_verified_opens_nothing(with_accounts: Browsing, address: str):
    page = with_accounts.anybody()
    page.goto("/kirjaudu")
    page.get_by_role("button", name="Kirjaudu kunnan tunnuksella").click()
    sign_in_at_the_provider(page, address)
    page.wait_for_url("**/kirjaudu/tili/paluu**")
    page.goto("/prosessit")
    expect(page.locator("h1")).to_have_text("Kirjaudu sisään")


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(with_accounts: Browsing):
    page = with_accounts.anybody()
    page.goto("/kirjaudu")
    page.goto("/kirjaudu/tili/paluu?code=stolen&state=guessed")
    expect(page.locator("h1")).to_have_text("Tarkista antamasi tiedot")
    page.goto("/prosessit")
    expect(page.locator("h1")).to_have_text("Kirjaudu sisään")


def test_a_token_for_somebody_else_or_without_a_signature_is_not_believed(with_accounts: Browsing):
    settings = with_accounts.pages.installation.settings
    provider = account._provider(settings.oidc_issuer)
    unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."
    for token in ("", "nonsense", unsigned):
        with pytest.raises(NotValid):
            account._verified(settings, provider, token, "nonce", 0)
