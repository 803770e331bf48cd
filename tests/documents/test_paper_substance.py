"""What the front of a paper draws from outputs: changes, euros, person-years, alternatives, staff."""

from decimal import Decimal

import paper_samples as samples

from models.documents.reading import read_document
from models.outputs.choices import StaffEffect, Way
from models.outputs.operational_model import OperationalModel, Unit
from models.outputs.production_method import Alternative, Method, ProductionMethod
from models.outputs.production_need import Need, ProductionNeed
from models.papers.material import Change, Substance
from models.papers.package_front import package_front
from models.papers.saying import Saying
from models.papers.substance import substance
from models.papers.texts_package import TEXTS

SAY = Saying(TEXTS, "fi", {})
NEEDS = [("tarve", ProductionNeed(needs=(Need(id="T1", need="Arjen neuvo", holder="Kylien asukkaat"),)))]


def way(number: int, kind: Way, euros: int | None, years: str | None, **more: object) -> Alternative:
    told = {"euros": euros, "years": Decimal(years) if years else None, **more}
    return Alternative.model_validate({"id": f"V{number}", "need": "T1", "way": kind, **told})


def of(own: object, *documents: str) -> Substance:
    return substance(own, NEEDS, [read_document(text, "a.md") for text in documents], "fi", SAY)  # type: ignore[arg-type]


def test_now_is_compared_with_what_is_proposed_and_totals_are_computed() -> None:
    own = ProductionMethod(
        alternatives=(
            way(1, Way.AS_NOW, 310_000, "6.0"),
            way(2, Way.OWN, 285_000, "5.5", proposed=True, how="Yhteinen palvelupiste"),
        )
    )

    found = of(own)

    assert found.total is not None
    assert found.total.euros == (Decimal(310_000), Decimal(285_000))
    assert found.total.years == (Decimal(6), Decimal("5.5"))
    assert found.sums[0].what == "T1 Arjen neuvo"
    assert [one.as_now for one in found.alternatives] == [True, False]
    assert found.without_figures == 0


def test_a_missing_figure_is_told_and_never_counted_as_nothing() -> None:
    own = ProductionMethod(
        alternatives=(
            way(1, Way.AS_NOW, 310_000, "6.0"),
            way(2, Way.OWN, None, "5.5", proposed=True),
            way(3, Way.AS_NOW, 100_000, "1.0", need="T2"),
            way(4, Way.PURCHASE, 90_000, "0.5", need="T2", proposed=True),
        )
    )

    found = of(own)

    assert found.without_figures == 1
    assert found.total is not None
    assert found.total.euros == (Decimal(100_000), Decimal(90_000))
    front = package_front(samples.package(substance=found), SAY)
    money = next(part for part in front.parts if part.key == "money")
    assert money.closing.startswith("Luvut puuttuvat osittain tai kokonaan: 1.")


def test_what_changes_names_whose_the_need_is_and_staff_effects_are_told() -> None:
    methods = (
        Method(
            id="TT1", need="T1", way=Way.OWN, how="Kiertävä neuvoja", starts="1/2028", staff=StaffEffect.COOPERATION
        ),
    )

    found = of(ProductionMethod(methods=methods))

    told = {"then": "Kiertävä neuvoja", "starts": "1/2028"}
    what = "Kiertävä neuvoja, 1/2028"
    assert found.changes == (Change(where="Kylien asukkaat", service="Arjen neuvo", what=what, **told),)
    assert found.staff == ("Arjen neuvo: yhteistoiminta",)


def test_units_give_changes_for_users_and_for_those_who_work_there() -> None:
    told = {"years_now": 20, "years_then": Decimal("18.2"), "euros_now": 10, "euros_then": 11}
    unit = Unit.model_validate(
        {
            "id": "YK1",
            "unit": "Asukaspalvelut",
            "people": 21,
            "changes": "Illat ostetaan",
            "users": "Yksi numero",
            **told,
        }
    )

    found = of(OperationalModel(units=(unit,)))

    assert found.changes == (Change(where="", service="Asukaspalvelut", what="Yksi numero"),)
    assert found.staff == ("Asukaspalvelut (koskee 21 henkilöä): Illat ostetaan",)
    assert found.total is not None


def test_outputs_of_earlier_phases_are_named_in_one_line_after_those_of_the_phase() -> None:
    own, *earlier = (
        samples.output(name, phase=phase)
        for name, phase in (("Kuva: vaihe 2", samples.PHASE), ("Rekisteri", "need"), ("Skenaario", "image"))
    )
    front = package_front(samples.package(outputs=(own, *earlier)), SAY)

    first, second = next(part for part in front.parts if part.key == "outputs").rows
    assert (first.name, first.at) == ("Kuva: vaihe 2", own.key)
    assert first.cells[0].startswith("Kuva: vaihe 2: Kunta tekee itse sen")
    assert second.cells == ("Mukana aiemmista vaiheista: Rekisteri, Skenaario.",)


def test_a_table_of_villages_in_a_document_is_drawn_on_the_front() -> None:
    headings = "| Kylien ryhmä | Palvelu nyt | Palvelu ehdotuksessa |"
    table = f"# K\n\n{headings}\n|---|---|---|\n| Kaksi kylää | Koulu | Kirjastoauto |\n"

    found = of(OperationalModel(), table)

    told = {"now": "Koulu", "then": "Kirjastoauto"}
    assert found.changes == (Change(where="Kaksi kylää", service="", what="Koulu → Kirjastoauto", **told),)


def test_running_text_gives_no_figures() -> None:
    found = of(OperationalModel(), "# T\n\nKaikki muuttuu 100 000 eurolla.\n")

    assert found == Substance()
