"""Which papers follow from what happened, and in which forms."""

from collections.abc import Iterable
from typing import NamedTuple

from models import events as e
from models.papers.paper import PaperKind


class Form(NamedTuple):
    """One paper in one form."""

    kind: PaperKind
    ending: str
    public: bool = False

    @property
    def name(self) -> str:
        """What the record calls it: package.pdf, package.public.pdf."""
        return f"{self.kind}{'.public' if self.public else ''}.{self.ending}"


def _forms(kind: PaperKind, endings: Iterable[str], *, public: bool = False) -> tuple[Form, ...]:
    return tuple(Form(kind, ending, public) for ending in endings)


OF_A_ROUND = _forms(PaperKind.MEETING, ("pdf", "html"))
OF_A_MEETING = _forms(PaperKind.MEMO, ("pdf", "html"))
OF_A_PACKAGE = (
    *_forms(PaperKind.PACKAGE, ("pdf", "html", "docx")),
    *_forms(PaperKind.PACKAGE, ("pdf", "html"), public=True),
    *_forms(PaperKind.AGENDA_ITEM, ("docx",)),
    *_forms(PaperKind.INTERIM_REPORT, ("pdf", "html")),
)

FORMS: dict[type[e.Event], tuple[Form, ...]] = {
    e.OutputsSubmitted: OF_A_ROUND,
    e.OutputRevised: OF_A_ROUND,
    e.MeetingRecorded: OF_A_MEETING,
    e.CheckpointPassed: OF_A_PACKAGE,
}
"""The papers that follow from each event."""

BY_NAME: dict[str, Form] = {form.name: form for forms in FORMS.values() for form in forms}
"""Every form by what the record calls it."""
