"""A process that somebody has begun to create, with every step answered."""

import datetime as dt

from visiting import Pages

from models.commands import SettingUp
from models.creating.answers import Answers, GroupAnswer, Reading, steps
from models.inviting.lines import Said
from models.inviting.verdicts import Sitting, Who
from models.storage import new_processes, store

TOWN = "kemijarvi"
NEW_GROUP = "Uusi Jäsen <uusi@kemijarvi.example> (pj)\nRehtori\n"


def begin(pages: Pages, person: str) -> Answers:
    """The person has answered everything: one group is new, the others are the municipality's."""
    engine = pages.installation.engine
    with engine.database.transaction() as session:
        head = store.municipality_head(session, TOWN)
        directory = engine.worlds.directory(session, TOWN, head.sequence if head else 0)
        hash_ = next(key for key, id_ in directory.definitions.items() if id_ == "kemijarvi-2030")
        definition = engine.worlds.definition(session, TOWN, hash_)
        named = {slot.id: Who(person="koordinaattori") for slot in definition.roles}
        new = GroupAnswer(
            name="Uusi hyvinvointiryhmä",
            pasted=NEW_GROUP,
            sitting=(
                Sitting(who=Who(name="Uusi Jäsen", email="uusi@kemijarvi.example"), said=Said.CHAIR),
                Sitting(who=Who(person="rehtori", name="Rehtori")),
            ),
        )
        answers = Answers(
            definition=hash_,
            title="Kemijärvi kohti vuotta 2030",
            choices={one.id: Reading(reading=one.proposed, why="Kuten mallissa.") for one in definition.choices},
            start=dt.date(2027, 12, 1),
            dates={"phase:tulevaisuuskuva:last": dt.date(2028, 2, 5)},  # a Saturday
            setting_up=SettingUp(body="Kaupunginhallitus", date=dt.date(2027, 3, 1), section="12"),
            roles={**named, "preparer": Who(person="valmistelujohtaja")},
            groups={
                "hyvinvointiryhma": new,
                "elinvoimaryhma": GroupAnswer(group="elinvoimaryhma"),
                "laajennettu-jory": GroupAnswer(group="laajennettu-jory"),
            },
            answered=steps(definition),
        )
        new_processes.put(session, TOWN, person, answers, engine.clock())
    return answers
