"""A small town's outputs through all five phases, and what each computed criterion says of them."""

from decimal import Decimal
from typing import Any

import pytest

from models.outputs.checks import TYPED, Finding, Held, find
from models.outputs.choices import StaffEffect, StrategyMatter
from models.outputs.forms import FORMS
from models.outputs.general import General, Matter
from models.outputs.rows import LeftOut, Output
from models.outputs.thread import Thread, slug, strand, strands
from models.words import PhaseKind

ORDER = ("future_image", "production_need", "production_method", "governance_model", "operational_model")

WHOLE: dict[str, dict[str, Any]] = {
    "future_image": {
        "vision": "Onnellisten ranta",
        "environment": [
            {"id": "TY1", "side": "outer", "sort": "weakness", "finding": "Väestö ikääntyy"},
        ],
        "challenges": [{"id": "H1", "challenge": "Väestörakenne", "environment": ["TY1"]}],
        "parts": [{"id": "K1", "part": "Apua kotiin"}],
    },
    "production_need": {
        "needs": [
            {
                "id": "T1",
                "need": "Neuvo",
                "holder": "Kaikki",
                "evidence": "Kysely",
                "urgency": "urgent",
                "challenges": ["h1"],
                "parts": ["K1"],
            },
            {"id": "T2", "need": "Hoito", "holder": "Perheet", "evidence": "Jono", "urgency": "at_once"},
        ]
    },
    "production_method": {
        "alternatives": [
            {"id": "V1", "need": "T1", "way": "as_now", "how": "Kolme pistettä", "euros": 310, "years": 6},
            {"id": "V2", "need": "T1", "way": "own", "how": "Yksi", "euros": 285, "years": 5, "proposed": True},
            {"id": "V3", "need": "T2", "way": "as_now", "how": "Päivä", "euros": 640, "years": 11},
            {"id": "V4", "need": "T2", "way": "own", "how": "Vuoro", "euros": 625, "years": 11, "proposed": True},
        ],
        "methods": [
            {"id": "TT1", "need": "T1", "way": "own", "how": "Yhteinen palvelupiste"},
            {"id": "TT2", "need": "T2", "way": "own", "how": "Vuoropäiväkoti", "rests_on": ["T1"]},
        ],
        "affected": [{"id": "RY1", "group": "Käyttäjät", "how": "Työpaja", "effect": "Paperi jäi"}],
    },
    "governance_model": {
        "bodies": [{"id": "E1", "body": "Asukaslautakunta", "task": "Palvelut", "governs": ["TT1", "T2"]}],
        "powers": [{"id": "PV1", "matter": "Ajat", "decides": "Lautakunta", "ground": "Hallintosääntö 4 luku"}],
    },
    "operational_model": {
        "units": [
            {
                "id": "YK1",
                "unit": "Asukaspalvelut",
                "task": "Neuvonta",
                "needs": ["T1", "TT2"],
                "under": "Asukaslautakunta",
                "people": 21,
                "changes": "Yksi piste",
                "heard": "6.5.",
                "years_now": 20,
                "years_then": 18,
                "euros_now": 1030,
                "euros_then": 1104,
            }
        ]
    },
}


def outputs(**changes: dict[str, Any]) -> list[tuple[str, Output]]:
    return [(form, FORMS[PhaseKind(form)].model_validate(WHOLE[form] | changes.get(form, {}))) for form in ORDER]


def held(at: str, former: Output | None = None, **changes: dict[str, Any]) -> Held:
    whole = outputs(**changes)
    place = ORDER.index(at)
    return Held(at, whole[place][1], whole[:place], former)


def rows(form: str, register: str, at: int, **fields: Any) -> list[dict[str, Any]]:
    """The rows of the small town, with one changed."""
    return [{**row, **fields} if place == at else row for place, row in enumerate(WHOLE[form][register])]


def without(form: str, register: str, id_: str) -> list[dict[str, Any]]:
    return [row for row in WHOLE[form][register] if row["id"] != id_]


# --- the thread ---------------------------------------------------------------------------------------------------


