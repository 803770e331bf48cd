"""A small town's outputs through all five phases, and what each computed criterion says of them."""

from decimal import Decimal
from typing import Any

import pytest

from models.definitions.parts import Text
from models.outputs.checks import TYPED, Finding, find
from models.outputs.choices import StaffEffect, StrategyMatter
from models.outputs.forms import FORMS
from models.outputs.general import General, Matter
from models.outputs.held import Held
from models.outputs.rows import LeftOut, Output
from models.outputs.thread import LONGEST_SLUG, Thread, slug, strand, strands
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
            {"id": "TT1", "need": "T1", "way": "own", "how": "Yhteinen palvelupiste", "staff": "none"},
            {"id": "TT2", "need": "T2", "way": "own", "how": "Vuoropäiväkoti", "staff": "none", "rests_on": ["T1"]},
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


GROUPS = {"production_method": (Text(fi="Käyttäjät", sv="Användarna"),)}


def outputs(**changes: dict[str, Any]) -> list[tuple[str, Output]]:
    return [(form, FORMS[PhaseKind(form)].model_validate(WHOLE[form] | changes.get(form, {}))) for form in ORDER]


def held(at: str, former: Output | None = None, **changes: dict[str, Any]) -> Held:
    whole = outputs(**changes)
    place = ORDER.index(at)
    return Held(at, whole[place][1], whole[:place], former, GROUPS.get(at, ()))


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
        ("a" * 50, "a" * 27 + ".160b4e43"),
        ("Arjen tukea kotona asuville myös iltaisin", "Arjen-tukea-kotona-asuville.b8d63865"),
        ("… –", ""),
    ],
)
def test_words_become_an_identifier(words: str, made: str) -> None:
    assert slug(words) == made


def test_a_long_name_is_no_other_name_that_begins_alike() -> None:
    names = [f"Arjen tukea kotona asuville myös {when}" for when in ("iltaisin", "aamuisin", "kesäisin")]
    needs = [{"id": f"T{n}", "need": name} for n, name in enumerate(names[:2], 4)]
    thread = Thread(outputs(production_need={"needs": needs}))

    found = [thread.find(slug(name), ("needs",)) for name in names]

    assert [node and node.id for node in found] == ["T4", "T5", None]
    assert [node and node.id for name in names if (node := thread.find(name.upper(), ("needs",)))] == ["T4", "T5"]
    assert len({slug(name) for name in names}) == 3
    assert all(len(slug(name)) <= LONGEST_SLUG for name in names)


# --- the criteria: where each holds, and where it fails naming the rows -------------------------------------------

HEARD = WHOLE["production_method"]["affected"]
STAFF = "Vaikutus henkilöstöön"
CORELESS = ("H1 –: Muutoshaaste",)
URGENCY, TASK = ("T1 Neuvo: Kiireellisyys",), ("YK1 Asukaspalvelut: Tehtävä",)
DUE = ("SI1 Muutto: Viimeistään",)

