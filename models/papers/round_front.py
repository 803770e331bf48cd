"""The front of what lies before the groups in an open round: the questions of a package's front, as they stand now.

Beside dissents it tells the objections that are still open, and in the place of what was waived what does not hold yet.
"""

from collections.abc import Sequence

from models.package import dissent_told
from models.papers.bodies import cooperation_lines, next_lines
from models.papers.material import Setting
from models.papers.package_front import (
    Told,
    condition_lines,
    conditions_part,
    disagreeing,
    dissent_line,
    list_part,
    next_part,
    staff_part,
)
from models.papers.paper import Front, FrontPart
from models.papers.saying import Saying
from models.process import Process
from models.rounds import open_objections, standing


def round_front(
    told: Told,
    setting: Setting,
    process: Process,
    phase: str,
    failing: Sequence[str],
    ready: Sequence[str],
    say: Saying,
) -> Front:
    """The front of the phase's open round: `failing` are the musts that do not hold, `ready` the phases that could be
    opened after it."""
    conditions = {key: one.model_dump(include={"text", "due"}) for key, one in process.conditions.items()}
    parts = (
        told.proposed,
        _disagreed(setting, process, phase, say),
        list_part("tested", say("lacking"), failing, say("nothing_lacking"), leads=True),
        told.changes,
        told.money,
        staff_part((*cooperation_lines(process, say), *told.staff), say),
        told.alternatives,
        conditions_part(condition_lines(setting, process, conditions, say), say),
        next_part(next_lines(process, ready, phase, setting, say), say),
    )
    return Front(pages=2, parts=parts, closing=say("binds_nobody"))


def _disagreed(setting: Setting, process: Process, phase: str, say: Saying) -> FrontPart:
    groups = process.rounds[phase].groups
    met = sum(standing(process, phase, at).met for at in groups)
    objections = {
        key: (setting.group(one.group), str(len(one.makers)), _said(one.text, one.offer, say))
        for key in open_objections(process, phase)
        if (one := process.objections[key])
    }
    dissents = {key: dissent_line(setting, dissent_told(one), say) for key, one in process.dissents.items()}
    lines = objections | dissents
    so_far = say("groups_so_far", met=met, all=len(groups))
    return disagreeing(say("disagree"), [*lines.values()], [*lines], so_far, say("nobody_so_far"), say)


def _said(text: str, offer: bool, say: Saying) -> str:
    words = say.theirs(text)
    return say("offered", text=words) if offer else words
