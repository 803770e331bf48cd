"""Which versions the typed checks of a checkpoint look at, and that what was found in others counts for nothing."""

import datetime as dt
from dataclasses import replace

import pytest
from rulebook import Story, at_round
from small_town import DIAMOND, SMALL, definition, group, phase

from models.criteria import before, evaluate, inputs_of, lacking, typed_checks
from models.definitions.definition import Criterion
from models.outputs.checks import COOPERATION, Finding
from models.process import Cooperation, Earlier, RoundVersion
from models.words import StanceKind
from models.world import Facts, Inputs, TypedFacts

GROUNDED = "needs-grounded"


def criterion(key: str, check: str | None = None) -> Criterion:
    return Criterion(id=key, text={"fi": key}, computed=check)


def checked(story: Story, *checks: str, found: dict[str, Finding] | None = None, of: Inputs | None = None) -> object:
    """What the checks answer and lack in the round, where that was found in those versions."""
    world = story.world()
    inputs = of or inputs_of(story.process, world.definition, "image")
    facts = Facts(typed=TypedFacts(inputs, found)) if found is not None else Facts()
    world = replace(world, facts=facts)
    plan = world.phase("image").checkpoint.model_copy(update={"criteria": tuple(criterion(c, c) for c in checks)})
    answers = evaluate(story.process, world, "image", plan)
    return [(answers[c], lacking(story.process, world, "image", criterion(c, c))) for c in checks]


# --- which versions -----------------------------------------------------------------------------------------------


def test_what_is_looked_at_is_the_rounds_own_outputs_and_the_packages_before() -> None:
    story = Story(SMALL)
    story.goes_through("image")
    story.comes_to_checkpoint("need")
    round_ = story.process.rounds["need"]
    package = story.process.phases["image"].package
    own = {key: one.sha256 for key, one in round_.versions.items() if one.phase == "need"}
    assert inputs_of(story.process, SMALL, "need") == Inputs(tuple(own.items()), (("image", package),), None, ())
    carried = RoundVersion(phase="image", no=1, sha256="9" * 64, by="owner", publicity="in_preparation")
    with_more = round_.model_copy(update={"versions": {**round_.versions, "other": carried}})
    process = story.process.model_copy(update={"rounds": {"need": with_more}})
    assert inputs_of(process, SMALL, "need").own == tuple(own.items()), "an output of another phase is none of its own"
    former = {**story.process.phases["need"].versions, "dropped": carried.model_copy(update={"phase": "need"})}
    need = story.process.phases["need"].model_copy(update={"versions": former})
    process = story.process.model_copy(update={"phases": {**story.process.phases, "need": need}})
    assert inputs_of(process, SMALL, "need").own == tuple(own.items()), "one that is not in the round is not looked at"


def test_after_the_round_the_newest_versions_are_looked_at() -> None:
    story = Story(SMALL)
    story.goes_through("image")
    newest = story.process.phases["image"].versions
    assert inputs_of(story.process, SMALL, "image").own == tuple((key, one.sha256) for key, one in newest.items())
    story = at_round()
    story.revises("image", vision="other words")
    now = story.process.rounds["image"].versions["vision"].sha256
    assert inputs_of(story.process, story.definition, "image").own == (("vision", now),)


def test_what_is_compared_is_the_package_set_aside_or_else_the_round_before() -> None:
    story = at_round()
    said = Earlier(opened=dt.date(2027, 2, 1), versions={"vision": "e" * 64}, stances={"t1": StanceKind.ACCEPT})

    def compared(**of_phase: object) -> tuple[object, object]:
        image = story.process.phases["image"].model_copy(update=of_phase)
        found = inputs_of(story.process.model_copy(update={"phases": {"image": image}}), story.definition, "image")
        return found.former, found.earlier

    assert compared() == (None, ())
    assert compared(earlier=said) == (None, (("vision", "e" * 64),))
    assert compared(former="f" * 64, earlier=said) == ("f" * 64, ())


def test_a_phase_builds_on_all_it_receives_from_directly_or_through_others() -> None:
    order = [one.id for one in DIAMOND.phases]
    first, left, right, _ = order
    assert [before(DIAMOND, key) for key in order] == [(), (first,), (first,), (first, left, right)]


def test_the_typed_checks_are_those_of_the_checkpoint_as_it_stands() -> None:
    criteria = [
        {"id": "said", "text": {"fi": "said"}, "computed": "groups-answered"},
        {"id": "grounded", "text": {"fi": "grounded"}, "computed": GROUNDED},
        {"id": "clear", "text": {"fi": "clear"}, "assessed_by": "assessor"},
    ]
    plan = definition(phase("image", 2, ["vision"], group("teachers"), criteria=criteria))
    story = Story(plan)
    assert typed_checks(story.process, plan, "image") == (GROUNDED,)
    assert typed_checks(story.process, plan, "nowhere") == ()
    without = plan.phases[0].checkpoint.model_copy(update={"criteria": ()})
    amended = story.process.model_copy(update={"amended": {"image": without}})
    assert typed_checks(amended, plan, "image") == ()


# --- what was found -----------------------------------------------------------------------------------------------


def test_what_was_found_in_exactly_these_versions_counts_and_nothing_else() -> None:
    story = at_round()
    fails = Finding(False, ("T2",))
    assert checked(story, GROUNDED, found={GROUNDED: Finding(True)}) == [(True, ())]
    assert checked(story, GROUNDED, found={GROUNDED: fails}) == [(False, ("T2",))]
    assert checked(story, GROUNDED, found={}) == [(None, ())]
    assert checked(story, GROUNDED) == [(None, ())]
    of = inputs_of(story.process, story.definition, "image")
    for others in (
        of._replace(own=(("vision", "0" * 64),)),
        of._replace(packages=(("need", "0" * 64),)),
        of._replace(former="0" * 64),
        of._replace(earlier=(("vision", "0" * 64),)),
    ):
        assert checked(story, GROUNDED, found={GROUNDED: Finding(True)}, of=others) == [(None, ())]


@pytest.mark.parametrize(
    ("cooperation", "begun"),
    [
        (Cooperation(), False),
        (Cooperation(needed=True), False),
        (Cooperation(needed=False, proposed=dt.date(2027, 2, 1)), False),
        (Cooperation(needed=True, proposed=dt.date(2027, 2, 1)), True),
    ],
)
@pytest.mark.parametrize("still", [(), ("T2",)])
def test_once_staff_cooperation_has_begun_only_what_is_still_to_be_assessed_fails(cooperation, begun, still) -> None:
    story = at_round()
    story.state = story.process.model_copy(update={"cooperation": cooperation})
    found = dict.fromkeys((COOPERATION, GROUNDED), Finding(False, ("T1", "T2"), still))
    (of_staff, of_needs) = checked(story, COOPERATION, GROUNDED, found=found)
    assert of_needs == (False, ("T1", "T2")), "only of staff cooperation"
    assert of_staff == ((not still, still) if begun else (False, ("T1", "T2")))
    for holds in (True, None):
        found = {COOPERATION: Finding(holds, (), still)}
        assert checked(story, COOPERATION, found=found)[0][0] is holds
