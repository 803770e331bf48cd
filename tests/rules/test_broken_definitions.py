"""Each way to break a definition is told with its line, in a sentence that says what to do."""

from pathlib import Path

import pytest

from models.definitions.file import read_definition
from models.errors import DefinitionError

GOOD = (Path(__file__).parent / "small_definition.yaml").read_text(encoding="utf-8")

BROKEN: list[tuple[str, str, int, str]] = [
    # what stands in the good one, what is written instead, the line that is told, a part of the sentence
    # --- the file and YAML ---
    ("id: pieni\n", "\tid: pieni\n", 2, "There is a tab here"),
    (
        "id: pieni\n",
        "id: pieni\nid: toinen\n",
        3,
        '"id" stands here a second time (first on line 2). Keep one of them.',
    ),
    ("id: pieni\n", "id: &tunnus pieni\n", 2, '"&tunnus" is not allowed here: write the value out where it is needed.'),
    ("id: pieni\n", "id: !!python/name:os.system pieni\n", 2, "A tag (!…) is not allowed here"),
    ("name: {fi: Pieni prosessi}", "name: {fi: Pieni: prosessi}}", 4, "This is not YAML"),
    ("name: {fi: Pieni prosessi}", "name: {fi: @pieni}", 4, "A text cannot begin with @ unless it is in quotes."),
    ("retention:\n", "---\nretention:\n", 75, 'A second document begins here ("---").'),
    # --- the shape ---
    ("format: 1", "format: 2", 1, '"format" is "2", but it must be 1.'),
    ("id: pieni", "id: Pieni Prosessi", 2, '"id" is "Pieni Prosessi", but it must be an id: small letters a-z'),
    ('version: "1"', "versio: 1", 3, 'A definition has no "versio"; did you mean "version"?'),
    ("languages: [fi]", "languages: [fi, se]", 5, '"languages" is "se", but it must be one of fi, sv, en.'),
    ("kind: council}", "kind: councill}", 19, '; did you mean "council"?'),
    ("    name: {fi: Malli}\n", "    nimi: {fi: Malli}\n", 52, 'A phase has no "nimi"'),
    (
        "{id: laatija, name: {fi: Laatija}}",
        "{id: laatija, name: }",
        14,
        '"name" is empty, but it must be texts such as',
    ),
    (
        "{id: laatija, name: {fi: Laatija}}",
        "{id: laatija, name: {no: Laatija}}",
        14,
        'A text has no "no". Known: en, fi, sv.',
    ),
    (
        "{id: laatija, name: {fi: Laatija}}",
        "{id: laatija}",
        14,
        'This role lacks "name": add texts such as {fi: …, sv: …',
    ),
    ("to: {month: 2}}", "to: 31.6.}", 34, '"to" is "31.6.", but it must be a day such as {month: 6, day: 30}'),
    (
        "to: {month: 2}}",
        "to: {date: 28.2.2027}}",
        34,
        "but it must be a date such as 2027-06-30; did you mean 2027-02-28?",
    ),
    ("to: {month: 2}}", "to: {date: 20270228}}", 34, '"date" is "20270228", but it must be a date such as 2027-06-30.'),
    (
        "to: {month: 2}}",
        "to: {month: helmikuu}}",
        34,
        '"month" is "helmikuu", but it must be a whole number from 1 to 12.',
    ),
    ("to: {month: 2}}", "to: {month: 2, day: x}}", 34, '"day" is "x", but it must be a number from 1 to 31, or last.'),
    (
        "3 working days before",
        "3 päivää ennen",
        27,
        'but it must be "on the day" or for example "3 working days before"',
    ),
    ("quorum: 2/3", "quorum: puolet", 45, 'but it must be a share such as "1/2" or a number of seats such as "5".'),
    ("time: 9.00-15.00", "time: klo 9", 65, 'but it must be a time of day such as "9.00" or "9.00-15.00".'),
    ("months: 0", "months: -1", 76, '"months" is "-1", but it must be a whole number from 0.'),
    (
        "groups: [{group: laajennettu-jory}]",
        "groups: []",
        62,
        '"groups" is a list of 0, but it must be a list with at least 1',
    ),
    # --- names ---
    ("{id: asukkaat, name", "{id: laajennettu-jory, name", 17, '"laajennettu-jory" is the id of two things here.'),
    (
        "{id: malli-1, name",
        "{id: kuvaus, name",
        56,
        '"kuvaus" is already an output of the phase kuva. Give it another id.',
    ),
    ("id: valmis\n", "id: tp1\n", 58, 'Two checkpoints have the id "tp1". Give one another id.'),
    ("roles:\n  - {id: coordinator,", "roles:\n  - {id: koordinaattori,", 11, 'There is no role "coordinator".'),
    (
        "{group: laajennettu-jory}",
        "{group: jory}",
        62,
        'There is no working group "jory"; did you mean "laajennettu-jory"?',
    ),
    (
        "{id: kuvaus, name: {fi: Kuvaus}, owner: laatija}",
        "{id: kuvaus, name: {fi: Kuvaus}, owner: ladija}",
        39,
        '"laatija"?',
    ),
    ("body: nuoret", "body: vanhukset", 67, 'There is no body "vanhukset". Known: hallitus, nuoret, valtuusto.'),
    ("inputs: [strategia]", "inputs: [ohjelma]", 36, 'There is no programme "ohjelma". Known: strategia.'),
    ("proposed: kevat", "proposed: kesa", 10, 'There is no reading "kesa"'),
    ("{aika: syksy}", "{aikaa: syksy}", 35, 'There is no choice "aikaa"; did you mean "aika"?'),
    ("{aika: syksy}", "{aika: syksyn}", 35, 'The choice "aika" has no reading "syksyn"; did you mean "syksy"?'),
    ("languages: [fi]", "languages: [sv]", 5, 'Finnish ("fi") must be among the languages'),
    # --- phases and checkpoints ---
    ("receives: [kuva]", "receives: [malli]", 53, 'The phase "malli" is not before "malli"'),
    ("receives: [kuva]", "receives: []", 30, 'No later phase receives from "kuva"'),
    (
        "    participation: [{id: ilta, name: {fi: Asukasilta}}]\n",
        "",
        30,
        'The phase "kuva" has no means of taking part.',
    ),
    ("kind: readiness", "kind: transfer", 60, '"malli" is the last phase: its checkpoint is of the kind readiness.'),
    ("carries: [kuva, malli]", "carries: [kuva]", 61, 'A checkpoint carries at least its own phase: add "malli"'),
    ("id: tp1\n", "id: tp1\n      carries: [kuva, malli]\n", 42, '"malli" comes after "kuva"'),
    ("at_least: 1", "at_least: 3", 46, "3 groups are asked for, but the checkpoint has 2."),
    ("quorum: 2/3", "quorum: 3/2", 45, 'The quorum "3/2" is more than all seats.'),
    ("covers: [kuvaus]", "covers: [kuva]", 44, 'The checkpoint carries no output "kuva"; did you mean "kuvaus"?'),
    (
        "owner: laatija}]\n    checkpoint:\n      id: valmis",
        "owner: preparer}]\n    checkpoint:\n      id: valmis",
        56,
        "Choose another",
    ),
    ("assessed_by: laatija}", "assessed_by: laatija, computed: groups-answered}", 49, "and not both."),
    (
        "computed: affected-heard",
        "computed: affected-hear",
        48,
        'There is no check "affected-hear"; did you mean "affected-heard"?',
    ),
    ("    affected: [{id: henkilosto, name: {fi: Henkilöstö}}]\n", "", 47, "names no affected groups to be heard."),
    (
        "  - {id: nuorten, name: {fi: Nuorten lausunto}, body: nuoret, phase: malli}\n",
        "",
        66,
        '"statements" is empty, but it must be a list',
    ),
    (
        "statements:\n  - {id: nuorten, name: {fi: Nuorten lausunto}, body: nuoret, phase: malli}\n",
        "",
        63,
        'No statement is asked by the end of "malli".',
    ),
    ("id: tp1\n", "id: tp1\n      kind: readiness\n", 42, "Only the last phase has a checkpoint of the kind readiness"),
    ("{id: selkea,", "{id: asukkaat,", 49, '"asukkaat" is also a group of this checkpoint.'),
    ("inputs: [strategia]\n", "no_participation_because: {fi: Ei}\n", 36, "and a reason for having none. Remove one"),
    # --- days ---
    (
        "to: {month: 2}}",
        "to: {month: 2, day: 30}}",
        34,
        "February has no day 30 that every year has; choose 1 to 28, or say last.",
    ),
    ("to: {month: 2}}", "to: {month: 2, start: true}}", 34, "A day is said in exactly one way"),
    ("to: {month: 2}}", "to: {date: 2027-02-28, day: 3}}", 34, "day and year belong to a month: add the month."),
    ("from: {month: 1}, to: {month: 2}", "from: {month: 3}, to: {month: 2}", 34, "This ends before it begins."),
    (
        "when: {aika: kevat}, ",
        "",
        33,
        'When "aika" is settled as "syksy", 2 sets of dates hold at once; exactly one must.',
    ),
    (
        "      - {when: {aika: syksy}, from: {month: 9}, to: {month: 10}}\n",
        "",
        33,
        'When "aika" is settled as "syksy", no dates',
    ),
    (
        "dates: [{from: {month: 11}, to: {month: 12}}]",
        "dates: [{from: {month: 7}, to: {month: 8}}]",
        54,
        "which it receives from",
    ),
    (
        "{from: {month: 2, year: 1}, to: {month: 3, year: 1}}",
        "{to: {month: 10}}",
        71,
        "The decision's window ends before",
    ),
    ("invitations: {month: 9, day: 26}", "invitations: {month: 10, day: 8}", 65, "leave on its day or later."),
    ("time: 9.00-15.00", "time: 15.00-9.00", 65, '"15.00-9.00" is no time of day.'),
    ("on: {to: {month: 10, day: 8}}, ", "", 65, '"tyopaja" has no day.'),
    ("phase: kuva}\n", "phase: kuva, least_days: 60}\n", 69, 'needs 60 days, but the phase "kuva" lasts 59.'),
    # --- reminders, the decision, what is kept ---
    ("to: chair}", "to: line_manager}", 28, "A line manager is never told whether somebody has taken a stance."),
    ("phases:\n", "  - {duty: stance, steps: []}\nphases:\n", 29, 'There are two ladders for "stance".'),
    ("on the day, to: chair", "3 working days before, to: holder", 28, "stands here twice. Keep one."),
    ("3 working days before", "0 working days before", 27, 'No days before or after is said "on the day".'),
    (
        "kind: proposal}",
        "kind: proposal, after: [paatos]}",
        73,
        '"paatos" does not stand before "ehdotus" in the chain.',
    ),
    ("after: [ehdotus]", "after: [ehdotukset]", 74, 'There is no handling "ehdotukset"; did you mean "ehdotus"?'),
    ("after: [ehdotus], ", "", 74, "without a proposal of the executive before it (Kuntalaki 39 and 93 §)."),
    (
        "body: valtuusto, kind: decision",
        "body: nuoret, kind: decision",
        74,
        '"nuoret" is asked for statements and never decides',
    ),
    (
        "kind: decision, after",
        "kind: proposal, after",
        72,
        'Nobody decides: one handling of the chain is of the kind "decision".',
    ),
    (", ground: Kuntalaki 14 §", "", 74, 'The decision "paatos" lacks its ground'),
    (
        "kind: proposal}\n    - {id: paatos,",
        "kind: proposal, date: 2027-03-02}\n    - {date: 2027-03-01, id: paatos,",
        74,
        'comes after "ehdotus", but that was later (2027-03-02).',
    ),
    ("months: 0", "months: 999999999", 76, "999999999 months are too many; give at most 1200."),
    ("phase: kuva}\n", "phase: kuva, least_days: 999999999}\n", 69, "needs 999999999 days; give at most 366."),
    ("then: archive", "then: destroy", 76, "it can only be archived."),
]


def problems(text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(DefinitionError) as caught:
        read_definition(text, "pieni.yaml")
    return [(problem.line, problem.sentence) for problem in caught.value.problems]


@pytest.mark.parametrize(("old", "new", "line", "sentence"), BROKEN)
def test_a_mistake_is_told_on_its_line(old: str, new: str, line: int, sentence: str) -> None:
    assert GOOD.count(old) == 1
    found = problems(GOOD.replace(old, new))
    assert [where for where, said in found if sentence in said] == [line], found
