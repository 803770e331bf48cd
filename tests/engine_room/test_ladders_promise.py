"""What ladders promise, whatever happens: reminders come in time, once, to somebody, at a decent hour, or not at all.

People act, go away, postpone and choose their hours; clock and courier are down for as long as they like.
"""

import datetime as dt
import os
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_messages_owed import TEN, deliver, tell
from village import SEATS, Village

from models.commands import Extend, Hold, Resume, Retract
from models.days.calendar import HELSINKI, at_local, local_date
from models.days.calendar_data import calendar_for
from models.duties.duties import duties
from models.duties.planning import plan
from models.duties.recipients import Nobody
from models.errors import EtappiError
from models.municipality.commands import NoteAbsence
from models.outgoing import readers
from models.outgoing.addressing import Addressing
from models.outgoing.contents import TOLD_TODAY
from models.personal import Private
from models.telling.hours import Choices, may_leave
from models.words import Rhythm

SOAK = bool(os.environ.get("ETAPPI_SOAK"))
EXAMPLES = 300 if SOAK else 12
PHASE = "future-image"

people = st.sampled_from([*SEATS, "coordinator", "preparer", "owner"])
minutes = st.sampled_from([5, 20, 60, 240, 24 * 60, 3 * 24 * 60, 8 * 24 * 60])
acts = st.one_of(
    st.tuples(st.just("wait"), minutes),
    st.tuples(st.just("wait"), minutes),
    st.tuples(st.sampled_from(["tick", "tell", "deliver", "all"])),
    st.tuples(st.just("all")),
    st.tuples(st.sampled_from(["open", "submit", "retract", "hold", "resume"])),
    st.tuples(st.just("say"), st.sampled_from(SEATS)),
    st.tuples(st.just("extend"), st.integers(1, 20)),
    st.tuples(st.just("away"), people, st.integers(0, 6)),
    st.tuples(st.just("snooze"), st.sampled_from(SEATS), st.integers(1, 9)),
    st.tuples(
        st.just("choose"), people, st.integers(0, 15), st.integers(1, 8), st.sampled_from(Rhythm), st.integers(0, 6)
    ),
)


