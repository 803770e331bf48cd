"""Fields of commands that hold counts, days and instants within bounds. What is out of them raises NotValid."""

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, Field

from models.amounts import MOST, near_day
from models.errors import NotValid


def countable(number: int) -> int:
    if number > MOST:
        raise NotValid("Write a number in figures, at most {most}.", most=MOST)
    return number


def _near(at: dt.datetime) -> dt.datetime:
    near_day(at.date())
    return at.astimezone(dt.UTC) if at.tzinfo else at  # to the letter as it is read from the record


Count = Annotated[int, Field(ge=0), AfterValidator(countable)]
Day = Annotated[dt.date, AfterValidator(near_day)]
At = Annotated[dt.datetime, AfterValidator(_near)]
