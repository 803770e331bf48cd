"""Which tools there are, for who may use them."""

from collections.abc import Callable, Iterator

from app.web import addresses
from app.web.place import Place
from app.web.views.rehearsal_running import may_rehearse
from app.web.views.tools import amending_now, amending_rounds, dates, steering
from app.web.views.tools.bodies import may_set_calendar
from app.web.views.tools.tool import Link, Tool
from models.commands import Amend, AssignRole, Close, Command, Extend, HandOver, Hold, Reopen, Resume, SettingUp, Stop
from models.days.calendar import ONE_DAY
from models.errors import NotFound
from models.personal import Private
from models.rights import Thing
from models.storage.database import Session
from models.words import PhaseStatus, ProcessStatus

Maker = Callable[[Place, Session], Tool]
MakerAt = Callable[[Place, Session, str], Tool]

TOOLS: dict[str, Maker] = {
    "odota": steering.hold,
    "jatka": steering.resume,
    "keskeyta": steering.stop,
    "avaa": steering.reopen,
    "paata": steering.close,
    "koordinaattori": steering.hand_over,
}
"""Every tool for the process as a whole, by the last part of its address."""

TOOLS_AT: dict[str, MakerAt] = {
    "paiva": dates.extend,
    "rooli": amending_now.role,
    "muistutukset": amending_now.ladder,
    "ryhma": amending_rounds.group,
    "uusi-ryhma": amending_rounds.new_group,
    "ryhma-pois": amending_rounds.remove_group,
    "asia": amending_rounds.criterion,
    "uusi-asia": amending_rounds.new_criterion,
    "asia-pois": amending_rounds.remove_criterion,
}
"""Every tool for one thing of it, by the last part of its address but one."""

A_WORD = Private("…")


def tool_of(place: Place, session: Session, tool: str, thing: str) -> Tool:
    """The tool, at that thing where there is one. Raises NotFound, NotAuthorised."""
    if thing and tool in TOOLS_AT:
        return TOOLS_AT[tool](place, session, thing)
    if not thing and tool in TOOLS:
        return TOOLS[tool](place, session)
    raise NotFound(what="page", name=tool)


def tools_of(place: Place) -> tuple[Link, ...]:
    """The tools that the visitor can use now."""
    return tuple(_tools(place))


def tools_at(place: Place, phase: str) -> tuple[Link, ...]:
    """The tools for one phase and its checkpoint that the visitor can use now."""
    _, key = place.visitor.say, place.key
    if place.process.status is not ProcessStatus.RUNNING or place.process.phases[phase].status is PhaseStatus.PASSED:
        return ()
    found = [Link(_("Muistuta"), addresses.nudging(key, phase))] if sees_late(place) else []
    date = f"checkpoint:{phase}"
    if _belongs(place, Extend(date=date, to=place.visitor.today + ONE_DAY, reason=A_WORD)):
        found.append(Link(_("Siirrä tarkistuspisteen päivää"), addresses.tool(key, "paiva", date)))
        found.append(Link(_("Muuta suunnitelmaa"), addresses.tool(key, "muutokset")))
    return tuple(found)


def _tools(place: Place) -> Iterator[Link]:
    _, key = place.visitor.say, place.key
    running = place.process.status is ProcessStatus.RUNNING
    if running and sees_late(place):
        hint = _("Niitä, jotka eivät ole vielä vastanneet tai toimittaneet.")
        yield Link(_("Muistuta"), addresses.nudging(key), hint)
    if place.may_read(Thing.EVERYTHING):
        hint = _("Mitkä eivät menneet perille, ja mitkä voi vielä perua.")
        yield Link(_("Viestit"), addresses.messages(key), hint)
    if _belongs(place, Extend(date="window:last", to=place.visitor.today + ONE_DAY, reason=A_WORD)) and running:
        hint = _("Yhtä päivää tai kaikkia siitä eteenpäin. Näet ensin, mitä siirtyy.")
        yield Link(_("Siirrä päiviä"), addresses.tool(key, "paivat"), hint)
    if may_set_calendar(place) and running:
        hint = _("Kokouspäivät, joihin aikataulu ja muistutukset nojaavat.")
        yield Link(_("Toimielinten kokoukset"), addresses.tool(key, "kokoukset"), hint)
    change = AssignRole(role=place.definition.roles[-1].id, person=place.visitor.person)
    if _belongs(place, Amend(change=change, reason=A_WORD)) and running:
        hint = _("Roolit, työryhmät, säännöt, tarkistettavat asiat ja muistutusviestit.")
        yield Link(_("Muuta suunnitelmaa"), addresses.tool(key, "muutokset"), hint)
    if _belongs(place, HandOver(to=place.visitor.person)) and place.process.status is not ProcessStatus.CLOSED:
        hint = _("Koordinaattori vaihtuu, ja kaikki hänen avoimet tehtävänsä siirtyvät kerralla.")
        yield Link(_("Vaihda koordinaattori"), addresses.tool(key, "koordinaattori"), hint)
    if running and may_rehearse(place):
        hint = _("Mitä on tulossa ja kuka saa mitäkin viestejä. Mikään ei muutu.")
        yield Link(_("Kuivaharjoitus tästä eteenpäin"), addresses.rehearsal_of(key), hint)
    yield from _whole(place)


def _whole(place: Place) -> Iterator[Link]:
    """What is done to the process as a whole, where it can be done now."""
    _, key = place.visitor.say, place.key
    sample = SettingUp(body="…", date=place.visitor.today, section="1")
    offered: tuple[tuple[Command, str, str, str], ...] = (
        (Hold(reason=A_WORD), "odota", _("Pane odottamaan"), _("Muistutusviestejä ei lähetetä ennen jatkamista.")),
        (Resume(), "jatka", _("Jatka prosessia"), _("Työ jatkuu siitä, mihin se jäi.")),
        (Stop(reason=A_WORD), "keskeyta", _("Keskeytä prosessi"), _("Prosessi päättyy ennen päätöstä.")),
        (Reopen(setting_up=sample), "avaa", _("Avaa uudelleen"), _("Uuden asettamispäätöksen nojalla.")),
        (Close(), "paata", _("Päätä prosessi"), _("Kun päätös on lainvoimainen.")),
    )
    for command, tool, name, hint in offered:
        if place.possible.may(command):
            yield Link(name, addresses.tool(key, tool), hint)


def sees_late(place: Place) -> bool:
    """Whether the visitor sees anybody who is late, and so may remind them."""
    return place.may_read(Thing.EVERYTHING) or any(place.may_read(Thing.LATE, group) for group in place.process.groups)


def _belongs(place: Place, command: Command) -> bool:
    return place.possible.entitled(command) is not None
