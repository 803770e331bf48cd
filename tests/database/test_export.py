"""An exported process is read and verified by a plain Python, which knows nothing of Etappi."""

import json
import random
import resource
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from chronicle import START, TOWN, Chronicle
from stories import Copy

from models import commands as c
from models.errors import Broken, NoRoom, NotFound, Refused
from models.proof.export import NAMES, export
from models.proof.verify import verify
from models.proof.whole_zip import whole_zip
from models.storage.database import Database

PYTHON = Path(sys.base_prefix) / "bin" / "python3"  # not the environment's, and told to look at nothing of it


def exported(story: Copy, folder: Path, process: str, *, public: bool = False) -> Path:
    """The unpacked export."""
    folder.mkdir(exist_ok=True)
    place = export(story.database, story.files, TOWN, process, folder, story.town.clock(), public=public)
    unpacked = folder / place.stem
    with zipfile.ZipFile(place) as archive:
        archive.extractall(unpacked)
    return unpacked


def checked(unpacked: Path, *anchors: str) -> tuple[bool, str]:
    """Whether the script finds that it holds, and what it says."""
    command = [str(PYTHON), "-I", "-S", "-W", "error", str(unpacked / "verify_record.py"), *anchors]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    assert done.stderr == ""
    assert (done.returncode == 0) == ("\nholds; its anchor is" in done.stdout), done.stdout
    return done.returncode == 0, done.stdout


def words_of(story: Copy) -> list[str]:
    """Every personal value there is, and those that were redacted: what nobody outside may read."""
    with story.database.reading() as session:
        return [row[0] for row in session.all("select value from personal")]


def bytes_of(unpacked: Path) -> bytes:
    return b"\n".join(file.read_bytes() for file in sorted(unpacked.rglob("*")) if file.is_file())


# --- whole editions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("public", [False, True])
def test_every_process_holds_in_both_editions(story: Copy, tmp_path: Path, public: bool) -> None:
    for process in (story.told.decided, story.told.going_on, story.told.stopped):
        unpacked = exported(story, tmp_path / "out", process, public=public)
        holds, said = checked(unpacked)
        assert holds, said
        (head,) = [head for head in story.heads if head.startswith(f"{process}:")]
        assert f"its anchor is {head}" in said
        assert head in (unpacked / "README.md").read_text("utf-8")
        assert ("not in this edition" in said) == public


def test_the_full_edition_has_every_file_and_value_of_the_process(story: Copy, tmp_path: Path) -> None:
    unpacked = exported(story, tmp_path, story.told.decided)
    named = {entry["name"] for entry in json.loads((unpacked / "files.json").read_text("utf-8"))}
    assert {"vision.md", "muistio.txt", "luvut.csv", "ProcessCreated.txt", "RenditionRecorded.txt"} <= named
    kept = json.loads((unpacked / "personal.json").read_text("utf-8"))
    with story.database.reading() as session:
        rows = session.all(
            "select commitment, value from personal p join process_head h on h.id = p.process_id where h.key = :key",
            {"key": story.told.decided},
        )
    assert rows
    assert {commitment: kept[commitment][1] for commitment, _ in rows} == dict(rows)


def test_the_public_edition_has_no_personal_value_and_no_file_that_is_not_public(story: Copy, tmp_path: Path) -> None:
    unpacked = exported(story, tmp_path, story.told.decided, public=True)
    content = bytes_of(unpacked).decode()
    assert [word for word in words_of(story) if word in content] == []
    assert "Salaista" not in content
    assert "Sisäinen muistio" not in content
    assert "muistio.txt" not in content, "what a file that is not public is called is not told either"
    listed = json.loads((unpacked / "files.json").read_text("utf-8"))
    assert {entry["name"] for entry in listed} == {"vision.md", "luvut.csv", "structure.md"}, "made public, too"
    assert {entry["sha256"] for entry in listed} == {file.name for file in (unpacked / "files").iterdir()}


def test_the_public_edition_tells_of_no_member_what_they_said_or_heard(story: Copy, tmp_path: Path) -> None:
    unpacked = exported(story, tmp_path, story.told.decided, public=True)
    with story.database.reading() as session:
        seats = [row[0] for row in session.all("select distinct seat from round_seat")]
    record = (unpacked / "record.jsonl").read_text("utf-8")
    told = [json.loads(line) for line in record.splitlines()]
    assert seats and not set(seats) & set(NAMES.findall(bytes_of(unpacked).decode()))
    types = {one.get("type") for one in told}
    assert not types & {"StanceTaken", "StanceConfirmed", "MeetingRecorded", "RemindersFellDue"}
    assert {"ProcessCreated", "ObjectionAnswered", "CheckpointPassed", "HandlingRecorded"} <= types


