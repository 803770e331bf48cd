"""The process as a whole: held, resumed, stopped, reopened, closed, handed over."""

from app.web import addresses
from app.web.forms import Form
from app.web.place import Place
from app.web.views.tools.people import person_field, person_in
from app.web.views.tools.tool import Field, Kind, Tool, check_entitled
from models.amounts import day_in
from models.commands import Close, HandOver, Hold, Reopen, Resume, SettingUp, Stop
from models.personal import Private
from models.steering import UNDER_WAY
from models.storage.database import Session

A_WORD = Private("…")


def hold(place: Place, session: Session) -> Tool:
    """Pane odottamaan."""
    _ = place.visitor.say
    check_entitled(place, Hold(reason=A_WORD))
    return Tool(
        title=_("Pane prosessi odottamaan"),
        lead=_(
            "Prosessi odottaa, kunnes jatkat sitä. Luonnokset, kannat ja määräajat säilyvät, mutta mitään ei voi tehdä "
            "eikä muistutusviestejä lähetetä."
        ),
        button=_("Pane odottamaan"),
        said=_("Prosessi odottaa. Muistutusviestejä ei lähetetä."),
        fields=(_reason(place, _("Miksi prosessi odottaa?")),),
        command=lambda form: Hold(reason=Private(form.text("reason"))),
        back=addresses.process(place.key),
    )


def resume(place: Place, session: Session) -> Tool:
    """Jatka."""
    _ = place.visitor.say
    check_entitled(place, Resume())
    return Tool(
        title=_("Jatka prosessia"),
        lead=_("Työ jatkuu siitä, mihin se jäi, ja muistutusviestit suunnitellaan uudelleen."),
        button=_("Jatka prosessia"),
        said=_("Prosessi jatkuu."),
        fields=(),
        command=lambda _: Resume(),
        back=addresses.process(place.key),
    )


def stop(place: Place, session: Session) -> Tool:
    """Keskeytä."""
    _ = place.visitor.say
    check_entitled(place, Stop(reason=A_WORD))
    return Tool(
        title=_("Keskeytä prosessi"),
        lead=_("Prosessi päättyy ennen päätöstä. Vain uusi asettamispäätös avaa sen. Mitään ei poisteta."),
        button=_("Keskeytä prosessi"),
        said=_("Prosessi on keskeytetty."),
        fields=(_reason(place, _("Miksi prosessi keskeytetään?")),),
        command=lambda form: Stop(reason=Private(form.text("reason"))),
        grave=True,
        back=addresses.process(place.key),
    )


def reopen(place: Place, session: Session) -> Tool:
    """Avaa uudelleen."""
    _ = place.visitor.say
    sample = SettingUp(body="…", date=place.visitor.today, section="1")
    check_entitled(place, Reopen(setting_up=sample), "the coordinator of the process, or the administrator")
    return Tool(
        title=_("Avaa keskeytetty prosessi"),
        lead=_("Prosessi jatkuu uuden asettamispäätöksen nojalla siitä, mihin se jäi."),
        button=_("Avaa prosessi"),
        said=_("Prosessi on avattu uudelleen."),
        fields=(
            Field(Kind.TEXT, "body", _("Kuka asetti?"), _("Esimerkiksi KH."), missing=_("Kirjoita, kuka asetti.")),
            Field(Kind.DAY, "date", _("Minä päivänä?"), missing=_("Anna päätöksen päivä.")),
            Field(Kind.TEXT, "section", _("Pykälä"), missing=_("Anna päätöksen pykälä.")),
        ),
        command=lambda form: Reopen(setting_up=_setting_up(form)),
        back=addresses.process(place.key),
    )


def _setting_up(form: Form) -> SettingUp:
    day = day_in(form.text("date"))
    return SettingUp(body=form.text("body"), date=day, section=form.text("section"))


def close(place: Place, session: Session) -> Tool:
    """Päätä."""
    _ = place.visitor.say
    check_entitled(place, Close(), "the coordinator of the process, or the registrar")
    return Tool(
        title=_("Päätä prosessi"),
        lead=_("Prosessi suljetaan, kun päätös on lainvoimainen tai prosessi on keskeytetty. Mitään ei poisteta."),
        button=_("Päätä prosessi"),
        said=_("Prosessi on päätetty."),
        fields=_why_unfinished(place),
        command=lambda form: Close(reason=Private(form.text("reason")) if form.text("reason") else None),
        grave=True,
        back=addresses.process(place.key),
    )


def _why_unfinished(place: Place) -> tuple[Field, ...]:
    """Asked where phases are under way."""
    if not any(phase.status in UNDER_WAY for phase in place.process.phases.values()):
        return ()
    return (_reason(place, place.visitor.say("Vaiheita jää kesken. Miksi?")),)


def hand_over(place: Place, session: Session) -> Tool:
    """Vaihda koordinaattori."""
    _ = place.visitor.say
    check_entitled(place, HandOver(to=place.visitor.person), "the coordinator of the process, or the administrator")
    before = place.process.coordinator
    place.fetch_people(session, [before])
    return Tool(
        title=_("Vaihda koordinaattori"),
        lead=_(
            "Prosessin koordinaattori on nyt %(name)s. Uusi koordinaattori saa heti ohjauksen ja kaikki "
            "koordinaattorin avoimet tehtävät.",
            name=place.person(before),
        ),
        button=_("Vaihda koordinaattori"),
        said=_("Koordinaattori on vaihdettu."),
        fields=(
            person_field(place, session, "to", _("Uusi koordinaattori"), without=before),
            Field(Kind.AREA, "reason", _("Syy (vapaaehtoinen)"), _("Älä kirjoita terveystietoja.")),
        ),
        command=lambda form: HandOver(
            to=person_in(place, form, "to"), reason=Private(form.text("reason")) if form.text("reason") else None
        ),
        back=addresses.process(place.key),
    )


def _reason(place: Place, label: str) -> Field:
    _ = place.visitor.say
    hint = _("Syy näkyy kaikille prosessissa mukana oleville.")
    return Field(Kind.AREA, "reason", label, hint, missing=_("Kirjoita syy."))
