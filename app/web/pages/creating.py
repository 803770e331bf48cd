"""Creating a process, one thing to a page: the definition, its name, the sources' choices, the start, the decision it
rests on, and in the end all answers. Nothing is recorded before the last button."""

import datetime as dt
import secrets
from typing import Any

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.creating import Creating, InCreation, check_may_create
from app.web.drafts import stored_for
from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.place import SignedInVisitor
from app.web.rendering import go, page
from app.web.views.creating import begun, check_page, choice_page, models
from models.amounts import day_in
from models.commands import SettingUp
from models.creating.answers import CHECK, CHOICE, DECISION, MODEL, NAME, START, Answers, Reading, next_step
from models.creating.creation import creation
from models.creating.proposing import AS_PROPOSED, proposed_start, usual_start
from models.days.schedule import parse_start
from models.errors import NotFound, NotValid
from models.outgoing.invitations import invite
from models.storage import new_processes
from models.storage.database import Session

router = APIRouter()
AT = addresses.NEW_PROCESS
LONGEST_TITLE = 300
YEARS = tuple(map(str, range(2000, 2060)))
MONTHS = tuple(map(str, range(1, 13)))


@router.get(AT)
def beginning(visitor: SignedInVisitor) -> Response:
    """What creating takes, and what has been begun."""
    check_may_create(visitor)
    with visitor.reading() as session:
        found = begun(visitor, session)
    return page(visitor, "creating.html", begun=found)


@router.post(AT + "/hylkaa")
def give_up(visitor: SignedInVisitor, form: Posted) -> Response:
    """Nothing that was answered is kept."""
    check_may_create(visitor)
    with visitor.installation.database.transaction() as session:
        new_processes.drop(session, visitor.municipality, visitor.person)
    return go(visitor, AT, visitor.say("Vastaukset on poistettu. Mitään ei luotu."))


@router.post(AT + "/jatka")
def go_on(creating: InCreation, form: Posted) -> Response:
    """On to the first step that is not answered."""
    return go(creating.visitor, addresses.creating(next_step(creating.definition, creating.answers)))


# --- the definition -----------------------------------------------------------------------------------------------


@router.get(AT + "/malli")
def ask_model(visitor: SignedInVisitor) -> Response:
    """Which definition."""
    check_may_create(visitor)
    return _model(visitor, Mistakes())


@router.post(AT + "/malli")
def choose_model(visitor: SignedInVisitor, form: Posted) -> Response:
    """The process is to be made from the definition. Another one's answers are begun anew, but for what is the same."""
    check_may_create(visitor)
    hash_ = form.text("model")
    with visitor.installation.database.transaction() as session:
        if hash_ not in {one.hash for one in models(visitor, session)}:
            mistakes = Mistakes()
            mistakes.add("model", visitor.say("Valitse prosessimalli."))
        else:
            mistakes = Mistakes()
            before = new_processes.read(session, visitor.municipality, visitor.person)
            answers = _on_model(before, hash_)
            new_processes.put(session, visitor.municipality, visitor.person, answers, visitor.now)
    if mistakes:
        return _model(visitor, mistakes, status=422)
    with visitor.reading() as session:
        found = Creating(visitor, session)
    return go(visitor, addresses.creating(next_step(found.definition, found.answers)))


def _on_model(before: Answers | None, hash_: str) -> Answers:
    if before is not None and before.definition == hash_:
        return before
    kept = {"matter_number": before.matter_number, "setting_up": before.setting_up} if before else {}
    return Answers(definition=hash_, answered=(MODEL,), **kept)


def _model(visitor: SignedInVisitor, mistakes: Mistakes, *, status: int = 200) -> Response:
    with visitor.reading() as session:
        options, found = models(visitor, session), begun(visitor, session)
    chosen = found.answers.definition if found else None
    at = (1, found.steps if found else None)
    return page(visitor, "creating_model.html", status=status, options=options, chosen=chosen, at=at, mistakes=mistakes)


# --- name and number ----------------------------------------------------------------------------------------------


@router.get(AT + "/nimi")
def ask_name(creating: InCreation) -> Response:
    """What the process is called, and its matter number."""
    title = creating.answers.title or creating.definition.name.in_(creating.language)
    typed = Typed({"title": title, "matter_number": creating.answers.matter_number or ""})
    return _step(creating, NAME, "creating_name.html", Mistakes(), typed)


@router.post(AT + "/nimi")
def give_name(creating: InCreation, form: Posted) -> Response:
    """The process is called so."""
    _, mistakes, title = creating.visitor.say, Mistakes(), form.text("title")
    if not title:
        mistakes.add("title", _("Anna prosessille nimi."))
    elif len(title) > LONGEST_TITLE:
        mistakes.add("title", _("Nimi on liian pitkä: enintään 300 merkkiä."))
    if mistakes:
        return _step(creating, NAME, "creating_name.html", mistakes, form.typed(), status=422)
    return creating.keep(NAME, lambda _: {"title": title, "matter_number": form.text("matter_number") or None})


