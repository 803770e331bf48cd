"""The three shipped definitions validate and say what their sources say."""

import datetime as dt
from pathlib import Path

import pytest

from models.canonical import canonical
from models.definitions.dates import chosen, combinations, date_of, dates_of, holds
from models.definitions.definition import Definition, Quote, Text
from models.definitions.file import definition_hash, read_definition
from models.definitions.rules import problems_of, warnings_of
from models.definitions.rules_references import parts_of
from models.definitions.schema import schema_text
from models.documents.decision_reference import Reference, parse_reference
from models.errors import NotValid
from models.words import BodyKind, CheckpointKind, DutyKind, GroupRule, HandlingKind, PhaseKind

CONFIG = Path(__file__).parents[2] / "config"
NAMES = ["kemijarvi-2030", "rauman-tarina-2013", "kemi-kaupunkistrategia-2023"]
BOXES = {"aikataulu": "laatikot"}
TEXTS = {"aikataulu": "tekstit"}


def shipped(name: str) -> Definition:
    path = CONFIG / "processes" / f"{name}.yaml"
    return read_definition(path.read_bytes(), path.name)


@pytest.fixture(scope="module")
def kemijarvi() -> Definition:
    return shipped("kemijarvi-2030")


@pytest.fixture(scope="module")
def rauma() -> Definition:
    return shipped("rauman-tarina-2013")


@pytest.fixture(scope="module")
def kemi() -> Definition:
    return shipped("kemi-kaupunkistrategia-2023")


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_definition_validates_and_reads_back_from_its_canonical_bytes(name: str) -> None:
    definition = shipped(name)
    again = Definition.model_validate_json(canonical(definition))
    assert definition.id == name
    assert (problems_of(definition), warnings_of(definition)) == ([], [])
    assert (again, definition_hash(again)) == (definition, definition_hash(definition))


@pytest.mark.parametrize("name", NAMES)
def test_every_text_stands_in_three_languages_and_every_quote_has_its_lines(name: str) -> None:
    for path, part in parts_of(shipped(name)):
        if isinstance(part, Text):
            assert part.fi and part.sv and part.en, path
        if isinstance(part, Quote):
            assert part.document in {"000", "001", "002", "003"} and part.lines and part.text, path


def test_the_schema_for_editors_is_the_one_of_the_shape() -> None:
    assert (CONFIG / "schema" / "process.schema.json").read_text(encoding="utf-8") == schema_text()


def test_layout_and_comments_do_not_change_the_hash_but_a_word_does(kemijarvi: Definition) -> None:
    text = (CONFIG / "processes" / "kemijarvi-2030.yaml").read_text(encoding="utf-8")
    moved = text.replace("languages: [fi, sv, en]", "languages:  # three\n  - fi\n  - sv\n  - en")
    assert definition_hash(read_definition(moved, "moved")) == definition_hash(kemijarvi)
    assert definition_hash(read_definition(text.replace("Vastuuvalmistelija", "Valmistelija"), "x")) != definition_hash(
        kemijarvi
    )


def test_kemijarvi_has_five_phases_four_transfers_one_readiness_and_a_register_of_needs(kemijarvi: Definition) -> None:
    kinds = [phase.checkpoint.kind for phase in kemijarvi.phases]
    assert [phase.kind for phase in kemijarvi.phases] == list(PhaseKind)[:5]
    assert kinds == [CheckpointKind.TRANSFER] * 4 + [CheckpointKind.READINESS]
    assert "tarverekisteri" in [output.id for output in kemijarvi.phases[1].outputs]


def test_the_fourth_checkpoint_carries_the_outputs_of_all_four_phases(kemijarvi: Definition) -> None:
    fourth = kemijarvi.phases[3].checkpoint
    assert fourth.carries == tuple(phase.id for phase in kemijarvi.phases[:4])
    assert all(phase.checkpoint.carries == () for phase in (*kemijarvi.phases[:3], kemijarvi.phases[4]))


def test_the_two_schedules_are_shown_with_the_quotes_of_both(kemijarvi: Definition) -> None:
    choice = kemijarvi.choices[0]
    assert [reading.id for reading in choice.readings] == ["laatikot", "tekstit"]
    assert choice.proposed == "laatikot"
    assert "JOULU-TAMMIKUU" in choice.readings[0].quotes[0].text
    assert "marraskuun loppuun" in choice.readings[1].quotes[0].text
    assert [len(phase.stated_dates) for phase in kemijarvi.phases] == [2, 0, 2, 2, 0]


