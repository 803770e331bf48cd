"""The tables of an output's draft, row by row: two people may fill in different rows of one table at once."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.drafts import check_may_draft, save, with_typed
from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views import tables as t
from app.web.views.drafting import Drafting, drafting, may_draft
from models.errors import NotFound, Overtaken
from models.exchange.taking import Around, names_of
from models.outputs.rows import Output, Row
from models.outputs.told import Register, columns, registers
from models.storage.typed import TypedContent

router = APIRouter()
AT = "/prosessi/{process}/vaihe/{phase}/tuotos/{output}"
NEW = "uusi"
TRIES = 5  # how often a row is put into a draft that others are saving at the same time


@router.get(AT + "/taulukko/{register}")
def table(place: At, phase: str, output: str, register: str) -> Response:
    """The table, with a link to each row."""
    return _table(place, phase, output, register, Mistakes(), Typed())


@router.post(AT + "/taulukko/{register}")
def paste(place: At, phase: str, output: str, register: str, form: Posted) -> Response:
    """Rows from a spreadsheet: a row that is there already is replaced, the others are added."""
    check_may_draft(place, phase)
    mistakes = Mistakes()
    found = _found(place, phase, output)
    of = found.register(register)
    rows = t.pasted(place, found, of, _raw(form, "pasted"), _outputs(place), mistakes)
    if mistakes:
        return _table(place, phase, output, register, mistakes, form.typed(), status=422)
    _change(place, phase, output, lambda found: _with_rows(found, of, rows))
    said = place.visitor.say_counted("Yksi rivi on tallennettu.", "%(num)s riviä on tallennettu.", len(rows))
    return go(place.visitor, addresses.table(place.key, phase, output, register), said)


@router.get(AT + "/taulukko/{register}/{row}")
def one_row(place: At, phase: str, output: str, register: str, row: str) -> Response:
    """The row as a form; `uusi` for a new one."""
    found = _found(place, phase, output)
    of = found.register(register)
    kept = None if row == NEW else t.row_named(found, of, row)
    return _row(place, found, of, kept, Mistakes(), None)


@router.post(AT + "/taulukko/{register}/{row}")
def keep_row(place: At, phase: str, output: str, register: str, row: str, form: Posted) -> Response:
    """The row is saved; where somebody else has changed it meanwhile, both are shown."""
    check_may_draft(place, phase)
    found, mistakes, typed = _found(place, phase, output), Mistakes(), form.typed()
    of = found.register(register)
    before = None if row == NEW else t.row_named(found, of, row)
    known = names_of(found.form, Around(_outputs(place), found.typed))[of.name].known
    fields = t.read_fields(place, _columns(of, before), typed, mistakes, known)
    more = t.read_own(place, before.more if before else (), typed, mistakes)
    _check_id(place, found, of, before, fields, mistakes)
    if mistakes:
        return _row(place, found, of, before, mistakes, typed, status=422)
    kept = before.model_dump() if before else {}
    made = t.made(place, of, {**kept, **fields, "more": more}, mistakes)
    if mistakes:
        return _row(place, found, of, before, mistakes, typed, status=422)
    try:
        _change(place, phase, output, lambda now: _with_row(now, of, made, row, typed["was"]))
    except Overtaken:
        found = _found(place, phase, output)
        theirs = next((one for one in getattr(found.typed, of.name) if one.id.casefold() == made.id.casefold()), None)
        return _row(place, found, of, theirs, Mistakes(), typed, status=409, conflict=theirs)
    said = place.visitor.say("Rivi %(row)s on tallennettu.", row=made.id)
    loose = t.leads_nowhere(place, _found(place, phase, output), of, made, _outputs(place))
    said = f"{said} {loose}" if loose else said
    return go(place.visitor, addresses.table(place.key, phase, output, register), said)


@router.post(AT + "/taulukko/{register}/{row}/poista")
def remove_row(place: At, phase: str, output: str, register: str, row: str) -> Response:
    """The row is not in the draft any more."""
    check_may_draft(place, phase)
    found = _found(place, phase, output)
    of = found.register(register)
    key = t.row_named(found, of, row).id
    _change(place, phase, output, lambda now: _replaced(now, of, [r for r in _rows(now, of) if r.id != key]))
    said = place.visitor.say("Rivi %(row)s on poistettu.", row=key)
    return go(place.visitor, addresses.table(place.key, phase, output, register), said)


@router.get(AT + "/tekstit")
def texts(place: At, phase: str, output: str) -> Response:
    """The texts of the output's form that are no tables."""
    return _texts(place, _found(place, phase, output), Mistakes(), None)


