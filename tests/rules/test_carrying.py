"""The next phase's draft is computed from what was handed over, and offered beside a draft that is there."""

from test_thread import outputs  # type: ignore[import-not-found]

from models.outputs.carrying import inherited, offered, with_offered
from models.outputs.choices import Way
from models.outputs.future_image import FutureImage
from models.outputs.governance_model import GovernanceModel
from models.outputs.operational_model import OperationalModel
from models.outputs.production_method import Alternative, Method, ProductionMethod
from models.outputs.production_need import ProductionNeed

ORIGIN = "tuottamistarve 1a2b3c4d5e6f"


def test_each_part_of_the_image_is_a_need_to_be_put_in_words() -> None:
    begins = inherited(ProductionNeed, outputs()[:1], ORIGIN)
    assert [(one.id, one.need, one.parts, one.origin) for one in begins.needs] == [  # type: ignore[attr-defined]
        ("T1", "Apua kotiin", ("K1",), ORIGIN)
    ]


def test_each_need_is_a_row_to_be_given_a_method_and_going_on_as_now_is_an_alternative() -> None:
    begins = inherited(ProductionMethod, outputs()[:2], ORIGIN)
    assert isinstance(begins, ProductionMethod)
    assert [(one.id, one.need, one.how) for one in begins.methods] == [("TT1", "T1", ""), ("TT2", "T2", "")]
    assert [(one.need, one.way) for one in begins.alternatives] == [("T1", Way.AS_NOW), ("T2", Way.AS_NOW)]
    assert {row.origin for row in (*begins.methods, *begins.alternatives)} == {ORIGIN}


def test_each_method_is_something_to_be_governed_and_partners_are_steered() -> None:
    shared = {"methods": [{"id": "TT1", "need": "T1", "way": "together", "how": "Yhdessä", "producer": "Naapurit"}]}
    begins = inherited(GovernanceModel, outputs(production_method=shared)[:3], ORIGIN)
    assert isinstance(begins, GovernanceModel)
    assert [one.governs for one in begins.bodies] == [("TT1",)]
    assert [(one.partner, one.methods) for one in begins.steering] == [("Naapurit", ("TT1",))]


def test_each_body_that_governs_is_given_units_for_its_needs() -> None:
    begins = inherited(OperationalModel, outputs()[:4], ORIGIN)
    assert isinstance(begins, OperationalModel)
    assert [(one.under, one.needs) for one in begins.units] == [("E1", ("T2", "T1"))]


def test_nothing_handed_over_begins_with_nothing() -> None:
    for form in (FutureImage, ProductionNeed, ProductionMethod, GovernanceModel, OperationalModel):
        assert inherited(form, (), "") == form()


def test_a_draft_is_never_replaced_and_only_what_it_has_not_taken_up_is_offered() -> None:
    begins = inherited(ProductionMethod, outputs()[:2], ORIGIN)
    draft = ProductionMethod(
        methods=(Method(id="TT2", need="t1", how="Itse"),),
        alternatives=(Alternative(id="V9", need="T2", way=Way.OWN, how="Itse"),),
    )

    left = offered(draft, begins)
    whole = with_offered(draft, begins)

    assert [(one.id, one.need) for one in left.methods] == [("TT1", "T2")]  # type: ignore[attr-defined]
    assert [one.need for one in left.alternatives] == ["T1"]  # type: ignore[attr-defined]
    assert whole.methods[0] == draft.methods[0]  # type: ignore[attr-defined]
    assert len(whole.methods) == 2  # type: ignore[attr-defined]


def test_an_offered_row_never_takes_an_identifier_that_the_draft_has_given() -> None:
    begins = inherited(ProductionMethod, outputs()[:2], ORIGIN)
    draft = ProductionMethod(methods=(Method(id="TT2", need="T1", how="Itse"),))
    left = offered(draft, begins).methods  # type: ignore[attr-defined]
    assert [(one.id, one.need) for one in left] == [("TT1", "T2")]