class Watch:
    """A village, what is done in it, and what its message log must look like."""

    def __init__(self, village: Village) -> None:
        self.village = village
        self.calendar = calendar_for()
        self.choices: dict[str, Choices] = {}
        self.snoozes = Counter[tuple[str, str]]()
        self.seen = 0

    def does(self, act: tuple[Any, ...]) -> None:
        with suppress(EtappiError):  # what the rules refuse just then changes nothing
            getattr(self, f"_{act[0]}")(*act[1:])

    def _wait(self, minutes: int) -> None:
        self.village.clock.forward(minutes=minutes)

    def _tick(self) -> None:
        self.village.engine.tick()

    def _tell(self) -> None:
        tell(self.village)

    def _all(self) -> None:
        self._tick()
        self._tell()
        self._deliver()

    def _deliver(self) -> None:
        state = self.village.state
        owed = duties(state, self.definition, self.calendar)
        planned = plan(state, self.definition, self.calendar)
        deliver(self.village)
        now = self.village.clock.now
        for id_, person, subject, outcome in self.village.all(
            "select id, person, subject, outcome from message_log where id > :seen order by id", seen=self.seen
        ):
            self.seen = id_
            if outcome != "sent":
                continue
            assert may_leave(now, self.choices.get(person, Choices()), self.calendar), "in its reader's hours"
            key, _, audience = subject.removeprefix(f"{self.village.process}:").rpartition(":")
            if audience == "holder":
                assert key in owed, "never after the duty is done"
                due = any(step.at <= now and step.to == "holder" for step in planned[key].steps)
                assert due or self.snoozes[person, key], "never before its time"

    def _open(self) -> None:
        self.village.open(PHASE)

    def _submit(self) -> None:
        self.village.submit(PHASE)

    def _retract(self) -> None:
        self.village.act(Retract(what="submission", phase=PHASE), "owner")

    def _hold(self) -> None:
        self.village.act(Hold(reason=Private("Odotetaan")), "coordinator")

    def _resume(self) -> None:
        self.village.act(Resume(), "coordinator")

    def _say(self, seat: str) -> None:
        if self.village.state.rounds:
            self.village.say(seat)

    def _extend(self, days: int) -> None:
        round_ = self.village.state.rounds.get(PHASE)
        if round_:
            to = round_.due + dt.timedelta(days=days)
            self.village.act(Extend(date=f"checkpoint:{PHASE}", to=to, reason=Private("Jäät")), "coordinator")

    def _away(self, person: str, days: int) -> None:
        today = local_date(self.village.clock.now)
        self.village.municipal(NoteAbsence(person=person, first=today, last=today + dt.timedelta(days=days)))

    def _snooze(self, person: str, days: int) -> None:
        round_ = self.village.state.rounds.get(PHASE)
        duty = f"stance:{PHASE}:{round_.no if round_ else 1}:{person}"
        until = local_date(self.village.clock.now) + dt.timedelta(days=days)
        Addressing(self.village.engine, TEN).snooze(self.village.name, self.village.process, duty, person, until)
        self.snoozes[person, duty] += 1

    def _choose(self, person: str, first: int, hours: int, rhythm: Rhythm, weekday: int) -> None:
        choices = Choices(first=dt.time(first), last=dt.time(first + hours), rhythm=rhythm, weekday=weekday)
        with self.village.database.transaction() as session:
            readers.choose(session, self.village.name, person, choices, self.village.clock())
        self.choices[person] = choices

    # --- in the end ---------------------------------------------------------------------------------------------------

    @property
    def definition(self) -> Any:
        with self.village.database.reading() as session:
            worlds = self.village.engine.worlds
            return worlds.definition(session, self.village.name, self.village.state.definition)

    def ends(self) -> None:
        """Everything works again for a month; then every promise must have been kept."""
        for day in range(35):
            self.village.clock.now = at_local(local_date(self.village.clock.now) + dt.timedelta(days=1), 3 + day % 20)
            self._all()
        for _ in range(24 * 8):
            self._wait(60)
            self._deliver()
            if not self.village.all("select 1 from outbox where kind in ('message', 'notify') and state <> 'done'"):
                break
        waiting = self.village.all("select key, state, error from outbox where kind = 'message' and state <> 'done'")
        assert waiting == [], "everything leaves, or the log says why not"
        self._nothing_missing()
        self._nothing_twice()

    def _nothing_missing(self) -> None:
        """Every step that fell due is in the log: sent, or not sent with a reason."""
        log = self.village.all("select person, subject, outcome, reason from message_log")
        said = {subject.removeprefix(f"{self.village.process}:") for _, subject, _, _ in log}
        for duty, audience in self.village.all("select duty, audience from reminder where state = 'due'"):
            _, phase, round_, *_ = [*duty.split(":"), "", ""]
            counted = f"stances:{phase}:{round_}:teachers:{audience}"
            assert said & {f"{duty}:{audience}", counted}, f"{duty} {audience}"
        assert all(reason for _, _, outcome, reason in log if outcome != "sent"), "never without a reason"

    def _nothing_twice(self) -> None:
        """No more reminders than steps that fell due and postponements; none twice on a day but by postponing."""
        sent = self.village.all("select person, subject, at from message_log where outcome = 'sent' order by id")
        fallen = Counter[str]()
        for duty, audience in self.village.all("select duty, audience from reminder where state = 'due'"):
            fallen[f"{duty}:{audience}"] += 1
        times = Counter((person, subject) for person, subject, _ in sent)
        days = Counter(
            (person, subject, dt.datetime.fromisoformat(at).astimezone(HELSINKI).date()) for person, subject, at in sent
        )
        for (person, subject), count in times.items():
            key = subject.removeprefix(f"{self.village.process}:")
            if key.rpartition(":")[0].split(":")[0] == "stance":
                assert count <= fallen[key] + self.snoozes[person, key.rpartition(":")[0]]
            elif not key.startswith("stances:"):
                assert count == 1, f"{subject} is told once"
        assert max(days.values(), default=0) <= 1, "nothing twice on a day"
        assert TOLD_TODAY and Nobody.DONE  # the words in which the log says why


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(done=st.lists(acts, min_size=5, max_size=30))
def test_reminders_come_in_time_once_to_somebody_at_a_decent_hour(
    migrated_file: Path, done: list[tuple[Any, ...]]
) -> None:
    folder = Path(tempfile.mkdtemp())
    watch = Watch(Village.founded(folder / "data", migrated_file))
    try:
        watch.does(("open",))
        watch.does(("submit",))
        for act in done:
            watch.does(act)
        watch.ends()
    finally:
        watch.village.database.close()
        shutil.rmtree(folder)
