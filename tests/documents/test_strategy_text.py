"""A municipal strategy's text becomes a future image, its wording kept. The sample is the beginning of a real one."""

from collections import Counter
from pathlib import Path

from models.exchange.strategy_text import is_strategy, strategy_image
from models.exchange.taking import take_in_output
from models.outputs.future_image import FutureImage
from models.words import PhaseKind

FILE = Path(__file__).parent / "kemin_kaupunkistrategia.txt"


def image() -> FutureImage:
    return strategy_image(FILE.read_text(encoding="utf-8"))


def test_the_environment_has_as_many_findings_of_each_sort_as_the_document() -> None:
    counts = Counter((one.side, one.sort) for one in image().environment)
    assert {f"{side} {sort}": n for (side, sort), n in counts.items()} == {
        "inner strength": 10,
        "inner weakness": 11,
        "outer strength": 9,
        "outer weakness": 10,
    }


def test_the_ten_challenges_have_their_points() -> None:
    challenges = image().challenges
    assert [len(one.means.split("\n")) for one in challenges] == [3, 3, 4, 4, 4, 4, 3, 3, 3, 3]
    assert (challenges[0].id, challenges[0].challenge) == ("H1", "Väestörakenteen muuttuminen")
    assert challenges[4].means.split("\n")[1] == "palvelujen tuotantotapojen uudistuttava"


def test_vision_mission_values_and_goals_are_in_the_documents_own_words() -> None:
    found = image()
    assert found.vision == "Elinvoimainen ja viihtyisä kotikaupunki Kemi"
    assert found.mission.split("\n")[0] == "Kemi, enemmän kuin kaupunki"
    assert len(found.mission.split("\n")) == 3
    assert [(one.value, len(one.meaning.split("\n"))) for one in found.values] == [
        ("Ihmisläheisyys", 3),
        ("Luovuus", 3),
        ("Vastuullisuus", 3),
    ]
    assert [(one.goal, len(one.sentences.split("\n"))) for one in found.goals] == [
        ("Elinvoimainen kaupunki", 5),
        ("Hyvinvoivat asukkaat", 5),
        ("Sujuva arki", 5),
    ]
    assert found.goals[2].sentences.split("\n")[1] == "Olemme avoin ja luotettava arjen kumppani."


def test_every_wording_stands_in_the_document() -> None:
    text = " ".join(FILE.read_text(encoding="utf-8").replace("**", "").split())
    found = image()
    words = [one.finding for one in found.environment]
    words += [line for one in found.challenges for line in (one.challenge, *one.means.split("\n"))]
    words += [line for one in found.goals for line in (one.goal, *one.sentences.split("\n"))]
    assert [one for one in words if one not in text] == []


def test_another_strategy_in_markdown_and_in_swedish_is_read_too() -> None:
    text = (
        "# Strategi\n\n## Vision 2030\n\nEn levande skärgård.\n\n## Interna styrkor\n\n- Kunnig personal\n\n"
        "## Externa hot\n\n- Befolkningen minskar\n\n## Våra utmaningar\n\n1. Åldrande\n\n- vården\n\n"
        "## Strategiska mål\n\nLivskraft\n\nVi växer.\n"
    )
    found = strategy_image(text)
    assert found.vision == "En levande skärgård."
    assert [(one.side, one.sort, one.finding) for one in found.environment] == [
        ("inner", "strength", "Kunnig personal"),
        ("outer", "weakness", "Befolkningen minskar"),
    ]
    assert [(one.challenge, one.means) for one in found.challenges] == [("Åldrande", "vården")]
    assert [(one.goal, one.sentences) for one in found.goals] == [("Livskraft", "Vi växer.")]


def test_a_text_of_something_else_is_no_strategy() -> None:
    assert not is_strategy(strategy_image("Ostoslista\n\nmaitoa\nleipää\n"))


def test_the_text_is_taken_in_as_a_future_image_with_its_document() -> None:
    taken = take_in_output(FILE.read_bytes(), FILE.name, PhaseKind.FUTURE_IMAGE)
    assert taken.output == image()
    assert taken.document is not None
