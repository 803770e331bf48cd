"""Who reads what is secret: those who work upon it, towards each phase that it lies in, and nobody else."""

import pytest
from rulebook import OUT, Story
from small_town import definition, deputy, group, one_round, phase, text

from models.canonical import sha256
from models.commands import LeaveRound
from models.errors import NotAuthorised
from models.rights import Thing, may_read
from models.secrecy import Secrecy
from models.words import SECRET, Publicity
from models.world import DraftFacts

BESIDE = (("school", "lessons", "teachers"), ("streets", "plans", "builders"))


def secrecy(story: Story, person: str) -> Secrecy:
    return Secrecy(story.process, story.world(), person)


def writes_secretly(story: Story, key: str, output: str) -> None:
    facts = DraftFacts(sha256("hidden"), "owner", Publicity.SECRET)
    story.drafts[key] = {**story.drafts.get(key, {}), output: facts}


@pytest.fixture
def story() -> Story:
    """A round of the first phase over a secret vision; the teachers and the neighbours are asked."""
    story = Story()
    story.opens("image")
    writes_secretly(story, "image", "vision")
    story.submits("image")
    return story


READERS = [
    ("teacher-1", True),
    ("teacher-3-deputy", True),
    ("neighbour-2", True),
    ("owner", True),
    ("preparer", True),
    ("coordinator", True),
    ("registrar", True),
    ("builder-1", False),  # sits in a group of the process that is not asked here
    ("assessor", False),  # assesses nothing of this checkpoint
    ("administrator", False),
    ("auditor", False),
    ("protection", False),
    ("setter-up", False),
    ("outsider", False),
    ("a stranger", False),
]


@pytest.mark.parametrize(("person", "reads"), READERS)
@pytest.mark.parametrize("publicity", SECRET)
def test_who_reads_what_is_secret(story, person, reads, publicity):
    assert secrecy(story, person).allows(publicity, "image", "vision") is reads
    assert secrecy(story, person).allows_all() is reads


@pytest.mark.parametrize("publicity", sorted(set(Publicity) - set(SECRET)))
def test_what_is_not_secret_is_asked_of_the_right_to_the_process_alone(story, publicity):
    assert secrecy(story, "builder-1").allows(publicity, "image", "vision")
    assert may_read(story.process, Thing.PROCESS, "builder-1", story.world())


def test_a_refusal_says_on_what_ground_it_is_secret(story):
    with pytest.raises(NotAuthorised, match="JulkL 24"):
        secrecy(story, "builder-1").check(Publicity.SECRET, "image", "vision", "JulkL 24 §")
    with pytest.raises(NotAuthorised, match=r"secret \(–\)"):  # the ground is not known
        secrecy(story, "builder-1").check(Publicity.SECRET, "image", "vision")
    secrecy(story, "teacher-1").check(Publicity.SECRET, "image", "vision")


def test_a_group_that_is_not_asked_about_the_output_does_not_read_it():
    story = Story(
        one_round(group("teachers", covers=["vision"]), group("builders", covers=["plan"]), outputs=["vision", "plan"])
    )
    assert secrecy(story, "teacher-1").allows("secret", "image", "vision")
    assert not secrecy(story, "builder-1").allows("secret", "image", "vision")


def test_who_is_disqualified_from_it_does_not_read_it_but_the_deputy_does(story):
    story.says("t1", OUT, ground="Hallintolaki 28 §")
    assert not secrecy(story, "teacher-1").allows("secret", "image", "vision")
    assert secrecy(story, deputy("t1")).allows("secret", "image", "vision")


def test_in_a_round_those_read_who_were_asked_when_it_opened_and_have_not_left(story):
    """The seats are frozen for the round (design.md, 4)."""
    seat = story.directory.seats["t1"]
    story.changes(seats={**story.directory.seats, "t9": seat.model_copy(update={"person": "outsider"})})
    assert not secrecy(story, "outsider").allows("secret", "image", "vision")
    story.does("directory", LeaveRound(seat="t1", reason="the term ended"))
    assert not secrecy(story, "teacher-1").allows("secret", "image", "vision")
    assert secrecy(story, "teacher-2").allows("secret", "image", "vision")


