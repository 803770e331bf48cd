"""A witness who also looks at the particulars: numbers, days, windows and outcomes, worked out a second time."""

import datetime as dt
from typing import Any

from rulebook import CALENDAR
from witness import Witness

from models import events as e
from models.days.calendar import due_instant
from models.definitions.definition import Definition
from models.process import Process

LEAST_DAYS = 3  # working days that a round is open at least


class Particular(Witness):
    """Sees every event, and says when a promise is broken in a small thing too."""

    def __init__(self, definition: Definition, process: Process) -> None:
        super().__init__(definition, process)
        self.last_round: dict[str, int] = dict.fromkeys(self.order, 0)
        self.versions: dict[tuple[str, str], tuple[int, str]] = {}  # the number and hash of each output's latest
        self.adopted: dict[str, str] = {}  # open conditions, and the phase in which each was adopted

    def _outputs_of(self, key: str) -> dict[str, bool]:
        """The phase's own outputs, and whether each is required."""
        plan = self.definition.phase(key)
        assert plan is not None
        return {output.id: output.required for output in plan.outputs}

    def _two_pairs_of_eyes(self, phase: str, seats: dict[str, Any], submitters: set[str]) -> None:
        """The round has a preparer, and in each group somebody besides the submitters could accept."""
        plan = self.plans[phase]
        if not plan.four_eyes:
            return
        assert self.roles[plan.preparer] not in submitters, "no preparer is left"
        for at in plan.groups:
            speakers = set()
            for held in seats.values():
                if held.group == at.group and (at.rule != "chair" or held.part != "member"):
                    away = self.directory.away(held.person, self.today)
                    speakers |= {held.person, *(held.deputies if away else ())}
            assert speakers - submitters, f"nobody is left in {at.group} who could accept"

    def _numbered(self, phase: str, output: str, version: Any) -> None:
        """Versions are numbered one by one; the same words keep their number."""
        no, sha = self.versions.get((phase, output), (0, ""))
        assert version.no == no + (version.sha256 != sha), f"{output} is numbered {version.no} after {no}"
        self.versions[phase, output] = (version.no, version.sha256)

    def _OpeningRetracted(self, event: e.OpeningRetracted) -> None:  # noqa: N802
        assert not [1 for phase, _ in self.versions if phase == event.phase], "versions stand on the opening"

    def _OutputsSubmitted(self, event: e.OutputsSubmitted) -> None:  # noqa: N802
        super()._OutputsSubmitted(event)
        key, plan, own = event.phase, self.plans[event.phase], self._outputs_of(event.phase)
        assert {output for output, required in own.items() if required} <= event.versions.keys(), "an output is missing"
        assert {at.group for at in plan.groups} == {held.group for held in event.seats.values()}, "a group is empty"
        self._two_pairs_of_eyes(key, event.seats, {self.by.person})
        self.last_round[key] += 1
        assert event.round == self.last_round[key]
        planned = self.process.dates.get(f"checkpoint:{key}")
        early = planned is None or planned < CALENDAR.add_working_days(self.today, LEAST_DAYS)
        assert event.due == (CALENDAR.add_working_days(self.today, plan.stance_days) if early else planned)
        for output, version in event.versions.items():
            if version.phase == key:
                self._numbered(key, output, version)
            else:
                assert self.versions[version.phase, output] == (version.no, version.sha256)
                assert version.changed == 1

    def _SubmissionRetracted(self, event: e.SubmissionRetracted) -> None:  # noqa: N802
        super()._SubmissionRetracted(event)
        assert not [1 for one in self.raised.values() if (one.phase, one.status) == (event.phase, "open")]

    def _OutputRevised(self, event: e.OutputRevised) -> None:  # noqa: N802
        assert event.output in self._outputs_of(event.phase), "another phase's output was revised"
        super()._OutputRevised(event)
        sitting, plan = self.rounds[event.phase], self.plans[event.phase]
        self._two_pairs_of_eyes(event.phase, sitting.seats, sitting.submitters)
        self._numbered(event.phase, event.output, event.version)
        days = dt.timedelta(days=plan.correction_days)
        window = due_instant(self.today + days) if event.technical and event.concerned else None
        assert event.window == window

    def _ConditionAdopted(self, event: e.ConditionAdopted) -> None:  # noqa: N802
        super()._ConditionAdopted(event)
        self.adopted[event.condition] = event.phase

    def _ConditionFulfilled(self, event: e.ConditionFulfilled) -> None:  # noqa: N802
        super()._ConditionFulfilled(event)
        del self.adopted[event.condition]

    def _CheckpointPassed(self, event: e.CheckpointPassed) -> None:  # noqa: N802
        conditions = event.phase in self.adopted.values()
        super()._CheckpointPassed(event)
        assert event.outcome == ("passed_with_conditions" if conditions else "passed")
