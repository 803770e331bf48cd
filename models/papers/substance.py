"""What the outputs of a phase say in rows and figures, for the front of its papers.

It comes from typed content, and for villages from a table that people wrote in a document. Nothing is guessed: a need
without figures is counted as such, and where there are no rows the paper says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from models.compiled.compiling import Source, known_tables, rows
from models.days.formats import Language
from models.documents.parts import Document
from models.outputs.choices import StaffEffect, Way
from models.outputs.operational_model import OperationalModel, Unit
from models.outputs.production_method import Alternative as Considered
from models.outputs.production_method import Method, ProductionMethod
from models.outputs.production_need import Need, ProductionNeed
from models.outputs.rows import Output
from models.papers.material import Alternative, Change, Substance, Sum
from models.papers.saying import Saying

VILLAGES = {
    "where": r"kyl|alue|by\b|byar|område|village|area",
    "now": r"(?:palvelu )?nyt|palvelu nyt|nykyi|(?:tjänst )?nu|(?:service )?now",
    "then": r"(?:palvelu )?(?:ehdot|jatk)|mikä muuttuu|mitä muuttuu|(?:tjänst.* )?försl|vad ändras"
    r"|(?:service )?propos|what changes",
    "service": r"palvelut?$|tjänst(?:er)?$|services?$",
}


def substance(
    own: Output, received: Iterable[tuple[str, Output]], documents: Sequence[Document], language: Language, say: Saying
) -> Substance:
    """The rows and figures of a phase: `own` is what its outputs hold, `received` what it builds on."""
    villages, received = _villages(documents), list(received)
    needs = {need.id: need for _, output in received if isinstance(output, ProductionNeed) for need in output.needs}
    if isinstance(own, ProductionMethod):
        found = _of_methods(own, needs, language, say)
    elif isinstance(own, OperationalModel):
        found = _of_units(own, say)
    else:
        found = Substance()
    if not isinstance(own, ProductionMethod):
        found = _with_earlier(found, received, needs, language, say)
    return found.model_copy(update={"changes": (*villages, *found.changes)})


def _with_earlier(
    found: Substance, received: Iterable[tuple[str, Output]], needs: Mapping[str, Need], language: Language, say: Saying
) -> Substance:
    """The alternatives that were considered in an earlier phase, and its figures where there are none of their own."""
    for phase, output in received:
        if isinstance(output, ProductionMethod):
            before = _of_methods(output, needs, language, say)
            update: dict[str, object] = {}
            if before.alternatives:
                update |= {"alternatives": before.alternatives, "alternatives_from": phase}
            if before.sums and not found.sums:
                figures = {"sums": before.sums, "total": before.total, "without_figures": before.without_figures}
                update |= {**figures, "sums_from": phase}
            return found.model_copy(update=update)
    return found


def _villages(documents: Sequence[Document]) -> list[Change]:
    sources = [Source(output="", name="", document=document) for document in documents]
    tables = known_tables(sources, VILLAGES, ("where", "then"))
    return [
        Change(
            where=row.of("where"),
            service=row.of("service"),
            what=f"{row.of('now')} → {row.of('then')}" if row.of("now") else row.of("then"),
            now=row.of("now"),
            then=row.of("then"),
        )
        for row in rows(tables)
    ]


# --- the production method ----------------------------------------------------------------------------------------


def _of_methods(own: ProductionMethod, needs: Mapping[str, Need], language: Language, say: Saying) -> Substance:
    of_need: dict[str, list[Considered]] = {}
    for one in own.alternatives:
        of_need.setdefault(one.need, []).append(one)
    reasons = {method.need: method.reason for method in own.methods}
    sums = [_compared(_called(need, needs), ways) for need, ways in of_need.items()]
    return Substance(
        changes=tuple(_change(method, needs, language) for method in own.methods if method.how or method.way),
        sums=tuple(sums),
        total=_total(sums),
        without_figures=sum(not _known(one) for one in sums),
        alternatives=tuple(
            _alternative(one, _called(need, needs), reasons.get(need, ""), language)
            for need, ways in of_need.items()
            for one in ways
        ),
        staff=tuple(_staff(own.methods, needs, language, say)),
    )


def _called(need: str, needs: Mapping[str, Need]) -> str:
    return f"{need} {needs[need].need}" if need in needs else need


def _compared(what: str, ways: Sequence[Considered]) -> Sum:
    """A need as it is now, and as it is proposed."""
    now = next((one for one in ways if one.way is Way.AS_NOW), None)
    then = [one for one in ways if one.proposed]
    return Sum(
        what=what,
        euros=(now.euros if now else None, _added(one.euros for one in then)),
        years=(now.years if now else None, _added(one.years for one in then)),
    )


def _added(figures: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, or None where one of them is not known, or there is none."""
    known = list(figures)
    return sum((one for one in known if one is not None), Decimal()) if known and None not in known else None