def test_the_thread_leads_from_a_need_to_the_unit_that_answers_it_and_back() -> None:
    thread = Thread(outputs())

    first, second = strands(thread)

    assert [node.id for node in first.nodes] == ["T1", "H1", "TY1", "K1", "TT1", "E1", "YK1"]
    assert [node.id for node in second.nodes] == ["T2", "TT2", "E1", "YK1"]
    assert thread.loose == []
    assert thread.twice == []


def test_a_method_that_only_rests_on_a_need_does_not_meet_it() -> None:
    thread = Thread(outputs())
    assert [node.id for node in strand(thread, thread.named("t1")[0]).methods] == ["TT1"]


def test_a_reference_by_words_finds_the_row_that_is_called_so() -> None:
    thread = Thread(outputs())
    body = thread.find("ASUKASLAUTAKUNTA", ("bodies",))
    assert body is not None
    assert body.id == "E1"
    assert thread.find("Rakennuslautakunta", ("bodies",)) is None


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("Arjen neuvo", "Arjen-neuvo"),
        ("  Koulu, päiväkoti & kirjasto!", "Koulu-päiväkoti-kirjasto"),
        ("a" * 50, "a" * 36),
        ("… –", ""),
    ],
)
def test_words_become_an_identifier(words: str, made: str) -> None:
    assert slug(words) == made


# --- the criteria: where each holds, and where it fails naming the rows -------------------------------------------

FAILING: list[tuple[str, str, dict[str, Any], tuple[str, ...]]] = [
    (
        "core-filled",
        "production_need",
        {"needs": rows("production_need", "needs", 1, holder="")},
        ("T2 Hoito: Kenellä tarve on",),
    ),
    ("core-filled", "future_image", {"parts": []}, ("Mihin kuva vastaa",)),
    (
        "links-hold",
        "production_need",
        {"needs": rows("production_need", "needs", 0, challenges=["H9"])},
        ("T1 Neuvo → H9",),
    ),
    (
        "links-hold",
        "production_need",
        {"needs": [*WHOLE["production_need"]["needs"], {"id": "t1", "need": "Kyyti"}]},
        ("T1: Neuvo / Kyyti",),
    ),
    (
        "nothing-vanished",
        "production_method",
        {
            "methods": without("production_method", "methods", "TT2"),
            "alternatives": WHOLE["production_method"]["alternatives"][:2],
        },
        ("T2 Hoito",),
    ),
    (
        "challenges-answered",
        "production_need",
        {"needs": rows("production_need", "needs", 0, challenges=[])},
        ("H1 Väestörakenne",),
    ),
    ("needs-grounded", "production_need", {"needs": rows("production_need", "needs", 1, evidence="")}, ("T2 Hoito",)),
    (
        "needs-have-methods",
        "production_method",
        {"methods": without("production_method", "methods", "TT2")},
        ("T2 Hoito",),
    ),
    (
        "alternatives-compared",
        "production_method",
        {"alternatives": without("production_method", "alternatives", "V1")},
        ("T1 Neuvo",),
    ),
    (
        "alternatives-compared",
        "production_method",
        {"alternatives": rows("production_method", "alternatives", 2, proposed=True)},
        ("T2 Hoito",),
    ),
    (
        "methods-governed",
        "governance_model",
        {"bodies": rows("governance_model", "bodies", 0, governs=["TT1"])},
        ("TT2 Vuoropäiväkoti",),
    ),
    (
        "units-answer-needs",
        "operational_model",
        {"units": rows("operational_model", "units", 0, needs=[])},
        ("YK1 Asukaspalvelut",),
    ),
    (
        "needs-reach-units",
        "operational_model",
        {"units": rows("operational_model", "units", 0, needs=["T1"])},
        ("T2 Hoito",),
    ),
    (
        "powers-grounded",
        "governance_model",
        {"powers": rows("governance_model", "powers", 0, ground="")},
        ("PV1 Ajat",),
    ),
    (
        "powers-grounded",
        "governance_model",
        {"powers": rows("governance_model", "powers", 0, decides="Valtuusto, hallitus")},
        ("PV1 Ajat",),
    ),
    ("affected-answered", "production_method", {"affected": []}, ("Ihmiset, joita muutos koskee",)),
    (
        "affected-answered",
        "production_method",
        {"affected": rows("production_method", "affected", 0, effect="")},
        ("RY1 Käyttäjät",),
    ),
    (
        "impact-assessed",
        "operational_model",
        {"units": rows("operational_model", "units", 0, people=None)},
        ("YK1 Asukaspalvelut",),
    ),
    (
        "staff-cooperation-begun",
        "production_method",
        {"methods": rows("production_method", "methods", 1, staff=StaffEffect.TRANSFER)},
        ("TT2 Vuoropäiväkoti",),
    ),
    (
        "totals-computed",
        "production_method",
        {"alternatives": rows("production_method", "alternatives", 1, euros=None)},
        ("V2 Yksi",),
    ),
    (
        "totals-computed",
        "operational_model",
        {"units": rows("operational_model", "units", 0, euros_now=None)},
        ("YK1 Asukaspalvelut",),
    ),
]