def test_the_first_phase_of_a_process_started_in_2024_follows_the_schedule_chosen(kemijarvi: Definition) -> None:
    first, start = kemijarvi.phases[0], dt.date(2024, 12, 1)
    assert dates_of(chosen(first.dates, BOXES), start) == (dt.date(2024, 12, 1), dt.date(2025, 1, 31))
    assert dates_of(chosen(first.dates, TEXTS), start) == (None, dt.date(2024, 11, 30))
    assert date_of(chosen(kemijarvi.start, BOXES).to, dt.date(2024, 1, 1)) == start


def test_every_month_of_both_schedules_is_the_one_in_the_source(kemijarvi: Definition) -> None:
    start = dt.date(2027, 12, 1)
    boxes, texts = (
        [dates_of(chosen(phase.dates, choices), start)[1] for phase in kemijarvi.phases] for choices in (BOXES, TEXTS)
    )
    ends = [(2028, 1, 31), (2028, 2, 29), (2028, 3, 31), (2028, 4, 30), (2028, 5, 31)]
    assert boxes == [dt.date(*end) for end in ends]
    ends = [(2027, 11, 30), (2028, 1, 31), (2028, 2, 29), (2028, 3, 31), (2028, 5, 31)]
    assert texts == [dt.date(*end) for end in ends]


def test_there_is_one_window_of_the_decision_for_each_reading(kemijarvi: Definition) -> None:
    start = dt.date(2024, 12, 1)
    window = kemijarvi.decision.window
    assert dates_of(chosen(window, {"paatosikkuna": "kesa-elokuu"}), start) == (
        dt.date(2025, 6, 1),
        dt.date(2025, 8, 31),
    )
    assert dates_of(chosen(window, {"paatosikkuna": "elokuu"}), start) == (dt.date(2025, 8, 1), dt.date(2025, 8, 31))
    with pytest.raises(NotValid, match="0 dates hold"):
        chosen(window, {})


def test_there_are_four_input_programmes_or_three(kemijarvi: Definition) -> None:
    counts = {
        reading: sum(holds(programme.when, {"ohjelmat": reading}) for programme in kemijarvi.inputs)
        for reading in ("nelja", "kolme")
    }
    assert counts == {"nelja": 4, "kolme": 3}
    assert len(list(combinations(kemijarvi.choices, [{"aikataulu": "x", "ohjelmat": "y"}]))) == 4


def test_every_phase_of_kemijarvi_has_a_means_of_taking_part_and_ours_are_marked(kemijarvi: Definition) -> None:
    added = [phase.id for phase in kemijarvi.phases for means in phase.participation if means.inferred]
    assert all(phase.participation for phase in kemijarvi.phases)
    assert added == ["tuottamistarve", "operatiivinen-malli"]
    assert all("lisäyksemme" in kemijarvi.phases[i].participation[0].name.fi for i in (1, 4))


def test_staff_cooperation_is_judged_at_the_method_and_done_by_readiness(kemijarvi: Definition) -> None:
    must = [{one.computed for one in phase.checkpoint.criteria if one.must} for phase in kemijarvi.phases]
    assert ["staff-cooperation-judged" in one for one in must] == [False, False, True, False, False]
    assert ["staff-cooperation-done" in one for one in must] == [False, False, False, False, True]


def test_influence_bodies_are_asked_at_the_method_and_at_the_organisation(kemijarvi: Definition) -> None:
    kinds = {body.id: body.kind for body in kemijarvi.bodies}
    assert {kinds[statement.body] for statement in kemijarvi.statements} == {BodyKind.INFLUENCE}
    assert [statement.phase for statement in kemijarvi.statements] == ["tuottamistapa"] * 3 + [
        "operatiivinen-malli"
    ] * 3


def test_kemijarvi_asks_by_consent_with_one_majority_and_one_chair(kemijarvi: Definition) -> None:
    rules = [group.rule for phase in kemijarvi.phases for group in phase.checkpoint.groups]
    assert [rules.count(rule) for rule in (GroupRule.CONSENT, GroupRule.MAJORITY, GroupRule.CHAIR)] == [13, 1, 1]


