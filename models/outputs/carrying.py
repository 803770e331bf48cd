"""What a phase begins with: rows made from what was locked and handed over, each marked with where it came from.

Every part of the image is a need to be put in words, every need a row to be given a method, every method something to
be governed, every body something to be given units. Nothing is decided by it: the rows are drafts to be completed.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from models.outputs.choices import Way
from models.outputs.future_image import FutureImage
from models.outputs.governance_model import Body, GovernanceModel, Steering
from models.outputs.operational_model import OperationalModel, Unit
from models.outputs.production_method import Alternative, Method, ProductionMethod
from models.outputs.production_need import Need, ProductionNeed
from models.outputs.rows import Output, Row
from models.outputs.thread import Thread
from models.outputs.told import Kind, columns, registers

OWN = (None, Way.AS_NOW, Way.OWN, Way.DIGITAL, Way.ENDING)
"""Ways in which there is no partner to be steered."""


def inherited(form: type[Output], received: Sequence[tuple[str, Output]], origin: str) -> Output:
    """The draft that a phase of the form begins with, from the outputs of the phases before it. May be empty."""
    thread = Thread(received)
    if form is ProductionNeed:
        return ProductionNeed(needs=tuple(_needs(thread, received, origin)))
    if form is ProductionMethod:
        return _ways(thread, origin)
    if form is GovernanceModel:
        return _governed(thread, origin)
    if form is OperationalModel:
        return OperationalModel(units=tuple(_units(thread, origin)))
    return form()


def _needs(thread: Thread, received: Sequence[tuple[str, Output]], origin: str) -> Iterable[Need]:
    parts = [part for _, output in received if isinstance(output, FutureImage) for part in output.parts]
    for number, part in enumerate(parts, 1):
        yield Need(id=f"T{number}", need=part.part, parts=(part.id,), origin=origin)


def _ways(thread: Thread, origin: str) -> ProductionMethod:
    """Each need already a row to be given a method, and going on as now already an alternative."""
    needs = thread.of("needs")
    return ProductionMethod(
        alternatives=tuple(
            Alternative(id=f"V{number}", need=need.id, way=Way.AS_NOW, proposed=False, origin=origin)
            for number, need in enumerate(needs, 1)
        ),
        methods=tuple(Method(id=f"TT{number}", need=need.id, origin=origin) for number, need in enumerate(needs, 1)),
    )


def _governed(thread: Thread, origin: str) -> GovernanceModel:
    """Each method in somebody's hands: all to be given bodies, those with a partner to be steered by a contract."""
    rows = [(node, thread.rows[node]) for node in thread.of("methods")]
    methods = [(node, row) for node, row in rows if isinstance(row, Method) and not row.without]
    shared = [(node, row) for node, row in methods if row.way not in OWN]
    body = Body(id="E1", governs=tuple(node.id for node, _ in methods), origin=origin)
    return GovernanceModel(
        bodies=(body,) if methods else (),
        steering=tuple(
            Steering(id=f"OH{number}", partner=row.producer or row.how, methods=(node.id,), origin=origin)
            for number, (node, row) in enumerate(shared, 1)
        ),
    )


def _units(thread: Thread, origin: str) -> Iterable[Unit]:
    """A unit under each body that governs something, for what it governs."""
    number = 0
    for body in thread.of("bodies"):
        methods = thread.pointed_from(body, "methods")
        needs = [*thread.pointed_from(body, "needs"), *(n for m in methods for n in thread.pointed_from(m, "needs"))]
        if needs:
            number += 1
            met = tuple(dict.fromkeys(node.id for node in needs))
            yield Unit(id=f"YK{number}", under=body.id, needs=met, origin=origin)


def offered(draft: Output, begins: Output) -> Output:
    """What of the inherited rows the draft has not taken up: offered beside it, never put into it."""
    left: dict[str, Any] = {}
    for register in registers(type(begins)):
        have = getattr(draft, register.name)
        ids = {row.id.casefold() for row in have}
        taken = {one for row in have for one in _pointed(row)}
        left[register.name] = tuple(
            _renamed(row, ids, register.told.prefix)
            for row in getattr(begins, register.name)
            if not (_pointed(row) and _pointed(row) <= taken) and not (not _pointed(row) and row.id.casefold() in ids)
        )
    return type(begins).model_validate(left)


def with_offered(draft: Output, begins: Output) -> Output:
    """The draft with the offered rows after its own, for somebody who asked for them."""
    more = offered(draft, begins)
    rows = {one.name: (*getattr(draft, one.name), *getattr(more, one.name)) for one in registers(type(draft))}
    return draft.model_copy(update=rows)


def _pointed(row: Row) -> set[str]:
    """What the row is for: the rows it points to, in small letters."""
    found: set[str] = set()
    for column in columns(type(row)):
        value = getattr(row, column.name)
        if column.kind is Kind.REFERENCE and value and column.name != "under":
            found.add(value.casefold())
        elif column.kind is Kind.REFERENCES and column.name != "rests_on":
            found |= {one.casefold() for one in value}
    return found


def _renamed(row: Row, taken: set[str], prefix: str) -> Row:
    """The row under an identifier that the draft has not given to another."""
    if row.id.casefold() not in taken:
        taken.add(row.id.casefold())
        return row
    number = next(n for n in range(1, len(taken) + 2) if f"{prefix}{n}".casefold() not in taken)
    taken.add(f"{prefix}{number}".casefold())
    return row.model_copy(update={"id": f"{prefix}{number}"})