@pytest.mark.parametrize(("check", "at", "change", "items"), FAILING)
def test_a_criterion_holds_for_the_whole_town_and_fails_naming_exactly_the_rows(
    check: str, at: str, change: dict[str, Any], items: tuple[str, ...]
) -> None:
    assert find(check, held(at)) == Finding(True)
    assert find(check, held(at, **{at: change})) == Finding(False, items)


def test_every_criterion_has_been_seen_to_fail() -> None:
    assert {check for check, *_ in FAILING} | {"strategy-matters"} == set(TYPED)


@pytest.mark.parametrize("check", TYPED)
def test_where_there_is_no_row_nothing_is_known(check: str) -> None:
    for form in FORMS.values():
        assert find(check, Held("x", form())) == Finding(None)


def test_a_strategy_takes_up_every_matter_of_the_law() -> None:
    matters = tuple(Matter(id=f"LK{n}", matter=one, says="Näin.") for n, one in enumerate(StrategyMatter))
    assert find("strategy-matters", Held("strategia", General(matters=matters))) == Finding(True)
    assert find("strategy-matters", Held("strategia", General(matters=matters[:3] + matters[4:]))) == Finding(
        False, ("Omistajapolitiikka",)
    )


def test_a_need_that_is_not_met_for_a_written_reason_needs_no_method_and_no_unit() -> None:
    method = {"id": "TT2", "need": "T2", "without": "Naapurikunta hoitaa."}
    change = {"production_method": {"methods": [WHOLE["production_method"]["methods"][0], method]}}

    for check, at in (
        ("needs-have-methods", "production_method"),
        ("core-filled", "production_method"),
        ("alternatives-compared", "production_method"),
        ("methods-governed", "governance_model"),
        ("nothing-vanished", "governance_model"),
        ("needs-reach-units", "operational_model"),
    ):
        narrower = {"governance_model": {"bodies": rows("governance_model", "bodies", 0, governs=["TT1"])}}
        narrower["operational_model"] = {"units": rows("operational_model", "units", 0, needs=["T1"])}
        assert find(check, held(at, **change, **narrower)) == Finding(True), check


def test_a_need_removed_later_is_caught_unless_it_was_left_out_with_a_reason() -> None:
    former = outputs()[1][1]
    fewer: dict[str, Any] = {"needs": without("production_need", "needs", "T2")}

    assert find("nothing-vanished", held("production_need", former, production_need=fewer)) == Finding(
        False, ("T2 Hoito",)
    )

    fewer["left_out"] = [LeftOut(id="PJ1", what="T2", reason="Yhdistetty tarpeeseen T1.").model_dump()]
    assert find("nothing-vanished", held("production_need", former, production_need=fewer)) == Finding(True)
    fewer["left_out"] = [LeftOut(id="PJ1", what="T2").model_dump()]
    assert not find("nothing-vanished", held("production_need", former, production_need=fewer)).holds


def test_figures_are_exact() -> None:
    alternative = held("production_method").own.alternatives[0]  # type: ignore[attr-defined]
    assert alternative.euros + Decimal("0.1") == Decimal("310.1")