@router.post(AT + "/tekstit")
def keep_texts(place: At, phase: str, output: str, form: Posted) -> Response:
    """The texts are saved; each stands as it was where nothing was written over it."""
    check_may_draft(place, phase)
    found, mistakes, typed = _found(place, phase, output), Mistakes(), form.typed()
    fields = t.read_fields(place, columns(found.form), typed, mistakes)
    if mistakes:
        return _texts(place, found, mistakes, typed, status=422)
    seen = {name: typed[f"was-{name}"] for name in fields}
    try:
        _change(place, phase, output, lambda now: _with_texts(now, fields, seen))
    except Overtaken:
        return _texts(place, _found(place, phase, output), Mistakes(), typed, status=409, conflict=True)
    return go(place.visitor, addresses.draft(place.key, phase, output), place.visitor.say("Tekstit on tallennettu."))


# --- changing the draft -------------------------------------------------------------------------------------------


def _change(place: Place, phase: str, output: str, change: Callable[[Drafting], Output]) -> None:
    """The draft holds the change, made anew on what others have saved meanwhile. Raises Overtaken."""
    for _ in range(TRIES):
        found = _found(place, phase, output)
        changed = change(found)  # raises Overtaken where the very row is another by now
        try:
            save(place, found, with_typed(place, found, changed), found.revision)
            return
        except Overtaken:
            continue
    raise Overtaken(what="others are saving the same output all the time")


def _rows(found: Drafting, of: Register) -> list[Row]:
    return list(getattr(found.typed, of.name))


def _replaced(found: Drafting, of: Register, rows: list[Row]) -> Output:
    return found.typed.model_copy(update={of.name: tuple(rows)})


def _with_rows(found: Drafting, of: Register, new: list[Row]) -> Output:
    by_id = {row.id.casefold(): row for row in new}
    rows = [by_id.pop(row.id.casefold(), row) for row in _rows(found, of)]
    return _replaced(found, of, [*rows, *by_id.values()])


def _with_row(found: Drafting, of: Register, made: Row, key: str, was: str) -> Output:
    rows = _rows(found, of)
    at = next((i for i, row in enumerate(rows) if row.id.casefold() == made.id.casefold()), None)
    if t.fingerprint(rows[at] if at is not None else None) != was:
        raise Overtaken(what=f"somebody else has changed the row {made.id} since")
    if at is None:
        return _replaced(found, of, [*rows, made])
    return _replaced(found, of, [*rows[:at], made, *rows[at + 1 :]])


def _with_texts(found: Drafting, fields: dict[str, Any], seen: dict[str, str]) -> Output:
    for name, was in seen.items():
        if getattr(found.typed, name) != was and fields[name] != was:
            raise Overtaken(what="somebody else has changed the same text since")
    mine = {name: value for name, value in fields.items() if value != seen[name]}
    return found.typed.model_copy(update=mine)


# --- pages --------------------------------------------------------------------------------------------------------


def _found(place: Place, phase: str, output: str) -> Drafting:
    with place.visitor.reading() as session:
        return drafting(place, session, phase, output)


def _raw(form: Form, name: str) -> str:
    """What was pasted, with the tabs at its ends."""
    value = form.data.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def _columns(of: Register, before: Row | None) -> tuple[Any, ...]:
    return tuple(column for column in of.columns if before is None or column.name != "id")


