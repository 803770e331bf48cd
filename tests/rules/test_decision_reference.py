"""References to decisions are read as the sources write them."""

import datetime as dt

import pytest

from models.documents.decision_reference import Reference, parse_reference
from models.errors import NotValid


@pytest.mark.parametrize(
    ("text", "body", "date", "section"),
    [
        ("KV 31.1.22 § 3", "KV", dt.date(2022, 1, 31), "3"),
        ("04.12.2023 § 110", None, dt.date(2023, 12, 4), "110"),
        ("KH § 399 (19.11.2018)", "KH", dt.date(2018, 11, 19), "399"),
        ("KH § 10 (14.1.2019)", "KH", dt.date(2019, 1, 14), "10"),
        ("Kaupunginvaltuusto 4.12.2023 §110", "Kaupunginvaltuusto", dt.date(2023, 12, 4), "110"),
        ("Kh. 12.8.2019, 249 §", "Kh", dt.date(2019, 8, 12), "249"),
        ("  KV\n31.1.2022  §  3 ", "KV", dt.date(2022, 1, 31), "3"),
        ("Länsi-Uudenmaan aluehallitus 4.12.2023 § 198", "Länsi-Uudenmaan aluehallitus", dt.date(2023, 12, 4), "198"),
    ],
)
def test_a_reference_gives_body_date_and_section(text: str, body: str | None, date: dt.date, section: str) -> None:
    assert parse_reference(text) == Reference(body=body, date=date, section=section)


@pytest.mark.parametrize(
    "text",
    ["", "KV", "KV 31.1.22", "KV § 3", "31.1. § 3", "KV 31.1.22 § 3 ja § 4", "KV 31.1.222 § 3", "iltakoulu 24.10.2023"],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NotValid, match=r"Write body, date and §, for example KV 31\.1\.2022 § 3"):
        parse_reference(text)


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NotValid, match="does not exist"):
        parse_reference("KV 31.2.2022 § 3")