def _known(one: Sum) -> bool:
    return None not in (*one.euros, *one.years)


def _total(sums: Sequence[Sum]) -> Sum | None:
    """What those come to whose figures are all known."""
    known = [one for one in sums if _known(one)]
    if not known:
        return None
    columns = [(_added(one.euros[at] for one in known), _added(one.years[at] for one in known)) for at in (0, 1)]
    return Sum(what="", euros=(columns[0][0], columns[1][0]), years=(columns[0][1], columns[1][1]))


def _alternative(one: Considered, about: str, reason: str, language: Language) -> Alternative:
    way = one.way.words.in_(language) if one.way else ""
    name = f"{way}: {one.how}" if way and one.how else way or one.how
    pros_and_cons = " ".join(filter(None, (f"+ {one.advantages}" if one.advantages else "", _minus(one.risks))))
    return Alternative(
        about=about,
        name=name,
        euros=one.euros,
        years=one.years,
        chosen=one.proposed is True,
        as_now=one.way is Way.AS_NOW,
        why=reason if one.proposed and reason else pros_and_cons,
    )


def _minus(risks: str) -> str:
    return f"− {risks}" if risks else ""


def _change(method: Method, needs: Mapping[str, Need], language: Language) -> Change:
    need = needs.get(method.need)
    way = method.how or (method.way.words.in_(language) if method.way else "")
    parts = (way, method.producer, method.starts)
    service = need.need if need else method.need
    return Change(
        where=need.holder if need else "",
        service=service,
        what=", ".join(filter(None, parts)),
        then=way,
        who=method.producer,
        starts=method.starts,
    )


def _staff(methods: Sequence[Method], needs: Mapping[str, Need], language: Language, say: Saying) -> Iterable[str]:
    for method in methods:
        if method.staff not in (None, StaffEffect.NONE):
            need = needs.get(method.need)
            yield f"{need.need if need else method.need}: {method.staff.words.in_(language).lower()}"


# --- the operational model ----------------------------------------------------------------------------------------


def _of_units(own: OperationalModel, say: Saying) -> Substance:
    sums = [
        Sum(what=unit.unit, euros=(unit.euros_now, unit.euros_then), years=(unit.years_now, unit.years_then))
        for unit in own.units
    ]
    given = [one for one in sums if any(figure is not None for figure in (*one.euros, *one.years))]
    return Substance(
        changes=tuple(Change(where=one.branch, service=one.unit, what=one.users) for one in own.units if one.users),
        sums=tuple(given),
        total=_total(given),
        without_figures=sum(not _known(one) for one in sums),
        staff=tuple(_unit_staff(unit, say) for unit in own.units if unit.people is not None or unit.changes),
    )


def _unit_staff(unit: Unit, say: Saying) -> str:
    people = f" ({say.count('people', unit.people)})" if unit.people is not None else ""
    return f"{unit.unit}{people}: {unit.changes}" if unit.changes else f"{unit.unit}{people}"