def _check_id(
    place: Place, found: Drafting, of: Register, before: Row | None, fields: dict[str, Any], mistakes: Mistakes
) -> None:
    """A new row has an identifier that no other row has."""
    if before is not None or mistakes["f-id"]:
        return
    if not fields.get("id"):
        mistakes.add("f-id", place.visitor.say("Anna riville tunnus, esimerkiksi %(id)s.", id=t.next_id(found, of)))
    elif fields["id"].casefold() in {row.id.casefold() for row in _rows(found, of)}:
        free = t.next_id(found, of)
        mistakes.add("f-id", place.visitor.say("Tunnus on jo käytössä. Seuraava vapaa on %(id)s.", id=free))


def _known(found: Drafting, outputs: list[tuple[str, Output]]) -> dict[str, tuple[str, ...]]:
    """The rows that can be named, by table: of this draft and of what has come from earlier phases."""
    named: dict[str, dict[str, str]] = {}
    for one in (*(output for _, output in outputs), found.typed):
        for register in registers(type(one)):
            for row in getattr(one, register.name):
                named.setdefault(register.name, {})[row.id] = f"{row.id} {row.name}"[:90]
    return {name: tuple(rows.values()) for name, rows in named.items()}


def _outputs(place: Place) -> list[tuple[str, Output]]:
    """What the visitor may read of the process as it stands, by phase."""
    with place.visitor.reading() as session:
        content = TypedContent(session, place.visitor.installation.files, place.visitor.municipality, place.scope.id)
        return list(content.as_it_stands(place.secrecy))


def _values(place: Place, found: Drafting) -> dict[str, Any]:
    return {
        "place": place,
        "draft": found,
        "name": place.name("output", found.plan.id),
        "here_at": addresses.draft(place.key, found.phase, found.plan.id),
        "may_write": may_draft(place, found.phase),
    }


def _table(
    place: Place, phase: str, output: str, register: str, mistakes: Mistakes, typed: Typed, *, status: int = 200
) -> Response:
    found = _found(place, phase, output)
    others = _outputs(place) if may_draft(place, found.phase) else []
    shown = t.table_view(place, found, found.register(register), others)
    values = {**_values(place, found), "table": shown, "mistakes": mistakes, "typed": typed}
    return page(place.visitor, "table.html", status=status, **values)


def _row(
    place: Place,
    found: Drafting,
    of: Register,
    before: Row | None,
    mistakes: Mistakes,
    typed: Typed | None,
    *,
    status: int = 200,
    conflict: Row | None = None,
) -> Response:
    check_may_draft(place, found.phase)
    new = before is None
    if new and typed is None:
        typed = Typed({"f-id": t.next_id(found, of)})
    outputs = _outputs(place)
    loose = t.loose_in(place, found, of, outputs).get(before.id) if before and typed is None else None
    fields = t.fields_of(place, _columns(of, before), before, typed, _known(found, outputs), loose or t.NOTHING_LOOSE)
    theirs = t.fields_of(place, of.columns, conflict, None, {}) if conflict is not None else ()
    more = {k: typed.get(f"m-{k}", v) if typed else v for k, v in (before.more if before else {}).items()}
    values = {
        **_values(place, found),
        "register": of,
        "row": before,
        "fields": fields,
        "mistakes": mistakes,
        "more": more,
    }
    was = t.fingerprint(before) if typed is None or conflict is not None or "was" not in typed else typed["was"]
    return page(place.visitor, "row.html", status=status, was=was, theirs=theirs, **values)


def _texts(
    place: Place, found: Drafting, mistakes: Mistakes, typed: Typed | None, *, status: int = 200, conflict: bool = False
) -> Response:
    check_may_draft(place, found.phase)
    if not columns(found.form):
        raise NotFound(what="page", name="tekstit")
    fields = t.fields_of(place, columns(found.form), found.typed, typed, {})
    now = {f"f-{column.name}": getattr(found.typed, column.name) for column in columns(found.form)}
    was = now if typed is None or conflict else {one.name: typed[f"was-{one.name[2:]}"] for one in fields}
    values = {**_values(place, found), "fields": fields, "mistakes": mistakes, "now": now, "conflict": conflict}
    return page(place.visitor, "texts.html", status=status, was=was, **values)