def test_every_kind_of_duty_has_a_ladder_in_kemijarvi(kemijarvi: Definition) -> None:
    assert {ladder.duty for ladder in kemijarvi.ladders} == set(DutyKind)


def test_only_the_strategies_are_decided_under_section_37(
    kemijarvi: Definition, rauma: Definition, kemi: Definition
) -> None:
    assert "37 §" not in canonical(kemijarvi)
    for strategy in (rauma, kemi):
        assert strategy.decision.chain[-1].ground == "Kuntalaki 14 ja 37 §"
        found = [one for one in strategy.phases[-1].checkpoint.criteria if "37 §" in (one.law or "")]
        assert [bool(one.assessed_by) for one in found].count(True) == 7
        assert [(one.computed, one.must) for one in found if one.computed] == [("strategy-matters", False)]


def test_the_chain_of_kemijarvi_goes_from_a_board_through_the_executive_to_the_council(kemijarvi: Definition) -> None:
    chain = kemijarvi.decision.chain
    assert [(step.body, step.kind) for step in chain] == [
        ("lautakunta", HandlingKind.STATEMENT),
        ("kaupunginhallitus", HandlingKind.PROPOSAL),
        ("valtuusto", HandlingKind.DECISION),
    ]
    assert [part for part in ("90 §", "30–31 §", "87–89 §", "110 §") if part in canonical(chain[2].contents)] == [
        "90 §",
        "30–31 §",
        "87–89 §",
        "110 §",
    ]


def test_four_ways_of_working_run_side_by_side_and_join_in_rauma(rauma: Definition) -> None:
    ways = [phase.id for phase in rauma.phases if rauma.receives(phase.id) == ("kaynnistys",)]
    assert len(ways) == 4
    assert rauma.receives("tarinan-kokoaminen") == tuple(ways)


def test_the_meetings_of_rauma_are_as_in_its_calendar(rauma: Definition) -> None:
    meetings = {meeting.id: meeting for meeting in rauma.meetings}
    workshop, staff = meetings["raumaviisaat-tulevaisuustyopaja"], meetings["henkilostotyopaja"]
    resident, seminar = meetings["asukastapahtuma"], meetings["hallituksen-seminaari"]
    assert workshop.invitations and workshop.invitations.date == dt.date(2013, 2, 26)
    assert workshop.on and workshop.on.to.date == dt.date(2013, 3, 8)
    assert staff.capacity == 70 and staff.spread_over and staff.spread_over.fi == "Hallintokunnittain"
    assert staff.registration and "jonoon" in staff.registration.fi
    assert resident.in_connection_with and resident.time is None
    assert seminar.on and dates_of(seminar.on, dt.date(2013, 1, 1)) == (dt.date(2013, 4, 22), dt.date(2013, 4, 23))
    assert len(rauma.meetings) == 17


def test_the_chain_of_kemi_is_boards_budget_evening_school_and_council(kemi: Definition) -> None:
    chain = {handling.id: handling for handling in kemi.decision.chain}
    assert list(chain) == [
        "lautakuntien-nakemys",
        "talousarviovalmistelu",
        "iltakoulu",
        "hallituksen-ehdotus",
        "valtuuston-paatos",
    ]
    assert (chain["iltakoulu"].date, chain["iltakoulu"].section) == (dt.date(2023, 10, 24), None)
    decided = Reference(body=None, date=chain["valtuuston-paatos"].date or dt.date.min, section="110")
    assert parse_reference("04.12.2023 § 110") == decided
    assert chain["valtuuston-paatos"].section == "110"
    assert chain["hallituksen-ehdotus"].inferred


def test_a_group_is_called_as_the_town_calls_it_and_translated_where_that_is_the_definitions_own_name() -> None:
    definition = shipped("kemijarvi-2030")
    finnish = "Hyvinvoinnin ja palvelujen työryhmä"

    assert definition.group_name("hyvinvointiryhma", finnish, "sv") == "Arbetsgruppen för välfärd och service"
    assert definition.group_name("hyvinvointiryhma", "Kylien ryhmä", "sv") == "Kylien ryhmä"
    assert definition.group_name("hyvinvointiryhma", None, "fi") == finnish
    assert definition.group_name("joukko", None, "fi") == "joukko"