# --- choices ------------------------------------------------------------------------------------------------------


@router.get(AT + "/valinta/{choice}")
def ask_choice(creating: InCreation, choice: str) -> Response:
    """How something is read that the sources leave open, with their own words."""
    step = f"{CHOICE}/{choice}"
    creating.check_step(step)
    found = choice_page(creating, choice)
    typed = Typed({"reading": found.chosen, "why": "" if found.why == creating.visitor.say(AS_PROPOSED) else found.why})
    return _step(creating, step, "creating_choice.html", Mistakes(), typed, choice=found)


@router.post(AT + "/valinta/{choice}")
def settle(creating: InCreation, choice: str, form: Posted) -> Response:
    """The choice is settled so, for the reason given."""
    step = f"{CHOICE}/{choice}"
    creating.check_step(step)
    _, mistakes, found = creating.visitor.say, Mistakes(), choice_page(creating, choice)
    reading = next((one for one in found.options if one.key == form.text("reading")), None)
    why, as_proposed = form.text("why"), _("Prosessimallin ehdotus.")
    if reading is None:
        mistakes.add("reading", _("Valitse, kumpaa tulkintaa noudatetaan."))
    elif not reading.proposed and why in ("", as_proposed):
        mistakes.add("why", _("Valitsit muun kuin mallin ehdotuksen. Kirjoita, miksi; se jää valmisteluhistoriaan."))
    if mistakes:
        return _step(creating, step, "creating_choice.html", mistakes, form.typed(), status=422, choice=found)
    settled = Reading(reading=form.text("reading"), why=why or as_proposed)
    return creating.keep(step, lambda now: {"choices": {**now.choices, choice: settled}})


# --- the start ----------------------------------------------------------------------------------------------------


@router.get(AT + "/alku")
def ask_start(creating: InCreation) -> Response:
    """In which month the work begins."""
    usual = usual_start(creating.definition, creating.readings, creating.visitor.today)
    start = creating.answers.start or proposed_start(creating.definition, creating.readings, creating.visitor.today)
    typed = Typed({"month": str(start.month), "year": str(start.year)})
    return _step(creating, START, "creating_start.html", Mistakes(), typed, usual=usual)


@router.post(AT + "/alku")
def give_start(creating: InCreation, form: Posted) -> Response:
    """The work begins in that month; the dates are proposed from it."""
    mistakes = Mistakes()
    start = _start(creating, form, mistakes)
    if mistakes or start is None:
        usual = usual_start(creating.definition, creating.readings, creating.visitor.today)
        return _step(creating, START, "creating_start.html", mistakes, form.typed(), status=422, usual=usual)
    return creating.keep(START, lambda _: {"start": start})


def _start(creating: Creating, form: Form, mistakes: Mistakes) -> dt.date | None:
    _, month, year = creating.visitor.say, form.text("month"), form.text("year")
    if year not in YEARS:
        mistakes.add("year", _("Anna vuosi neljällä numerolla, esimerkiksi 2027."))
    if month not in MONTHS:
        mistakes.add("month", _("Valitse kuukausi."))
    if mistakes:
        return None
    return parse_start(f"{year}-{month.zfill(2)}", creating.definition, creating.readings)


# --- the decision it rests on -------------------------------------------------------------------------------------


@router.get(AT + "/paatos")
def ask_decision(creating: InCreation) -> Response:
    """The decision that sets the work up, or that it is a rehearsal."""
    rests = creating.answers.setting_up
    known = DECISION in creating.answers.answered
    typed = Typed({"rests": "decision" if rests else "rehearsal" if known else ""})
    if rests:
        typed |= {"body": rests.body, "date": rests.date.isoformat(), "section": rests.section}
    return _decision(creating, Mistakes(), typed)


@router.post(AT + "/paatos")
def give_decision(creating: InCreation, form: Posted) -> Response:
    """The work rests on that decision, or is a rehearsal."""
    mistakes = Mistakes()
    rests = _rests_on(creating, form, mistakes)
    if mistakes:
        return _decision(creating, mistakes, form.typed(), status=422)
    return creating.keep(DECISION, lambda _: {"setting_up": rests})