def test_in_a_round_too_a_group_reads_only_what_it_is_asked_about():
    covering = (group("teachers", covers=["vision"]), group("builders", covers=["plan"]))
    story = Story(one_round(*covering, outputs=["vision", "plan"]))
    story.comes_to_checkpoint("image")
    for person, outputs in (("teacher-1", ["vision"]), ("builder-1", ["plan"])):
        read = [one for one in ("vision", "plan") if secrecy(story, person).allows("secret", "image", one)]
        assert read == outputs
        assert secrecy(story, person).allows("secret", "image")  # of the phase as a whole


def test_who_is_disqualified_from_one_output_reads_the_others():
    story = Story(one_round(group("teachers"), outputs=["vision", "plan"]))
    story.comes_to_checkpoint("image")
    story.says("t1", OUT, outputs=("plan",))
    assert secrecy(story, "teacher-1").allows("secret", "image", "vision")
    assert not secrecy(story, "teacher-1").allows("secret", "image", "plan")
    assert not secrecy(story, "teacher-1").allows("secret", "image")  # it may be of the plan


def test_what_is_secret_in_one_phase_is_not_read_by_those_asked_in_another_beside_it():
    apart = [phase(key, 2, [of], group(who), receives=[]) for key, of, who in BESIDE]
    story = Story(definition(*apart, phase("whole", 3, ["model"], receives=["school", "streets"])))
    story.opens("school")
    writes_secretly(story, "school", "lessons")
    story.submits("school")
    story.comes_to_checkpoint("streets")
    assert secrecy(story, "teacher-1").allows("secret", "school", "lessons")
    assert not secrecy(story, "builder-1").allows("secret", "school", "lessons")


def test_one_secret_version_is_enough_that_not_all_may_be_read():
    story = Story(one_round(group("teachers"), outputs=["vision", "plan"]))
    story.opens("image")
    story.writes("image", plan="open words")
    writes_secretly(story, "image", "vision")
    story.submits("image")
    assert not secrecy(story, "builder-1").allows_all()
    assert secrecy(story, "teacher-1").allows_all()


def test_a_group_of_a_later_phase_reads_what_that_carries():
    plan = definition(
        phase("image", 2, ["vision"], group("teachers")),
        phase("need", 3, ["register"], group("neighbours"), carries=["image", "need"]),
    )
    story = Story(plan)
    story.opens("image")
    writes_secretly(story, "image", "vision")
    story.submits("image")
    assert not secrecy(story, "neighbour-1").allows("secret", "image", "vision")
    story.accept("t1", "t2", "t3")
    story.passes("image")
    story.comes_to_checkpoint("need")
    assert secrecy(story, "neighbour-1").allows("secret", "image", "vision")


def test_who_works_in_a_phase_reads_what_was_handed_over_to_it():
    sound = {"id": "sound", "text": text("sound"), "assessed_by": "assessor"}
    story = Story(definition(phase("image", 2, ["vision"]), phase("need", 3, ["register"], criteria=[sound])))
    story.opens("image")
    writes_secretly(story, "image", "vision")
    story.submits("image")
    story.accept("t1", "t2", "t3")
    story.passes("image")
    assert not secrecy(story, "assessor").allows("secret", "image", "vision")
    story.opens("need")
    assert secrecy(story, "assessor").allows("secret", "image", "vision")


def test_a_stand_in_reads_for_who_is_away_only_meanwhile(story):
    assert not secrecy(story, "stand-in").allows("secret", "image", "vision")
    story.is_away("owner", stand_in="stand-in")
    assert secrecy(story, "stand-in").allows("secret", "image", "vision")
    story.after(days=5)
    assert not secrecy(story, "stand-in").allows("secret", "image", "vision")


def test_whoever_is_no_longer_active_reads_nothing_secret(story):
    everybody = story.directory.people
    story.changes(people={key: one.model_copy(update={"active": False}) for key, one in everybody.items()})
    assert not any(secrecy(story, person).allows("secret", "image", "vision") for person in everybody)
