"""Two people at once, each at a command line of their own."""

import os
import subprocess
import sys

ETAPPI = (sys.executable, "-c", "from app.cli import main; main()")


def begin(town, person: str, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, **town.environment, "ETAPPI_AS": person}
    return subprocess.Popen(
        [*ETAPPI, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def ended(running: subprocess.Popen[str]) -> tuple[int, str]:
    out, err = running.communicate()
    return running.returncode, out + err


def test_people_take_their_stances_in_the_same_moment(town, at_checkpoint) -> None:
    people = ("parent", "villager", "teacher", "specialist")
    running = [begin(town, person, "stance", at_checkpoint, "1", "--accept") for person in people]
    assert [told for code, told in map(ended, running) if code] == []
    groups = town("status", at_checkpoint, "--json", as_="coordinator").json["rounds"][0]["groups"]
    assert [group["accept"] for group in groups] == [2, 2]
    town("verify")


def test_of_two_who_pass_at_once_one_is_refused(town, at_checkpoint) -> None:
    for person in ("parent", "villager", "teacher", "specialist"):
        town("stance", at_checkpoint, "1", "--accept", as_=person)
    town("opportunity", at_checkpoint, "1", "oppilaat", "--how", "Kokous", as_="coordinator")
    town("assess", at_checkpoint, "1", "selkea", "--holds", as_="coordinator")
    running = [begin(town, "preparer", "pass", at_checkpoint, "1") for _ in range(2)]
    codes = sorted(ended(one)[0] for one in running)
    assert codes == [0, 1]
    record = town("record", at_checkpoint, "--json", as_="coordinator").json["happened"]
    assert [one["type"] for one in record].count("CheckpointPassed") == 1


def test_who_insists_on_what_they_read_is_overtaken_when_it_changed(town, at_checkpoint, document) -> None:
    read = town("show", at_checkpoint, "1", "--json", as_="teacher").json["tarkiste"]
    output = "koulumatkaselvitys"
    town("draft", "save", at_checkpoint, "1", output, document("Matka kestää 45 minuuttia."), as_="owner")
    town("revise", at_checkpoint, "1", output, "--reason", "Tarkennettu", as_="owner")
    stance = ["stance", at_checkpoint, "1", "--accept", "--seen"]
    overtaken = town(*stance, read[:12], as_="teacher", code=1)
    assert overtaken.err.startswith("What you were looking at has changed: the outputs in the round are other versions")
    now = town("show", at_checkpoint, "1", "--json", as_="teacher").json["tarkiste"]
    assert now[:12] in overtaken.err
    town(*stance, now[:12], as_="teacher")
    assert "Give at least 6 characters" in town(*stance, "ab", as_="teacher", code=2).err


def test_who_passes_may_insist_on_all_that_was_said(town, at_checkpoint) -> None:
    read = town("show", at_checkpoint, "1", "--json", as_="preparer").json["digest"]
    town("stance", at_checkpoint, "1", "--object", "Kyydit puuttuvat", as_="parent")
    refused = town("pass", at_checkpoint, "1", "--seen", read, as_="preparer", code=1)
    assert "or stances, objections or conditions have changed" in refused.err


def test_a_draft_saved_by_somebody_else_is_not_written_over(town, at_checkpoint, document) -> None:
    save = ["draft", "save", at_checkpoint, "1", "koulumatkaselvitys", document("Toinen.", "toinen.md")]
    town(*save, "--revision", "1", as_="owner")
    done = town(*save, "--revision", "1", as_="coordinator", code=1)
    assert "somebody else has saved the draft" in done.err
