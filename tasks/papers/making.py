"""Makes the papers of a moment: each is rendered, stored by its hash, and known to the record.

After a round has opened or changed there is its meeting document; after a meeting its memo; after a phase has passed
the handover package, its agenda item and the interim report, and the package's public edition. What stands in the
record already, with its file, is not made again; a public edition is when something in it has become public since.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from models import events as e
from models.days.formats import Language
from models.papers.agenda_item import agenda_item
from models.papers.appearance import Appearance, Template
from models.papers.forms import FORMS, Form
from models.papers.interim_report import interim_report
from models.papers.meeting_paper import meeting_paper
from models.papers.memo_paper import memo_paper
from models.papers.package_paper import package_paper
from models.papers.paper import Paper, PaperKind
from models.storage.covering import edition
from models.storage.database import Session
from models.storage.store import Scope
from tasks.installation import here
from tasks.papers.gathering import meeting_material, memo_material, package_material
from tasks.papers.html import as_html
from tasks.papers.moments import Moment, moment
from tasks.papers.pdf import as_pdf, renderer
from tasks.papers.word import as_word
from tasks.renditions import record

STANDING = """
    select 1 from rendition r join file f on f.sha256 = r.sha256 and f.municipality_id = :municipality
    where r.process_id = :process and r.made_from = :of and r.language = :language and r.format = :format
        and (:since = 0 or exists (
            select 1 from event
            where process_id = :process and type = 'RenditionRecorded' and seq > :since
                and body like '%"' || r.sha256 || '"%'))"""

AT_ONCE = 2  # papers that are made at the same time

WRITTEN: dict[PaperKind, Template] = {PaperKind.PACKAGE: "package", PaperKind.AGENDA_ITEM: "agenda-item"}
"""The papers that are written in Word, and the name of their template."""


class Made(NamedTuple):
    """A paper, rendered and not yet stored."""

    scope: Scope
    of: str
    language: Language
    form: Form
    content: bytes
    edition: int  # the last event after which documents are made anew, when what is in it was read


def make(municipality: str, process: str, sequence: int) -> int:
    """The papers of that event stand in the files and in the record; how many had to be made."""
    made = 0
    for one in rendered(municipality, process, sequence):
        record_paper(one)
        made += 1
    return made


def rendered(municipality: str, process: str, sequence: int, *, again: bool = False) -> Iterator[Made]:
    """Each paper of that event that does not stand yet, or with `again` each of all; rendered outside of any
    transaction, those of a language at once."""
    with here().database.reading() as session:
        at = moment(session, here().engine, municipality, process, sequence)
        newest = edition(session, at.scope.id)
        wanted = {
            language: [
                (paper, form)
                for public in (False, True)
                for paper, forms in _papers(session, _in(at, language, public=public), public=public, again=again)
                for form in forms
            ]
            for language in at.languages
        }
    for language, papers in wanted.items():
        for (paper, form), content in zip(papers, at_once(papers, at.appearance), strict=True):
            yield Made(at.scope, paper.tarkiste, language, form, content, newest)


def at_once(papers: Sequence[tuple[Paper, Form]], appearance: Appearance) -> Iterator[bytes]:
    """The papers in their forms, in this order. PDFs are printed while the rest is written: printing leaves the
    interpreter free."""
    with ThreadPoolExecutor(AT_ONCE, "paper") as pool:
        yield from pool.map(lambda one: render(one[0], one[1], appearance), papers)


def render(paper: Paper, form: Form, appearance: Appearance) -> bytes:
    """The paper in that form."""
    if form.ending == "docx":
        return as_word(paper, appearance.template(WRITTEN[paper.kind]))
    return as_pdf(paper) if form.ending == "pdf" else as_html(paper)


def _in(at: Moment, language: Language, *, public: bool) -> Moment:
    return at._replace(setting=at.setting.model_copy(update={"language": language, "public": public}))


def _papers(session: Session, at: Moment, *, public: bool, again: bool) -> Iterator[tuple[Paper, list[Form]]]:
    """The papers of the moment, with the forms in which they do not stand yet."""
    forms = [form for form in FORMS[type(at.recorded.event)] if form.public == public]
    papers = _made_from(session, at) if forms else {}
    for kind, make_paper in papers.items():
        of_kind = [form for form in forms if form.kind is kind]
        if of_kind:
            paper = make_paper()
            missing = [form for form in of_kind if again or not _stands(session, at, paper, form)]
            if missing:
                yield paper, missing


def _made_from(session: Session, at: Moment) -> dict[PaperKind, Callable[[], Paper]]:
    event = at.recorded.event
    if isinstance(event, e.CheckpointPassed):
        package = package_material(session, at)
        return {
            PaperKind.PACKAGE: lambda: package_paper(package),
            PaperKind.AGENDA_ITEM: lambda: agenda_item(package),
            PaperKind.INTERIM_REPORT: lambda: interim_report(package),
        }
    if isinstance(event, e.MeetingRecorded):
        memo = memo_material(session, at)
        return {PaperKind.MEMO: lambda: memo_paper(memo)}
    meeting = meeting_material(session, at)
    return {PaperKind.MEETING: lambda: meeting_paper(meeting)}


def _stands(session: Session, at: Moment, paper: Paper, form: Form) -> bool:
    named = {"municipality": at.scope.municipality, "process": at.scope.id, "of": paper.tarkiste, "since": paper.since}
    return session.one(STANDING, {**named, "language": paper.language, "format": form.name}) is not None


def record_paper(made: Made) -> None:
    """The paper is in the files, and the record knows it. Raises Overtaken where it is to be made anew already."""
    about = {"of": made.of, "language": made.language, "format": made.form.name, "renderer": renderer()}
    record(made.scope, made.content, f"{made.form.kind}.{made.form.ending}", about, made.edition)