def _rests_on(creating: Creating, form: Form, mistakes: Mistakes) -> SettingUp | None:
    _ = creating.visitor.say
    if form.text("rests") not in ("decision", "rehearsal"):
        mistakes.add("rests", _("Valitse, onko asettamispäätös tehty."))
    if form.text("rests") != "decision":
        return None
    if not form.text("body"):
        mistakes.add("body", _("Kirjoita, mikä toimielin tai viranhaltija päätti."))
    day = _day(form.text("date"))
    if day is None:
        mistakes.add("date", _("Anna päätöksen päivä."))
    elif day > creating.visitor.today:
        mistakes.add("date", _("Päätös on tehty: sen päivä ei voi olla tulevaisuudessa."))
    if not form.text("section"):
        mistakes.add("section", _("Anna päätöksen pykälä."))
    if mistakes or day is None:
        return None
    rests = SettingUp(body=form.text("body"), date=day, section=form.text("section").lstrip("§ "))
    return rests.model_copy(update={"document": _document(creating, form, rests)})


def _document(creating: Creating, form: Form, rests: SettingUp) -> str | None:
    """The decision's text: the file that was chosen, else the one of the same decision from before."""
    file, before = form.file("document"), creating.answers.setting_up
    if file is not None:
        return stored_for(creating.visitor, file.file, file.filename or "").sha256
    return before.document if before and not form.checked("without") else None


def _day(text: str) -> dt.date | None:
    try:
        return day_in(text)
    except (ValueError, NotValid):
        return None


def _decision(creating: Creating, mistakes: Mistakes, typed: Typed, *, status: int = 200) -> Response:
    bodies = tuple(one.name.in_(creating.language) for one in creating.definition.bodies)
    rests = creating.answers.setting_up
    values = {"bodies": bodies, "document": rests.document if rests else None}
    return _step(creating, DECISION, "creating_decision.html", mistakes, typed, status=status, **values)


# --- all answers --------------------------------------------------------------------------------------------------


@router.get(AT + "/tarkista")
def check(creating: InCreation) -> Response:
    """All answers on one page, each with the way to change it."""
    missing = next_step(creating.definition, creating.answers)
    if missing != CHECK:
        return go(creating.visitor, addresses.creating(missing))
    return _check(creating, None)


@router.post(AT + "/tarkista")
def create(creating: InCreation, form: Posted) -> Response:
    """The people, groups and seats that are new are there, and the process; those who are new are invited."""
    visitor = creating.visitor
    missing = next_step(creating.definition, creating.answers)
    if missing != CHECK:
        return go(visitor, addresses.creating(missing))
    document = creating.answers.setting_up.document if creating.answers.setting_up else None
    if document is not None and not visitor.installation.files.has(document):
        return _check(creating, visitor.say("Asettamispäätöksen liite on ehtinyt vanhentua. Lisää se uudelleen."))
    made = creation(
        creating.answers, creating.definition, creating.directory, visitor.person, visitor.today, new_person_key
    )
    held = dt.timedelta(minutes=visitor.installation.settings.message_window)

    def besides(session: Session, now: dt.datetime) -> None:
        if form.checked("invite"):
            invite(session, visitor.municipality, made.invited, now, held, made.before)
        new_processes.drop(session, visitor.municipality, visitor.person)

    done = visitor.engine.handle_together(
        visitor.municipality, made.before, visitor.person, create=made.create, also=besides, channel="web"
    )
    if done.process is None:
        raise NotFound(what="process", name=creating.answers.title)
    return go(visitor, addresses.process(done.process.process), _said(visitor, form, len(made.invited)))


def new_person_key() -> str:
    """A key that tells nothing of whom it names."""
    return f"hlo-{secrets.token_hex(4)}"


def _said(visitor: SignedInVisitor, form: Form, invited: int) -> str:
    if not invited or not form.checked("invite"):
        return visitor.say("Prosessi on luotu.")
    minutes = visitor.installation.settings.message_window
    return visitor.say_counted(
        "Prosessi on luotu. Yksi kutsu lähtee %(minutes)s minuutin kuluttua; Työryhmät-sivulla voit perua sen.",
        "Prosessi on luotu. %(num)s kutsua lähtee %(minutes)s minuutin kuluttua; Työryhmät-sivulla voit perua ne.",
        invited,
        minutes=minutes,
    )


def _check(creating: Creating, trouble: str | None) -> Response:
    with creating.visitor.reading() as session:
        found = check_page(creating, session)
    status = 409 if trouble else 200
    return _step(
        creating, CHECK, "creating_check.html", Mistakes(), Typed(), status=status, check=found, trouble=trouble
    )


def _step(
    creating: Creating,
    step: str,
    template: str,
    mistakes: Mistakes,
    typed: Typed,
    *,
    status: int = 200,
    **values: Any,
) -> Response:
    """One step's page, with the way back."""
    common = {
        "creating": creating,
        "back": creating.before(step),
        "at": creating.at(step),
        "mistakes": mistakes,
        "typed": typed,
    }
    return page(creating.visitor, template, status=status, **common, **values)
