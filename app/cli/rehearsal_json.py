"""A rehearsal as `etappi rehearse --json` prints it."""

from app.cli.shapes_rehearsal import (
    Rehearsed,
    RehearsedDuty,
    RehearsedMeeting,
    RehearsedMessage,
    RehearsedMoment,
    RehearsedPerson,
    RehearsedStep,
    RehearsedWorry,
)
from app.rehearsing.letters import letters
from app.rehearsing.sentences import Sentences
from models.days.calendar import local_date
from models.laws import law_in
from models.rehearsal.result import Outlook, Rehearsal


def shape(rehearsal: Rehearsal, *, messages: bool) -> Rehearsed:
    """The whole rehearsal; messages only where they are asked for."""
    said = Sentences(rehearsal.outlook)
    return Rehearsed(
        format=1,
        definition=rehearsal.definition,
        title=rehearsal.title,
        language=rehearsal.language,
        start=rehearsal.start,
        choices=rehearsal.choices,
        decided=rehearsal.decided,
        meetings=meetings_of(rehearsal.outlook),
        worries=tuple(RehearsedWorry(worry.kind.value, worry.day, *said.worry(worry)) for worry in rehearsal.worries),
        timeline=tuple(
            RehearsedMoment(one.day, one.kind.value, one.name, one.until, one.phase, one.proposed)
            for one in rehearsal.moments
        ),
        duties=tuple(
            RehearsedDuty(
                person=one.person,
                group=one.group,
                week="{}-W{:02}".format(*one.due.isocalendar()[:2]),
                kind=one.kind.value,
                about=one.about,
                since=one.since,
                due=one.due,
                done=local_date(one.done) if one.done else None,
            )
            for one in rehearsal.duties
        ),
        people=tuple(
            RehearsedPerson(key, player.name, player.role, player.group)
            for key, player in rehearsal.people.items()
            if player.deputy_of is None
        ),
        dates=rehearsal.outlook.dates,
        messages=_messages(rehearsal) if messages else None,
    )


def meetings_of(outlook: Outlook) -> tuple[RehearsedMeeting, ...]:
    """The meetings that could decide, with the way to each."""
    said = Sentences(outlook)
    return tuple(
        RehearsedMeeting(
            meeting=way.meeting,
            body=way.body,
            proposed=way.proposed,
            in_window=way.in_window,
            reached=way.reached,
            sentence=verdict.sentence,
            points=verdict.points,
            help=verdict.help,
            steps=tuple(
                RehearsedStep(
                    kind=step.kind.value,
                    name=said.step(step),
                    latest=step.latest,
                    planned=step.planned,
                    least=said.least(step),
                    ground=law_in(step.ground, outlook.language) or None,
                    proposed=step.proposed,
                    done=step.done,
                )
                for step in way.steps
            ),
        )
        for way, verdict in zip(outlook.ways, said.verdicts(), strict=True)
    )


def _messages(rehearsal: Rehearsal) -> tuple[RehearsedMessage, ...]:
    return tuple(
        RehearsedMessage(
            at=one.at,
            to=one.to,
            kind=one.kind,
            about=one.about,
            due=one.notice.due,
            message=one.mail,
            subject=letter.subject,
        )
        for letter in letters(rehearsal)
        for one in letter.told
    )
