"""References to a body's decision as documents write them: "KV 31.1.22 § 3"."""

import datetime as dt
import re

from models.errors import NotValid
from models.frozen import Frozen

_DATE = r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})"
_SECTION = r"(?:§\s?(?P<section>\d+)|(?P<before>\d+)\s?§)"
_BODY = r"(?P<body>[^\W\d_][^\d§,;()]*?)"
_FORMS = [
    re.compile(
        rf"(?:{_BODY}\.?,?\s+)?{_DATE},?\s*{_SECTION}"
    ),  # KV 31.1.22 § 3; 04.12.2023 § 110; Kh. 12.8.2019, 249 §
    re.compile(rf"(?:{_BODY}\.?,?\s+)?{_SECTION},?\s*\(?{_DATE}\)?"),  # KH § 399 (19.11.2018)
]


class Reference(Frozen):
    """A decision by body, date and §."""

    body: str | None  # as it is written: "KV", "Kaupunginhallitus"; None where the reference names none
    date: dt.date
    section: str


def parse_reference(text: str) -> Reference:
    """The body, date and § that the reference names. A year of two digits is in this century.

    Sources: 001:231 "KV 31.1.22 § 3", 003:14 "04.12.2023 § 110". Raises NotValid for anything else.
    """
    plain = " ".join(text.split())
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    if found is None:
        raise NotValid(
            '"{text}" is not a reference to a decision. Write body, date and §, for example KV 31.1.2022 § 3.',
            text=text,
        )
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    try:
        date = dt.date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise NotValid('"{text}" names a day that does not exist. Check the date.', text=text) from None
    return Reference(body=found["body"], date=date, section=found["section"] or found["before"])
