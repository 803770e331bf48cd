"""The whole journey of a new user, with nothing but the page that `make run` shows: a process of its own is created,
three groups are invited, a phase is opened, filled, objected to, answered, accepted and stated ready, and its papers
are fetched. A real program with its database, clock, courier and flows; a real browser.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files as resources
from pathlib import Path

import pytest
from browsing import Browsing
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.prefect

PATIENCE = 240.0  # seconds in which the program starts and the papers come: the machine may be busy
LOOKS, EACH = 120, 2000  # how often, and after how many milliseconds, it is looked whether a paper is there
DOCUMENTS = resources("config").joinpath("demo")
PHASE = "tulevaisuuskuva"
OUTPUTS = {
    "Tulevaisuuskuva: skenaario Kemijärvi 2030": "tulevaisuuskuva-2030.v2.md",
    "Toimintaympäristö ja haasteet": "toimintaymparisto-ja-haasteet.md",
}
GROUPS = {
    "laajennettu-jory": (
        "Johtoryhmän puheenjohtaja <jory.pj@kemijarvi.example> (pj)\nTalousjohtaja <talous@kemijarvi.example>"
    ),
    "hyvinvointiryhma": (
        "Nimi\tSähköposti\tTehtävä\n"
        "Hyvinvoinnin puheenjohtaja\thyvinvointi.pj@kemijarvi.example\tpj\n"
        "Terveydenhoitaja\tterveydenhoitaja@kemijarvi.example\n"
        "Omaishoitaja\tomaishoitaja@kemijarvi.example\n"
        "Omaishoitajan varajäsen\tvaraedustaja@kemijarvi.example\tvarajäsen\n"
    ),
    "elinvoimaryhma": "Elinvoiman puheenjohtaja;elinvoima.pj@kemijarvi.example;pj\nPoromies;poromies@kemijarvi.example",
}
MEMBERS = (
    *("Johtoryhmän puheenjohtaja", "Talousjohtaja", "Hyvinvoinnin puheenjohtaja"),
    *("Elinvoiman puheenjohtaja", "Poromies"),
)
OBJECTOR, DISSENTER = "Terveydenhoitaja", "Omaishoitaja"
COORDINATOR, PREPARER, ASSESSOR = "Strategiakoordinaattori", "Hallintojohtaja", "Arviointisuunnittelija"


class Program:
    """What `make run` starts, as `Browsing` knows pages."""

    def __init__(self, address: str) -> None:
        self.address = address


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """`etappi up --try-out`, until the test is over."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    folder = tmp_path / "data"
    folder.mkdir()
    arguments = [sys.executable, "-c", "from app.cli import main; main()", "up", "--try-out", "--port", str(port)]
    environment = {**os.environ, "ETAPPI_DATA_DIR": str(folder), "ETAPPI_DATABASE_URL": ""}
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            assert f":{port}" in running.stdout.readline(), "it says where its pages are"
            yield Program(f"http://127.0.0.1:{port}")
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(PATIENCE)


@pytest.fixture
def browsing(chromium: Browser, program: Program) -> Iterator[Browsing]:
    found = Browsing(chromium, program)  # type: ignore[arg-type]
    yield found
    found.close()


# --- people -------------------------------------------------------------------------------------------------------


def as_(page: Page, name: str) -> None:
    """One click on the first page's list of people."""
    page.goto("/kokeilu")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_url("**/")


def go_on(page: Page, button: str = "Jatka") -> None:
    page.get_by_role("button", name=button, exact=True).click()


def choose(page: Page, label: str) -> None:
    page.get_by_text(label, exact=True).first.click()


# --- the journey --------------------------------------------------------------------------------------------------


def create(page: Page) -> str:
    """The process is created by its guided form, and its groups are invited; its address."""
    page.get_by_role("link", name="Prosessit").first.click()
    page.get_by_role("link", name="Luo prosessi").click()
    page.get_by_role("link", name="Aloita").click()
    page.get_by_text("Kemijärvi kohti vuotta 2030").click()
    go_on(page)
    page.fill("#title", "Kemijärvi 2030: toinen kierros")
    go_on(page)
    for _ in range(3):
        expect(page.locator(".quoted").first).to_be_visible()
        go_on(page)
    page.select_option("#month", "5")
    page.fill("#year", "2027")
    go_on(page)
    page.get_by_role("button", name="Siirrä kaikki päivät alkamaan 3.5.2027").click()
    expect(page.locator(".answers").first).to_contain_text("3.5.2027")
    go_on(page, "Päivät ovat hyvät, jatka")
    choose(page, "Asettamispäätös on tehty")
    page.fill("#body", "Kaupunginhallitus")
    page.fill("#date", "2027-03-22")
    page.fill("#section", "88")
    go_on(page)
    page.fill("#role-preparer", PREPARER)
    page.fill("#role-arvioija", ASSESSOR)
    page.check("#rest")
    go_on(page)
    for _ in GROUPS:
        key = page.url.rpartition("/")[2]
        page.click('label[for="group-new"]')
        page.fill("#pasted", GROUPS[key])
        go_on(page)
        expect(page.locator(".people-row .tag").first).to_have_text("Uusi")
        go_on(page)
    expect(page.locator("h1")).to_have_text("Tarkista vastaukset")
    page.get_by_role("button", name="Luo prosessi").click()
    expect(page.get_by_role("status")).to_contain_text("8 kutsua lähtee 10 minuutin kuluttua")
    return page.url