def test_the_full_edition_says_what_was_redacted_and_has_none_of_it(story: Copy, tmp_path: Path) -> None:
    unpacked = exported(story, tmp_path, story.told.decided)
    _, said = checked(unpacked)
    assert "peitetty: 1 personal values and 2 files were redacted" in said
    assert not (unpacked / "files" / story.told.redacted_file).exists()
    kept = json.loads((unpacked / "personal.json").read_text("utf-8"))
    assert not set(story.told.redacted_values) & set(kept)


def test_what_was_exported_before_a_redaction_still_holds_and_what_is_exported_after_it_has_less(
    story: Copy, tmp_path: Path
) -> None:
    process = story.told.going_on
    before = exported(story, tmp_path / "before", process)
    values = tuple(o.text for o in story.town.state(process).objections.values())
    story.town.does(process, "protector", c.Redact(commitments=values, ground="Tietosuoja-asetus 17 artikla"))
    after = exported(story, tmp_path / "after", process)
    assert checked(before)[0]
    assert checked(after)[0]
    assert "not this" in bytes_of(before).decode()
    assert "not this" not in bytes_of(after).decode()


def test_separators_in_words_do_not_break_lines(story: Copy, tmp_path: Path) -> None:
    town: Chronicle = story.town
    command = c.CreateProcess(
        definition=town.definition,
        title="Toinen\u2028rivi\x85ja\x0bkolmas\r\nneljäs",
        start=START,
        roles={slot: slot for slot in ("coordinator", "preparer", "owner", "assessor")},
        groups={group: f"the-{group}" for group in ("teachers", "neighbours")},
    )
    process = town.engine.handle(TOWN, command, "coordinator", process=None).process
    assert checked(exported(story, tmp_path, process))[0]


