"""Whatever people do, in whatever order: Etappi keeps its promises, and refuses nothing that it should not.

The promises are in `promises.py`, `witness.py` and `particulars.py`, what people do is in `crowd.py`, and what they try
though they must not in `troublemakers.py`. `ETAPPI_SOAK=1` looks much longer.
"""

import os
from collections.abc import Callable
from random import Random

from crowded_town import PHASES
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from troublemakers import Troublemakers

from models.evolve import fold
from models.words import PhaseStatus

SOAK = bool(os.environ.get("ETAPPI_SOAK"))
THROW = st.integers(0, 2**32 - 1)


def a_round_is_open(machine: "Lifecycle") -> bool:
    return bool(machine.crowd.open)


def something_is_in_work(machine: "Lifecycle") -> bool:
    return bool(machine.crowd.phases(PhaseStatus.READY, PhaseStatus.OPEN))


def all_has_passed(machine: "Lifecycle") -> bool:
    return machine.crowd.phases(PhaseStatus.PASSED) == PHASES


class Lifecycle(RuleBasedStateMachine):
    """A crowd in a process with parallel phases that join."""

    def __init__(self) -> None:
        super().__init__()
        self.crowd = Troublemakers()

    def dice(self, throw: int) -> Random:
        """Other dice at every step: Hypothesis likes to draw the same number again, which would do the same again."""
        return Random(f"{throw} {len(self.crowd.story.record)}")

    @initialize(done=st.integers(0, 4))
    def some_phases_have_passed(self, done: int) -> None:
        for key in PHASES[:done]:
            self.crowd.comes_to_checkpoint(key)
            self.crowd.goes_through(key)
        for key in self.crowd.phases(PhaseStatus.READY):
            self.crowd.comes_to_checkpoint(key)

    @precondition(something_is_in_work)
    @rule(throw=THROW)
    def goes_on(self, throw: int) -> None:
        self.crowd.comes_to_checkpoint(self.dice(throw).choice(self.crowd.phases(PhaseStatus.READY, PhaseStatus.OPEN)))

    @rule(throw=THROW)
    def opens_or_submits(self, throw: int) -> None:
        dice = self.dice(throw)
        dice.choice([self.crowd.opens, self.crowd.submits, self.crowd.submits, self.crowd.takes_back])(dice)

    def do_some(self, throw: int, *acts: Callable[[Random], None]) -> None:
        """Some of the acts happen, as long as a round is open."""
        dice = self.dice(throw)
        for _ in range(dice.randint(2, 8)):
            if self.crowd.open:
                dice.choice(acts)(dice)

    @precondition(a_round_is_open)
    @rule(throw=THROW)
    def people_speak(self, throw: int) -> None:
        crowd = self.crowd
        stances = [crowd.takes_a_stance, crowd.takes_a_stance, crowd.several_take_a_stance, crowd.is_assessed]
        self.do_some(throw, *stances, crowd.files_a_dissent, crowd.goes_away_or_comes_back)

    @precondition(a_round_is_open)
    @rule(throw=THROW)
    def what_was_said_is_settled(self, throw: int) -> None:
        crowd = self.crowd
        settling = [crowd.settles_an_objection, crowd.settles_an_objection, crowd.withdraws, crowd.co_signs]
        self.do_some(throw, crowd.takes_a_stance, *settling, crowd.does_what_was_promised)

    @precondition(a_round_is_open)
    @rule(throw=THROW)
    def some_disagree_and_the_work_goes_on(self, throw: int) -> None:
        self.crowd.disagrees_and_goes_on(self.dice(throw))

    @precondition(a_round_is_open)
    @rule(throw=THROW)
    def an_output_is_revised(self, throw: int) -> None:
        crowd = self.crowd
        self.do_some(throw, crowd.revises, crowd.confirms_or_takes_back, crowd.everybody_confirms)

    @precondition(a_round_is_open)
    @rule(throw=THROW)
    def a_group_meets(self, throw: int) -> None:
        crowd = self.crowd
        self.do_some(throw, crowd.meets, crowd.corrects_a_memo, crowd.confirms_or_takes_back, crowd.takes_a_stance)

    @precondition(a_round_is_open)
    @rule(throw=THROW)
    def the_outcome_is_stated(self, throw: int) -> None:
        crowd, dice = self.crowd, self.dice(throw)
        turns = [crowd.a_submitter_becomes_the_preparer, crowd.hardly_anybody_accepts, crowd.accepts_what_is_not_done]
        dice.choice([crowd.passes, crowd.passes, crowd.passes_on_an_old_page, *turns])(dice)

    @precondition(a_round_is_open)
    @rule(throw=THROW)
    def the_outcome_is_stated_over_an_objection(self, throw: int) -> None:
        self.crowd.passes_over_an_objection(self.dice(throw))

    @precondition(a_round_is_open)
    @rule(throw=THROW)
    def the_outcome_is_stated_while_a_window_runs(self, throw: int) -> None:
        self.crowd.passes_while_a_window_runs(self.dice(throw))

    @precondition(a_round_is_open)
    @rule(throw=THROW)
    def everybody_accepts(self, throw: int) -> None:
        dice = self.dice(throw)
        dice.choice([self.crowd.everybody_accepts, self.crowd.goes_through])(dice.choice(self.crowd.open))

    @precondition(a_round_is_open)
    @rule(throw=THROW)
    def work_is_returned(self, throw: int) -> None:
        self.crowd.returns(self.dice(throw))

    @precondition(all_has_passed)
    @rule(throw=THROW)
    def a_body_handles_the_matter(self, throw: int) -> None:
        self.crowd.is_handled_by_a_body(self.dice(throw))

    @precondition(a_round_is_open)
    @rule(throw=THROW)
    def the_process_is_steered(self, throw: int) -> None:
        crowd, dice = self.crowd, self.dice(throw)
        acts = [crowd.moves_a_date, crowd.is_held_for_a_while, crowd.hands_over, crowd.amends, crowd.seats_end]
        dice.choice(acts)(dice)

    @rule(throw=THROW)
    def somebody_makes_trouble(self, throw: int) -> None:
        self.crowd.make_trouble(self.dice(throw))

    @rule(throw=THROW)
    def time_goes_by(self, throw: int) -> None:
        self.crowd.time_goes_by(self.dice(throw))

    @invariant()
    def the_books_agree(self) -> None:
        self.crowd.witness.agrees(self.crowd.story.process)

    def teardown(self) -> None:
        assert fold(self.crowd.story.record) == self.crowd.story.process, "the record does not fold to the state"


TestLifecycle = Lifecycle.TestCase
TestLifecycle.settings = settings(
    max_examples=3000 if SOAK else 200,
    stateful_step_count=80 if SOAK else 40,
    derandomize=not SOAK,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
