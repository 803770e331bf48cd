"""Word files of papers open in LibreOffice, hold the same text there, and keep to their pages."""

import re
import shutil
import subprocess
from pathlib import Path

import paper_samples as samples
import pytest
from paper_looking import pages, squeezed, word_text

from models.papers.agenda_item import agenda_item
from models.papers.package_paper import package_paper
from models.papers.paper import Grid
from tasks.papers.word import as_word

FIGURE = r"[+−]?\d{1,3}(?: \d{3})+"  # of more than three digits, as papers write it
FULL = ("nothing", "very much", "other scripts")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them, converted at once: starting LibreOffice takes most of the time."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is missing: install libreoffice-writer-nogui (make test does it where it may).")
    folder = tmp_path_factory.mktemp("word")
    for name, content in samples.FRONTS.items():
        (folder / f"agenda-{name}.docx").write_bytes(as_word(agenda_item(samples.package(**content))))
    for name in FULL:
        (folder / f"package-{name}.docx").write_bytes(as_word(package_paper(samples.package(**samples.FRONTS[name]))))
    (folder / "package-sv.docx").write_bytes(as_word(samples.every_paper("sv")["package"]))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    for form in ("pdf", "txt:Text (encoded):UTF8"):
        command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder, *folder.glob("*.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


def test_libreoffice_reads_the_same_text(written: Path) -> None:
    files = sorted(written.glob("*.docx"))
    assert len(files) == len(samples.FRONTS) + len(FULL) + 1
    for file in files:
        read = file.with_suffix(".txt").read_text("utf-8-sig")
        assert squeezed(read) == squeezed(word_text(file.read_bytes())), file.name


def test_the_agenda_item_is_at_most_two_pages_whatever_it_holds(written: Path) -> None:
    for file in written.glob("agenda-*.pdf"):
        assert len(pages(file.read_bytes())) <= 2, file.name


def test_the_front_of_a_package_is_two_pages_at_most_in_word_too(written: Path) -> None:
    for name, many in (("nothing", 1), ("very much", 2), ("other scripts", 2), ("sv", 1)):
        after = pages((written / f"package-{name}.pdf").read_bytes())[many]
        first = [line for line in after.splitlines() if line.strip()][1]
        assert re.match(r"\s*1 \S", first), (name, after[:300])


def test_no_figure_is_broken_over_two_lines_in_word(written: Path) -> None:
    paper = package_paper(samples.package(**samples.FRONTS["very much"]))
    grids = [block for part in paper.parts for block in part.blocks if isinstance(block, Grid) and block.numbers]
    figures = {row[at].replace("\u00a0", " ") for grid in grids for row in grid.rows for at in grid.numbers}
    long = {figure for figure in figures if re.fullmatch(FIGURE, figure)}
    assert len(long) >= 3
    printed = "\n".join(pages((written / "package-very much.pdf").read_bytes())).replace("\u00a0", " ")
    assert [figure for figure in long if figure not in printed] == []