def fill(page: Page, process: str) -> None:
    """The phase is opened, its two outputs are written, and it is submitted."""
    page.goto(f"{process}/vaihe/{PHASE}")
    page.get_by_role("button", name="Aloita vaihe").click()
    for name, document in OUTPUTS.items():
        page.goto(f"{process}/vaihe/{PHASE}")
        page.get_by_role("heading", name=name).get_by_role("link").click()
        page.fill("#text", DOCUMENTS.joinpath(document).read_text("utf-8"))
        go_on(page, "Tallenna")
    page.goto(f"{process}/vaihe/{PHASE}")
    page.get_by_role("button", name="Toimita tarkistuspisteeseen").click()
    expect(page.locator("main")).to_contain_text("Tarkistuspisteessä")


def take(page: Page, name: str, kind: str, reason: str = "") -> None:
    """Somebody invited goes from the inbox to the stance."""
    as_(page, name)
    page.get_by_role("link", name="Ota kantaa").first.click()
    page.get_by_role("link", name="Ota kantaa").first.click()
    page.click(f'label[for="{"kind" if kind == "accept" else f"kind-{kind}"}"]')
    if reason:
        page.fill("#reason", reason)
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.get_by_role("status")).to_contain_text("Kantasi on kirjattu")


def answer(page: Page, checkpoint: str, item: str, words: str) -> None:
    """The preparer answers an objection in writing."""
    page.goto(checkpoint)
    thread = page.locator(f"#{item}")
    thread.locator("summary", has_text="Vastaa perusteluihin").click()
    thread.get_by_text("Ei muutettu, perustelu").click()
    thread.locator(f"#answer-{item}").fill(words)
    thread.get_by_role("button", name="Kirjaa vastaus").click()
    expect(page.locator(f"#{item}")).to_contain_text(words)


def withdraw(page: Page, checkpoint: str, item: str) -> None:
    """Who objected is satisfied with the answer; nobody else can say so."""
    page.goto(checkpoint)
    page.locator(f"#{item}").get_by_role("button", name="Perun vastustukseni, kannatan").click()


def record_dissent(page: Page, checkpoint: str, item: str, words: str) -> None:
    """The preparer records an objection as dissent, with a written reason."""
    page.goto(checkpoint)
    thread = page.locator(f"#{item}")
    thread.locator("summary", has_text="Kirjaa eriäväksi mielipiteeksi").click()
    thread.locator(f"#why-{item}").fill(words)
    thread.get_by_role("button", name="Kirjaa eriäväksi mielipiteeksi").click()


def assess(page: Page, checkpoint: str) -> None:
    """The named person says of each matter that is theirs that it holds."""
    page.goto(checkpoint)
    waiting = page.locator("form[action*='/arvioi/']:not(details form)")
    waiting.first.get_by_label("Perustelu (vapaaehtoinen)").fill("Luin sen läpi.")
    for _ in range(waiting.count()):
        waiting.first.get_by_text("Täyttyy", exact=True).click()
        waiting.first.get_by_role("button", name="Kirjaa arvio").click()
        expect(page.get_by_role("status")).to_contain_text("Arvio on kirjattu")
    expect(waiting).to_have_count(0)
    expect(page.locator(".tested")).to_contain_text("Luin sen läpi.")
    page.get_by_text("Muuta arviota").first.click()
    assessed = page.locator("details[open] form[action*='/arvioi/']")
    expect(assessed.locator("[value=yes]")).to_be_checked()
    expect(assessed.get_by_label("Perustelu (vapaaehtoinen)")).to_have_value("Luin sen läpi.")


def state_ready(page: Page, checkpoint: str) -> None:
    """The preparer states that the phase is ready."""
    page.goto(f"{checkpoint}/tulos")
    page.click('label[for="outcome"]')
    page.get_by_role("button", name="Totea tulos").click()
    expect(page.locator("main")).to_contain_text("Tarkistuspisteen tulos: etenee")


def fetch(page: Page, checkpoint: str) -> bytes:
    """The paper of the package that was locked, once the flows have made it."""
    link = page.locator('a[href$="/package.pdf"]')
    for _ in range(LOOKS):
        page.goto(checkpoint)
        if link.count():
            break
        page.wait_for_timeout(EACH)
    with page.expect_download() as fetched:
        link.first.click()
    return Path(fetched.value.path()).read_bytes()


def test_from_the_first_page_to_the_papers_of_a_phase(browsing: Browsing):
    page = browsing.anybody(accept_downloads=True)
    page.set_default_timeout(60_000)
    page.goto("/")
    page.get_by_role("button", name=COORDINATOR).wait_for(timeout=PATIENCE * 1000)  # its town is being played
    browsing.complaints.clear()  # until then the page says so with status 503

    as_(page, COORDINATOR)
    process = create(page)
    checkpoint = f"{process}/tarkistuspiste/{PHASE}"
    fill(page, process)

    take(page, OBJECTOR, "object", "Kotihoidon matkoja ei ole laskettu.")
    take(page, DISSENTER, "object", "Järjestöjen osuus puuttuu.")
    as_(page, PREPARER)
    answer(page, checkpoint, "o1", "Matkat on laskettu liitteeseen.")
    answer(page, checkpoint, "o2", "Osuus tarkennetaan myöhemmin.")
    record_dissent(page, checkpoint, "o2", "Järjestöjen osuus ratkaistaan tuottamistavassa.")
    as_(page, OBJECTOR)
    withdraw(page, checkpoint, "o1")
    for name in MEMBERS:
        take(page, name, "accept")
    as_(page, ASSESSOR)
    assess(page, checkpoint)
    as_(page, PREPARER)
    state_ready(page, checkpoint)

    as_(page, COORDINATOR)
    assert fetch(page, checkpoint)[:5] == b"%PDF-"
    expect(page.locator("main")).to_contain_text("Järjestöjen osuus puuttuu.")