FAILING: list[tuple[str, str, dict[str, Any], tuple[str, ...]]] = [
    (
        "core-filled",
        "production_need",
        {"needs": rows("production_need", "needs", 1, holder="")},
        ("T2 Hoito: Kenellä tarve on",),
    ),
    ("core-filled", "future_image", {"parts": []}, ("Mihin kuva vastaa",)),
    ("core-filled", "future_image", {"vision": ""}, ("Visio",)),
    ("core-filled", "future_image", {"challenges": rows("future_image", "challenges", 0, challenge="–")}, CORELESS),
    ("core-filled", "production_need", {"needs": rows("production_need", "needs", 0, urgency=None)}, URGENCY),
    ("core-filled", "governance_model", {"powers": []}, ("Toimivalta",)),
    ("core-filled", "operational_model", {"units": rows("operational_model", "units", 0, task=" ")}, TASK),
    ("core-filled", "operational_model", {"steps": [{"id": "SI1", "step": "Muutto", "owner": "Me"}]}, DUE),
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
        "nothing-vanished",
        "production_need",
        {"needs": rows("production_need", "needs", 0, challenges=[], parts=[])},
        ("H1 Väestörakenne", "K1 Apua kotiin"),
    ),
    (
        "nothing-vanished",
        "governance_model",
        {"bodies": rows("governance_model", "bodies", 0, governs=["T2"])},
        ("T1 Neuvo",),
    ),
    (
        "nothing-vanished",
        "operational_model",
        {"units": rows("operational_model", "units", 0, needs=["T2"], under="")},
        ("T1 Neuvo", "E1 Asukaslautakunta"),
    ),
    ("challenges-answered", "production_need", {"needs": [], "affected": HEARD}, ("H1 Väestörakenne",)),
    ("needs-grounded", "production_need", {"needs": [], "affected": HEARD}, ("Tarpeet",)),
    ("needs-grounded", "production_need", {"needs": rows("production_need", "needs", 1, evidence="-")}, ("T2 Hoito",)),
    ("alternatives-compared", "production_method", {"methods": []}, ("Tuottamistavat",)),
    ("units-answer-needs", "operational_model", {"units": [], "affected": HEARD}, ("Yksiköt",)),
    ("impact-assessed", "operational_model", {"units": [], "affected": HEARD}, ("Yksiköt",)),
    ("totals-computed", "operational_model", {"units": [], "affected": HEARD}, ("Yksiköt",)),
    ("powers-grounded", "governance_model", {"powers": []}, ("Toimivalta",)),
    ("staff-cooperation-begun", "production_method", {"methods": []}, ("Tuottamistavat",)),
    (
        "staff-cooperation-begun",
        "production_method",
        {"methods": rows("production_method", "methods", 0, staff=None)},
        (f"TT1 Yhteinen palvelupiste: {STAFF}",),
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
    *(
        (
            "powers-grounded",
            "governance_model",
            {"powers": rows("governance_model", "powers", 0, decides=decides)},
            ("PV1 Ajat",),
        )
        for decides in ("Valtuusto ja hallitus", "Valtuusto / hallitus", "Asukaslautakunta och styrelsen", "–")
    ),
    ("affected-answered", "production_method", {"affected": []}, ("Käyttäjät",)),
    (
        "affected-answered",
        "production_method",
        {"affected": rows("production_method", "affected", 0, group="Naapurit")},
        ("Käyttäjät",),
    ),
    (
        "affected-answered",
        "production_method",
        {"affected": rows("production_method", "affected", 0, how="-", effect="-")},
        ("RY1 Käyttäjät",),
    ),
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
    found = find(check, held(at, **{at: change}))
    assert (found.holds, found.items) == (False, items)


def test_every_criterion_has_been_seen_to_fail() -> None:
    assert {check for check, *_ in FAILING} | {"strategy-matters"} == set(TYPED)


@pytest.mark.parametrize("check", TYPED)
def test_where_there_is_no_row_nothing_is_known(check: str) -> None:
    for form in FORMS.values():
        assert find(check, Held("x", form())) == Finding(None)


def test_needs_without_an_image_before_them_answer_no_challenge() -> None:
    needs = outputs()[1][1]
    assert find("challenges-answered", Held("production_need", needs)) == Finding(None)
    empty = [("future_image", FORMS[PhaseKind.FUTURE_IMAGE]())]
    assert find("challenges-answered", Held("production_need", needs, empty)).items == ("Voitettavat muutoshaasteet",)


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


@pytest.mark.parametrize(
    "what",
    ["H1, H2", "H1 ja H2", "Haaste H1, haaste h2", "Haasteet H1 och H2", "H2: Talous\nH1.", "Väestörakenne, H2 Talous"],
)
def test_several_are_left_out_at_once(what: str) -> None:
    assert find("challenges-answered", two_challenges(what, "Yhdistettiin toiseen.")) == Finding(True)


@pytest.mark.parametrize(
    ("what", "reason", "items"),
    [
        ("H1, H2", "-", ("H1 Väestörakenne", "H2 Talous")),
        ("H1, H2", "x.", ("H1 Väestörakenne", "H2 Talous")),
        ("H1, jonka H2 kattaa", "Yhdistettiin.", ("H2 Talous",)),
        ("Väestö", "Yhdistettiin.", ("H1 Väestörakenne", "H2 Talous")),
        ("H11", "Yhdistettiin.", ("H1 Väestörakenne", "H2 Talous")),
    ],
)
def test_only_what_is_named_is_left_out_and_only_for_a_reason(what: str, reason: str, items: tuple[str, ...]) -> None:
    assert find("challenges-answered", two_challenges(what, reason)) == Finding(False, items)


def two_challenges(what: str, reason: str) -> Held:
    """No need rises from either of two challenges."""
    more = {"challenges": [*WHOLE["future_image"]["challenges"], {"id": "H2", "challenge": "Talous"}]}
    need = {"needs": rows("production_need", "needs", 0, challenges=[])}
    need["left_out"] = [{"id": "PJ1", "what": what, "reason": reason}]
    return held("production_need", future_image=more, production_need=need)


@pytest.mark.parametrize(("register", "item"), [("challenges", "H1 Väestörakenne"), ("parts", "K1 Apua kotiin")])
def test_what_an_image_no_longer_says_when_it_passes_anew_is_found(register: str, item: str) -> None:
    former = outputs()[0][1]
    assert find("nothing-vanished", held("future_image", former)) == Finding(True)
    assert find("nothing-vanished", held("future_image", former, future_image={register: []})) == Finding(
        False, (item,)
    )


def test_a_method_beside_another_for_the_same_need_is_not_lost_either() -> None:
    other = {"id": "TT3", "need": "T1", "how": "Puhelinpalvelu", "staff": "none"}
    methods = {"methods": [*WHOLE["production_method"]["methods"], other]}
    governs = {"bodies": rows("governance_model", "bodies", 0, governs=["TT1", "TT2"])}
    assert find("nothing-vanished", held("governance_model", production_method=methods, governance_model=governs)) == (
        Finding(False, ("TT3 Puhelinpalvelu",))
    )
    governs = {"bodies": rows("governance_model", "bodies", 0, governs=["T1", "TT2"])}
    assert find("nothing-vanished", held("governance_model", production_method=methods, governance_model=governs)).holds


@pytest.mark.parametrize("decides", ["Asukas- ja sivistyslautakunta", "Vesi ja viemäri", "e2", "Kaupunginjohtaja"])
def test_a_body_is_one_whatever_its_name_holds(decides: str) -> None:
    water = {"id": "E2", "body": "Vesi ja viemäri", "task": "Vesi"}
    bodies = {"bodies": [*WHOLE["governance_model"]["bodies"], water]}
    powers = {"powers": rows("governance_model", "powers", 0, decides=decides)}
    assert find("powers-grounded", held("governance_model", governance_model=bodies | powers)) == Finding(True)


@pytest.mark.parametrize("name", ["KÄYTTÄJÄT", "Användarna", " käyttäjät: "])
def test_an_affected_group_is_named_in_any_language(name: str) -> None:
    told = {"affected": rows("production_method", "affected", 0, group=name)}
    assert find("affected-answered", held("production_method", production_method=told)) == Finding(True)


def test_cooperation_that_has_begun_is_no_assessment_of_the_rest() -> None:
    methods = rows("production_method", "methods", 0, staff="cooperation")
    found = find("staff-cooperation-begun", held("production_method", production_method={"methods": methods}))
    assert found == Finding(False, ("TT1 Yhteinen palvelupiste",), still=())
    methods = [methods[0], {**methods[1], "staff": None}]
    found = find("staff-cooperation-begun", held("production_method", production_method={"methods": methods}))
    assert found.still == (f"TT2 Vuoropäiväkoti: {STAFF}",)
    assert set(found.items) == {*found.still, "TT1 Yhteinen palvelupiste"}


def test_figures_are_exact() -> None:
    alternative = held("production_method").own.alternatives[0]  # type: ignore[attr-defined]
    assert alternative.euros + Decimal("0.1") == Decimal("310.1")
