"""Two versions of a typed output compared item by item, and word by word inside an item."""

from models.exchange.comparing import Fate, compare_outputs, marked
from models.outputs.choices import Urgency
from models.outputs.production_need import Need, ProductionNeed


def need(id_: str, words: str, **fields: object) -> Need:
    return Need.model_validate({"id": id_, "need": words, **fields})


def test_the_same_is_the_same_wherever_the_rows_stand() -> None:
    one, other = need("T1", "Neuvo"), need("T2", "Kyyti")
    assert compare_outputs(ProductionNeed(needs=(one, other)), ProductionNeed(needs=(other, one))) == ()


def test_what_came_what_went_and_what_changed_is_told_row_by_row() -> None:
    before = ProductionNeed(needs=(need("T1", "Arjen neuvo"), need("T2", "Kyyti")), learnt="Yksi asia")
    after = ProductionNeed(
        needs=(need("t1", "Arjen neuvo puhelimella", urgency=Urgency.AT_ONCE), need("T3", "Tila")), learnt="Kaksi asiaa"
    )

    found = compare_outputs(before, after)

    assert [(one.register, one.id, one.fate) for one in found] == [
        ("", "", Fate.CHANGED),
        ("Tarpeet", "t1", Fate.CHANGED),
        ("Tarpeet", "T3", Fate.ADDED),
        ("Tarpeet", "T2", Fate.REMOVED),
    ]
    changed = {field.label: marked(field.changes) for field in found[1].fields}
    assert changed == {"Tarve": "Arjen neuvo{+ puhelimella+}", "Kiireellisyys": "{+Heti+}"}
    assert marked(found[3].fields[0].changes) == "[-Kyyti-]"


def test_a_comma_is_one_change_of_one_field() -> None:
    before = ProductionNeed(needs=(need("T1", "Koulu jossa on tilaa", more={"Oma": "a"}),))
    after = ProductionNeed(needs=(need("T1", "Koulu, jossa on tilaa", more={"Oma": "b"}),))
    (found,) = compare_outputs(before, after, "sv")
    assert [(field.label, marked(field.changes)) for field in found.fields] == [
        ("Behov", "Koulu{+,+} jossa on tilaa"),
        ("Oma", "[-a-]{+b+}"),
    ]
