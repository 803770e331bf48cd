"""The file in which a municipality gives its own days off and its bodies' meetings."""

import datetime as dt
from pathlib import Path

from models.days.formats import read_date
from models.definitions.yaml_places import read_tree
from models.errors import DefinitionError, NotValid, Problem


def read_calendar(file: Path) -> tuple[dict[dt.date, str], dict[str, list[dt.date]]]:
    """What the file says. Raises DefinitionError where it is no YAML, NotValid where it says something else."""
    tree = read_tree(file.read_bytes())
    if tree.mistakes:
        raise DefinitionError(Problem(str(file), p.line, p.column, "", said) for p, _, said in tree.mistakes)
    data = tree.data if isinstance(tree.data, dict) else {}
    unknown = sorted(set(data) - {"own_days", "meetings"})
    own, held = data.get("own_days") or {}, data.get("meetings") or {}
    if unknown or not data or not isinstance(own, dict) or not isinstance(held, dict):
        raise NotValid("A calendar has own_days (date: name) and meetings (body: list of dates), and nothing else.")
    if not all(isinstance(days, list) for days in held.values()):
        raise NotValid("The meetings of a body are a list of dates: [2027-06-14, 2027-08-30].")
    own_days = {read_date(str(date)): str(named or "") for date, named in own.items()}
    return own_days, {str(body): [read_date(str(date)) for date in days] for body, days in held.items()}
