"""Two municipalities in one installation: from one nobody sees or does anything in the other, by any verb."""

import shutil
from pathlib import Path

import pytest
from command_line import CommandLine

STRANGER = {"as_": "stranger"}
NEIGHBOUR = ("--municipality", "naapuri")
PROCESS = "kylakoulut"

ROUND = ("--phase", "1")

LOOKING = [
    ("status", PROCESS),
    ("show", PROCESS, "1"),
    ("record", PROCESS),
    ("export", PROCESS),
    ("export", PROCESS, "--full"),
    ("draft", "compare", PROCESS, "1", "koulumatkaselvitys"),
    ("draft", "show", PROCESS, "1", "koulumatkaselvitys"),
]
ACTING = [
    ("open", PROCESS, "1"),
    ("submit", PROCESS, "1"),
    ("revise", PROCESS, "1", "koulumatkaselvitys", "--reason", "x"),
    ("retract", PROCESS, "1", "--submission"),
    ("retract", PROCESS, "1", "--opening"),
    ("stance", PROCESS, "1", "--accept"),
    ("confirm", PROCESS, "1"),
    ("assess", PROCESS, "1", "selkea", "--holds"),
    ("pass", PROCESS, "1"),
    ("return", PROCESS, "1", "--reason", "x"),
    ("withdraw", PROCESS, "o1"),
    ("answer", PROCESS, "o1", "--unchanged", "x"),
    ("carry", PROCESS, "o1", "--owner", "stranger", "--due", "1.1.2030"),
    ("dissent", PROCESS, "o1", "--reason", "x"),
    ("file-dissent", PROCESS, "1", "--text", "x"),
    ("co-sign", PROCESS, "o1"),
    ("fulfil", PROCESS, "c1", "--how", "x"),
    ("opportunity", PROCESS, "1", "oppilaat", "--how", "x"),
    ("hold", PROCESS, "--reason", "x"),
    ("resume", PROCESS),
    ("stop", PROCESS, "--reason", "x"),
    ("close", PROCESS),
    ("hand-over", PROCESS, "--to", "stranger"),
    ("extend", PROCESS, "window:last", "--to", "30.9.2027", "--reason", "x"),
    ("amend", "role", PROCESS, "owner", "stranger", "--reason", "x"),
    ("meeting", "schedule", PROCESS, "kokous", "--at", "19.2.2027 9.00"),
    ("meeting", "cancel", PROCESS, "kokous", "--reason", "x"),
    ("meeting", "record", PROCESS, "kokous", *ROUND, "--group", "opettajat", "--present", "opettajat-1", "--memo", "x"),
    ("meeting", "correct", PROCESS, "kokous", "--stance", "accept"),
    ("statement", "ask", PROCESS, "nuoret", "--body", "valtuusto", *ROUND, "--due", "1.1.2030"),
    ("statement", "record", PROCESS, "nuoret", "--text", "x"),
    ("statement", "answer", PROCESS, "nuoret", "--text", "x"),
    ("hearing", "open", PROCESS, "kylailta", *ROUND, "--last", "1.1.2030", "--channel", "x"),
    ("hearing", "close", PROCESS, "kylailta", "--contributions", "1", "--summary", "x"),
    ("handling", "record", PROCESS, "valtuusto", "--kind", "decision", "--outcome", "approved", "--date", "1.1.2027"),
    ("handling", "minutes", PROCESS, "h1", "--inspected", "1.1.2027"),
    ("handling", "legal", PROCESS, "h1", "--state", "final", "--on", "1.1.2027"),
    ("cooperation", PROCESS, "--needed", "--why", "x"),
    ("correct-entry", PROCESS, "h1", "section", "56", "--reason", "x"),
    ("reopen", PROCESS, "--setting-up", "KH 7.6.2027 § 140"),
    ("amend", "group", PROCESS, "1", "opettajat", "--reason", "x"),
    ("amend", "remove-group", PROCESS, "1", "opettajat", "--reason", "x"),
    ("amend", "remove-criterion", PROCESS, "1", "selkea", "--reason", "x"),
    ("redact", PROCESS, "--file", "0" * 64, "--ground", "GDPR 17", "--yes"),
    ("draft", "save", PROCESS, "1", "koulumatkaselvitys", __file__),
]


@pytest.fixture(scope="module")
def both_towns(checkpoint_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town, with another one beside it that has an administrator of its own, who plays every part there."""
    both = CommandLine(Path(shutil.copytree(checkpoint_folder, tmp_path_factory.mktemp("both") / "town")))
    named = ["--name", "Naapurin kunta", "--administrator", "stranger", "--administrator-name", "Vieras"]
    both("init", "--municipality", "naapuri", *named)
    for role in ("coordinator", "registrar", "protection", "auditor"):
        both("role", "give", "stranger", role, *NEIGHBOUR, **STRANGER)
    return both.folder


@pytest.fixture
def neighbour(both_towns: Path, tmp_path: Path) -> CommandLine:
    return CommandLine(Path(shutil.copytree(both_towns, tmp_path / "town")))


@pytest.mark.parametrize("words", LOOKING + ACTING, ids=lambda words: " ".join(words[:2]))
def test_a_process_of_the_other_town_is_not_there(neighbour, words: tuple[str, ...], tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = neighbour(*words, *NEIGHBOUR, **STRANGER, code=2)
    assert done.err == f"There is no process named {PROCESS}.\n"
    assert "Selvitys" not in done.out
    assert [file for file in tmp_path.iterdir() if file.suffix == ".zip"] == []


def test_nobody_of_one_town_is_known_in_the_other(neighbour) -> None:
    assert "no person named stranger" in neighbour("status", "--municipality", "kyla", **STRANGER, code=2).err
    adding = neighbour("group", "add", "uusi", "--name", "Uusi", *NEIGHBOUR, as_="coordinator", code=2)
    assert "no person named coordinator" in adding.err


def test_lists_show_the_reader_s_own_town_only(neighbour) -> None:
    for words in (["status"], ["inbox"], ["person", "list"], ["group", "list"]):
        done = neighbour(*words, *NEIGHBOUR, **STRANGER)
        for name in ("Opettajat", "Sivistysjohtaja", PROCESS, "Kylän kunta"):
            assert name not in done.out, words
    for words in (["status"], ["person", "list"]):
        assert "Vieras" not in neighbour(*words, "--municipality", "kyla", as_="coordinator").out


def test_which_town_is_meant_has_to_be_said(neighbour) -> None:
    done = neighbour("status", as_="coordinator", code=2)
    assert "There are several municipalities; say --municipality: kyla, naapuri." in done.err


def test_each_town_verifies_by_itself(neighbour) -> None:
    for municipality in ("kyla", "naapuri"):
        assert "Everything holds" in neighbour("verify", "--municipality", municipality).out