# --- damage -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("public", [False, True])
def test_a_changed_byte_anywhere_in_what_is_proved_is_found(story: Copy, tmp_path: Path, public: bool) -> None:
    unpacked = exported(story, tmp_path, story.told.decided, public=public)
    rng = random.Random(7)
    files = [f for f in sorted(unpacked.rglob("*")) if f.is_file() and f.suffix not in (".md", ".py", ".yaml")]
    chosen = [f for f in files if f.parent == unpacked and f.name != "files.json"]
    for folder in ("packages", "manifests", "versions", "files"):
        chosen += rng.sample(sorted((unpacked / folder).glob("*")), 0 if public and folder == "versions" else 1)
    for file in chosen:
        content = file.read_bytes()
        if file.name == "personal.json" and public:
            continue  # it says {} and nothing else
        at = max(content.rfind(b"a", 0, rng.randrange(len(content) // 2, len(content))), content.find(b"a"), 0)
        file.write_bytes(content[:at] + b"b" + content[at + 1 :])
        holds, said = checked(unpacked)
        assert not holds, f"{file}: {said}"
        assert "DOES NOT HOLD" in said
        file.write_bytes(content)
    assert checked(unpacked)[0]


def test_a_missing_part_is_found_and_named(story: Copy, tmp_path: Path) -> None:
    unpacked = exported(story, tmp_path, story.told.decided)
    for folder in ("packages", "manifests", "versions", "files"):
        file = sorted((unpacked / folder).iterdir())[0]
        content = file.read_bytes()
        file.unlink()
        holds, said = checked(unpacked)
        assert not holds
        assert f"{folder}/{file.name} is missing" in said
        file.write_bytes(content)
    (unpacked / "personal.json").write_text("{}")
    assert "personal values are missing" in checked(unpacked)[1]


def test_a_file_too_many_is_found(story: Copy, tmp_path: Path) -> None:
    unpacked = exported(story, tmp_path, story.told.going_on, public=True)
    (unpacked / "files" / ("0" * 64)).write_text("slipped in")
    assert not checked(unpacked)[0]


@pytest.mark.parametrize("name", ["record.jsonl", "about.json", "personal.json", "files.json", "definition.json"])
@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"[", b"[1]", b"{}", b"null"])
def test_an_unreadable_part_is_told_plainly(story_once: Path, tmp_path: Path, name: str, content: bytes | None) -> None:
    file = story_once / name
    kept = file.read_bytes()
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    try:
        holds, said = checked(story_once)
    finally:
        file.write_bytes(kept)
    assert not holds
    assert "DOES NOT HOLD" in said


@pytest.fixture(scope="module")
def story_once(story_in_sqlite, tmp_path_factory: pytest.TempPathFactory) -> Path:  # type: ignore[no-untyped-def]
    """One full export, unpacked, that tests put back as it was."""
    town = story_in_sqlite.chronicle
    folder = tmp_path_factory.mktemp("export")
    copy = shutil.copy(story_in_sqlite.name, folder / "etappi.sqlite3")  # an export keeps an anchor in the database
    database = Database(f"sqlite:///{copy}")
    place = export(database, town.files, TOWN, story_in_sqlite.told.decided, folder, town.clock())
    with zipfile.ZipFile(place) as archive:
        archive.extractall(folder / "unpacked")
    database.close()
    return folder / "unpacked"


# --- anchors ------------------------------------------------------------------------------------------------------


def test_the_script_holds_the_record_against_an_anchor(story: Copy, tmp_path: Path) -> None:
    process = story.told.going_on
    unpacked = exported(story, tmp_path, process)
    (head,) = [head for head in story.heads if head.startswith(f"{process}:")]
    assert checked(unpacked, head)[0]
    assert checked(unpacked, f"testila/{head}")[0]
    story.town.accepts(process, "image", "teachers-3")
    later = exported(story, tmp_path / "later", process)
    assert checked(later, head)[0], "an anchor of a while ago holds as long as nothing before it was changed"
    changed = head[:-12] + "0" * 12
    for wrong in (changed, head[:20], head.replace(process, "other"), f"{process}:0:{'0' * 64}", "words"):
        assert not checked(unpacked, wrong)[0], wrong


def test_an_export_is_kept_as_an_anchor_of_the_database_once(story: Copy, tmp_path: Path) -> None:
    before = verify(story.database, story.files).anchors
    exported(story, tmp_path, story.told.going_on)
    exported(
        story, tmp_path / "again", story.told.going_on
    )  # as after one that was killed before its file had its name
    told = verify(story.database, story.files)
    assert told.holds
    assert told.anchors == before + 1


# --- refusals -----------------------------------------------------------------------------------------------------


def test_nothing_is_written_over_and_nothing_half_is_left(story: Copy, tmp_path: Path) -> None:
    process, clock = story.told.going_on, story.town.clock()
    place = export(story.database, story.files, TOWN, process, tmp_path / "one.zip", clock)
    content = place.read_bytes()
    with pytest.raises(Refused, match="is there already"):
        export(story.database, story.files, TOWN, process, place, clock)
    assert place.read_bytes() == content
    with pytest.raises(Refused, match="no folder"):
        export(story.database, story.files, TOWN, process, tmp_path / "nowhere" / "one.zip", clock)
    with pytest.raises(NotFound, match="nothing"):
        export(story.database, story.files, TOWN, "nothing", tmp_path / "two.zip", clock)
    document = next(iter(story.files.folder.glob("??/*")))
    for file in story.files.folder.glob("??/*"):
        file.unlink()
    with pytest.raises(Broken, match="is missing; `etappi verify`"):
        export(story.database, story.files, TOWN, process, tmp_path / "two.zip", clock)
    assert not document.exists()
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".zip", ".part")) == ["one.zip"]


def test_a_zip_comes_to_its_place_in_one_step(tmp_path: Path) -> None:
    place = tmp_path / "one.zip"
    with whole_zip(place) as archive:
        archive.writestr("a.txt", "all of it")
        assert not place.exists()
    assert zipfile.ZipFile(place).read("a.txt") == b"all of it"
    with pytest.raises(KeyError), whole_zip(tmp_path / "two.zip") as archive:
        archive.writestr("a.txt", "half of it")
        raise KeyError
    assert list(tmp_path.iterdir()) == [place]


def test_a_zip_whose_writer_is_killed_is_not_there_and_can_be_written_again(tmp_path: Path) -> None:
    place = tmp_path / "one.zip"
    writing = "import os, pathlib, sys; from models.proof.whole_zip import whole_zip\n"
    writing += "with whole_zip(pathlib.Path(sys.argv[1])) as archive:\n"
    writing += "    archive.writestr('a.txt', 'x' * 1_000_000); os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", writing, str(place)], check=False).returncode == -signal.SIGKILL
    assert not place.exists()
    with whole_zip(place) as archive:
        archive.writestr("a.txt", "all of it")
    assert list(tmp_path.iterdir()) == [place]


def test_a_full_disk_leaves_nothing_half_written(story: Copy, tmp_path: Path) -> None:
    """The system lets no file grow beyond 8 kB for a while, which to a writer is a full disk."""
    folder = tmp_path / "out"
    folder.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        with pytest.raises(NoRoom, match="The disk is full"):
            exported(story, folder, story.told.decided)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(folder.iterdir()) == []
    assert checked(exported(story, folder, story.told.decided))[0]
