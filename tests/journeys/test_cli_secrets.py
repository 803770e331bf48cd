"""What is secret is kept from those who do not work upon it, whichever verb they try."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

WORD = "Liikesalaisuus"
GROUND = "JulkL 24 § 1 mom. 20 kohta"
OTHERS = ("auditor", "protection")
TEXT = f"# Selvitys\n\n{WORD}.\n\n| Tunnus | Tarve |\n|---|---|\n| T1 | {WORD}kyyti |\n"


@pytest.fixture
def hidden(town: Any, tmp_path: Path) -> str:
    """A process with a secret version in its first round, and another secret draft over it."""
    here = Path(__file__).parent
    text = (here / "kylakoulut.yaml").read_text(encoding="utf-8").replace("id: kylakoulut", "id: salassa", 1)
    definition, document = tmp_path / "salassa.yaml", tmp_path / "selvitys.md"
    definition.write_text(text.replace("kind: general", "kind: production_need", 1), encoding="utf-8")
    town("load", str(definition), as_="administrator")
    roles = ["--role", "preparer=preparer", "--role", "owner=owner"]
    town("create", "salassa", "--start", "2026", *roles, as_="coordinator")
    town("open", "salassa", "1", as_="coordinator")
    secret = ["--publicity", "secret", "--paragraph", GROUND, "--attach", str(document)]
    for words in (TEXT, TEXT + "\nLisäys.\n"):
        document.write_text(words, encoding="utf-8")
        town("draft", "save", "salassa", "1", "koulumatkaselvitys", str(document), *secret, as_="owner")
        town("submit" if words == TEXT else "revise", *_what(words), as_="owner")
    return "salassa"


def _what(words: str) -> list[str]:
    first = ["salassa", "1"]
    return first if words == TEXT else [*first, "koulumatkaselvitys", "--reason", "Lisätty kohta"]


def doors(process: str, folder: Path) -> list[list[str]]:
    """Every verb that tells what an output says."""
    output = [process, "1", "koulumatkaselvitys"]
    return [
        ["draft", "show", *output, "--out", str(folder / "ulos.md")],
        ["draft", "compare", *output],
        ["compare", *output],
        ["template", *output, "--out", str(folder / "pohja.xlsx")],
        ["read", *output, str(folder / "selvitys.md"), "--check"],
    ]


@pytest.mark.parametrize("person", OTHERS)
def test_no_verb_tells_what_is_secret_to_others(town: Any, hidden: str, tmp_path: Path, person: str) -> None:
    for words in doors(hidden, tmp_path):
        done = town(*words, as_=person, code=1)
        assert "secret (JulkL 24 §" in " ".join(done.err.split()), words
        assert WORD not in done.out + done.err
    assert not (tmp_path / "ulos.md").exists()
    assert not (tmp_path / "pohja.xlsx").exists()
    assert town("trace", hidden, "--json", as_=person).json["needs"] == []
    assert "selvitys.md" not in town("draft", "show", hidden, "1", as_=person).out
    assert town("draft", "show", hidden, "1", "--json", as_=person).json["drafts"][0]["attachments"] == []


@pytest.mark.parametrize("person", ["owner", "parent", "registrar"])
def test_whoever_works_upon_it_is_told_by_every_verb(town: Any, hidden: str, tmp_path: Path, person: str) -> None:
    for words in doors(hidden, tmp_path):
        town(*words, as_=person)
    assert [one["id"] for one in town("trace", hidden, "--json", as_=person).json["needs"]] == ["T1"]
    assert "selvitys.md" in town("draft", "show", hidden, "1", as_=person).out


def test_the_public_edition_of_an_export_holds_nothing_of_it(town: Any, hidden: str, tmp_path: Path) -> None:
    town("export", hidden, "--to", str(tmp_path / "julkinen.zip"))
    with zipfile.ZipFile(tmp_path / "julkinen.zip") as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert WORD.encode() not in held
    assert b"selvitys.md" not in held
