"""Lists of people as they are pasted, and what each line is found to be."""

import pytest

from models.inviting.lines import Said, entries, name_of_address
from models.inviting.seating import together, with_chair
from models.inviting.verdicts import Known, Sitting, Verdict, Who, verdicts, who_of

PEOPLE = (
    Known("rehtori", "Rehtori", "rehtori@kunta.example"),
    Known("opettaja", "Opettaja", "koulu@kunta.example"),
    Known("opettaja2", "Opettaja", None),
    Known("lahtenyt", "Lähtenyt", "lahtenyt@kunta.example", active=False),
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Rehtori <rehtori@kunta.example>", [("Rehtori", "rehtori@kunta.example", None)]),
        ("1. Rehtori <rehtori@kunta.example> (pj)", [("Rehtori", "rehtori@kunta.example", Said.CHAIR)]),
        ('"Hämäläinen, Åsa" <asa@kunta.example>', [("Åsa Hämäläinen", "asa@kunta.example", None)]),
        ("Hämäläinen, Åsa <asa@kunta.example>", [("Åsa Hämäläinen", "asa@kunta.example", None)]),
        (  # a receivers' field of Outlook
            "Eka <eka@k.example>; Toka, Tea <toka@k.example>; kolmas@k.example;",
            [
                ("Eka", "eka@k.example", None),
                ("Tea Toka", "toka@k.example", None),
                ("", "kolmas@k.example", None),
            ],
        ),
        (
            "Eka <eka@k.example>, Toka <toka@k.example>",
            [("Eka", "eka@k.example", None), ("Toka", "toka@k.example", None)],
        ),
        ("Åsa\tHämäläinen\tasa@k.example\t040 123", [("Åsa Hämäläinen", "asa@k.example", None)]),
        ("asa@k.example\tÅsa Hämäläinen\tvpj", [("Åsa Hämäläinen", "asa@k.example", Said.VICE_CHAIR)]),
        ("Åsa;asa@k.example;varajäsen", [("Åsa", "asa@k.example", Said.DEPUTY)]),
        ("Åsa, asa@k.example", [("Åsa", "asa@k.example", None)]),
        ("Åsa asa@k.example", [("Åsa", "asa@k.example", None)]),
        ("<asa@k.example>", [("", "asa@k.example", None)]),
        ("Pelkkä Nimi", [("Pelkkä Nimi", None, None)]),
        ("Nimi;Sähköposti;Rooli\nÅsa;asa@k.example;Jäsen", [("Åsa", "asa@k.example", Said.MEMBER)]),
        ("Namn\tE-post\r\nÅsa\tasa@k.example\r\n\r\n", [("Åsa", "asa@k.example", None)]),
        ("", []),
    ],
)
def test_a_list_is_read_as_people_paste_it(text: str, read: list[tuple[str, str | None, Said | None]]):
    assert [(one.name, one.email, one.said) for one in entries(text)] == read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Uusi <uusi@kunta.example>", Verdict.NEW),
        ("Rehtori", Verdict.KNOWN),
        ("rehtori", Verdict.KNOWN),
        ("Joku <REHTORI@kunta.example>", Verdict.OTHER_NAME),
        ("rehtori@kunta.example", Verdict.KNOWN),
        ("Rehtori <toinen@kunta.example>", Verdict.SAME_NAME),
        ("Opettaja", Verdict.SEVERAL),
        ("Opettaja <koulu@kunta.example>", Verdict.KNOWN),
        ("etunimi.sukunimi@kunta.example", Verdict.NAME_GUESSED),
        ("Tuntematon", Verdict.NO_ADDRESS),
        ("Uusi <uusi@kunta>", Verdict.BAD_ADDRESS),
        ("Lähtenyt <lahtenyt@kunta.example>", Verdict.LEFT),
    ],
)
def test_each_line_has_its_verdict(text: str, found: Verdict):
    (line,) = verdicts(entries(text), PEOPLE)
    assert line.verdict is found


def test_who_sits_in_the_group_or_stands_in_the_list_already_is_told():
    seated, again = verdicts(entries("Rehtori\nrehtori@kunta.example"), PEOPLE, {"rehtori"})
    assert (seated.verdict, again.verdict) == (Verdict.SEATED, Verdict.REPEATED)
    first, second = verdicts(entries("Uusi <u@k.example>\nU. Usi <U@K.example>"), PEOPLE)
    assert (first.verdict, second.verdict) == (Verdict.NEW, Verdict.REPEATED)


def test_nothing_doubtful_is_taken_by_itself():
    lines = verdicts(entries("Rehtori\nOpettaja\nUusi <u@k.example>\netu.suku@k.example"), PEOPLE)
    assert [who_of(line) for line in lines] == [
        Who(person="rehtori", name="Rehtori", email="rehtori@kunta.example"),
        None,
        Who(name="Uusi", email="u@k.example"),
        None,
    ]


def test_a_deputy_stands_after_the_member_and_the_first_leads_where_nobody_is_said_to():
    eka, toka, vara = Who(name="Eka"), Who(name="Toka"), Who(name="Vara")
    sitting = together([(eka, Said.MEMBER), (vara, Said.DEPUTY), (toka, Said.MEMBER)])
    assert sitting == (Sitting(who=eka, deputies=(vara,)), Sitting(who=toka))
    assert [one.said for one in with_chair(sitting)] == [Said.CHAIR, Said.MEMBER]
    led = (Sitting(who=eka), Sitting(who=toka, said=Said.CHAIR))
    assert with_chair(led) == led


def test_a_name_is_proposed_from_an_address():
    assert name_of_address("anna-maija.virtanen@kunta.example") == "Anna Maija Virtanen"
