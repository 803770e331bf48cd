"""What happens in the demo: Kemijärvi 2030 from its setting up to the council's decision, act by act."""

import datetime as dt
from typing import Any

from app.demo.moves import (
    ADMINISTRATOR,
    COORDINATOR,
    GOVERNANCE,
    IMAGE,
    INFLUENCE,
    MANAGEMENT,
    METHOD,
    MODEL,
    NEED,
    OWNERS,
    PREPARER,
    REGISTRAR,
    VITALITY,
    WELLBEING,
    assesses,
    hears,
    opens,
    passes,
    submits,
)
from app.demo.stage import Stage
from models import commands as c
from models.municipality import commands as m
from models.words import AnswerResult, HandlingKind, HandlingOutcome, LegalState, PublicGround, Publicity, StanceKind


def create(stage: Stage, definition: str, told: dict[str, Any]) -> None:
    """The executive has set the work up; the coordinator creates the process, the sources' choices settled."""
    why = "Laatikot ovat lähteen ainoa aukoton ja järjestyksessä oleva aikataulu."
    reasons = {"aikataulu": why, "paatosikkuna": "Heinäkuussa ei kokousta.", "ohjelmat": "Kuvissa on neljä ohjelmaa."}
    choices = {
        choice.id: c.Settled(reading=choice.proposed, why=reasons[choice.id]) for choice in stage.definition.choices
    }
    setting_up = c.SettingUp(body="Kaupunginhallitus", date=dt.date(2026, 10, 19), section="210")
    command = c.CreateProcess(
        definition=definition,
        title="Kemijärvi kohti vuotta 2030 (esimerkki)",
        matter_number="KJ/412/00.01.02/2026",
        setting_up=setting_up,
        start=dt.date(2026, 12, 1),
        choices=choices,
        roles=told["roles"],
        groups={group.id: group.id for group in stage.definition.groups},
    )
    stage.act(COORDINATOR, command)
    stage.tell("Kaupunginhallitus on asettanut työn (19.10.2026 § 210). Prosessi on luotu, aikataulu: laatikot.")


# --- phase 1 ------------------------------------------------------------------------------------------------------


def future_image(stage: Stage) -> None:
    """An objection is answered by changing the text and withdrawn; a late group is reminded."""
    opens(stage, IMAGE, "2026-12-01")
    submits(stage, IMAGE, "2027-01-11")
    stage.go_to("2027-01-13")
    stage.all_take(IMAGE, MANAGEMENT, StanceKind.ACCEPT)
    stage.all_take(IMAGE, WELLBEING, StanceKind.ACCEPT, but=["h4"])
    reason = "Kylien arki puuttuu tulevaisuuskuvasta: se puhuu vain keskustasta."
    objecting = c.TakeStance(phase=IMAGE, seat="h4", kind=StanceKind.OBJECT, seen=stage.seen(IMAGE), reason=reason)
    stage.act("kylayhdistyksen-edustaja", objecting, seat="h4")
    stage.tell("Kyläyhdistyksen edustaja ei kannata: kylien arki puuttuu.")
    stage.deliver()
    stage.go_to("2027-01-15")
    stage.draft(IMAGE, "tulevaisuuskuva-2030", OWNERS[IMAGE], ".v2")
    why = "Lisätty luku kylien arjesta vastustuksen perusteella."
    stage.act(OWNERS[IMAGE], c.Revise(phase=IMAGE, output="tulevaisuuskuva-2030", reason=why))
    answer = "Lisäsimme luvun kylien arjesta ja lähipalveluista."
    stage.act(PREPARER, c.Answer(objection="o1", result=AnswerResult.CHANGED, text=answer))
    stage.tell("Perusteluun on vastattu ja esitystä muutettu. Kantoja pyydetään uudelleen muuttuneesta tekstistä.")
    stage.deliver()
    stage.go_to("2027-01-18")
    stage.act("kylayhdistyksen-edustaja", c.Withdraw(item="o1", seat="h4"), seat="h4")
    for seat, held in stage.round(IMAGE).seats.items():
        if held.group != VITALITY:
            stage.act(held.person, c.Confirm(phase=IMAGE, seat=seat, seen=stage.seen(IMAGE)), seat=seat)
    stage.tell("Vastustus on peruttu, kannat pidetty. Elinvoiman työryhmä ei ole vastannut.")
    stage.go_to("2027-02-01", 14)
    stage.tell("Elinvoiman työryhmää on muistutettu ja puheenjohtajalle ilmoitettu. Ryhmä ottaa kantaa.")
    stage.all_take(IMAGE, VITALITY, StanceKind.ACCEPT)
    assesses(stage, IMAGE)
    passes(stage, IMAGE, "2027-02-02")


# --- phase 2 ------------------------------------------------------------------------------------------------------


def production_need(stage: Stage) -> None:
    """A deputy takes a stance for a member who is away; an offered condition is adopted and carried over."""
    opens(stage, NEED, "2027-02-03")
    away = m.NoteAbsence(person="varhaiskasvatuksen-opettaja", first=dt.date(2027, 2, 12), last=dt.date(2027, 2, 26))
    stage.engine.handle_municipality("kemijarvi", away, ADMINISTRATOR, channel="demo")
    submits(stage, NEED, "2027-02-12")
    stage.go_to("2027-02-16")
    deputy = c.TakeStance(phase=NEED, seat="h2", kind=StanceKind.ACCEPT, seen=stage.seen(NEED))
    stage.act("lastenhoitaja", deputy, seat="h2", for_whom="varhaiskasvatuksen-opettaja")
    stage.tell("Varajäsen otti kantaa poissa olevan jäsenen paikalla.")
    words = "Asiointikuljetusten tarve selvitetään kylittäin ennen tuottamistavan valintaa."
    offer = c.TakeStance(
        phase=NEED, seat="e5", kind=StanceKind.ACCEPT_WITH_CONDITIONS, seen=stage.seen(NEED), reason=words
    )
    stage.act("maaseutuasiamies", offer, seat="e5")
    for group in (WELLBEING, VITALITY, MANAGEMENT):
        stage.all_take(NEED, group, StanceKind.ACCEPT)
    stage.deliver()
    stage.go_to("2027-02-19")
    answer = "Selvitys tehdään; se on edellytys jatkovalmistelulle."
    stage.act(PREPARER, c.Answer(objection="o2", result=AnswerResult.CHANGED, text=answer))
    owner, due = "palvelupaallikko", dt.date(2027, 3, 24)
    carried = c.CarryAsCondition(objection="o2", owner=owner, due=due, checkpoint=METHOD)
    stage.act(PREPARER, carried)
    stage.tell("Ehdotettu edellytys on hyväksytty: asiointikuljetusten selvitys 24.3.2027 mennessä.")
    assesses(stage, NEED)
    passes(stage, NEED, "2027-02-26")
    report = c.RecordHandling(
        body="kaupunginhallitus",
        kind=HandlingKind.FOR_INFORMATION,
        outcome=HandlingOutcome.NOTED,
        date=dt.date(2027, 3, 1),
        section="48",
    )
    stage.go_to("2027-03-01")
    stage.act(REGISTRAR, report)


# --- phase 3, back to 2, and 3 again ------------------------------------------------------------------------------


def production_method(stage: Stage) -> None:
    """A disqualified member; the work is returned to production need, done again, and comes back."""
    begin_method(stage)
    disqualify(stage)
    reason = "Tarverekisteristä puuttuu kylien asiointikuljetus, vaikka vaihtoehdot nojaavat siihen."
    objecting = c.TakeStance(phase=METHOD, seat="h4", kind=StanceKind.OBJECT, seen=stage.seen(METHOD), reason=reason)
    stage.act("kylayhdistyksen-edustaja", objecting, seat="h4")
    stage.all_take(METHOD, MANAGEMENT, StanceKind.ACCEPT)
    stage.go_to("2027-03-24")
    answer = "Puute on todellinen. Työ palautetaan tuottamistarpeeseen ja tarve lisätään rekisteriin."
    stage.act(PREPARER, c.Answer(objection="o3", result=AnswerResult.CHANGED, text=answer))
    stage.act(
        "palvelupaallikko",
        c.FulfilCondition(condition="c1", how="Asiointikuljetusten tarve on selvitetty kylittäin, raportti liitteenä."),
    )
    lacking = ", ".join(stage.lacking(METHOD))
    stage.tell(f"Tarkistettavista asioista ei täyty: {lacking}.")
    why = "Tarverekisteri täydennetään asiointikuljetuksen tarpeella; tuottamistapa arvioidaan sen jälkeen uudelleen."
    stage.act(PREPARER, c.Return(phase=METHOD, to=NEED, reason=why, seen=stage.seen(METHOD)))
    stage.tell("Työ on palautettu tuottamistarpeeseen. Sen kooste on siirretty syrjään, tuottamistapa odottaa.")
    stage.deliver()
    _need_again(stage)
    _method_again(stage)


def begin_method(stage: Stage) -> None:
    """The phase has been opened, prepared with those it concerns, and brought to its checkpoint."""
    opens(stage, METHOD, "2027-03-01")
    _prepare_method(stage)
    submits(stage, METHOD, "2027-03-22")


def _prepare_method(stage: Stage) -> None:
    for body in INFLUENCE:
        command = c.AskStatement(
            statement=f"{body}-tuottamistavasta", body=body, phase=METHOD, due=dt.date(2027, 3, 23)
        )
        stage.act(COORDINATOR, command)
    channels = ("Avoin lomake verkkosivuilla", "Paperilomake kirjastossa", "Asukastyöpajat")
    hearing = c.OpenHearing(
        hearing="kuuleminen-tuottamistavasta",
        phase=METHOD,
        first=dt.date(2027, 3, 2),
        last=dt.date(2027, 3, 16),
        channels=channels,
    )
    stage.act(COORDINATOR, hearing)
    stage.go_to("2027-03-05")
    why = "Palvelurakenteen muutoksella on huomattavia henkilöstövaikutuksia (laki 449/2007 4 §)."
    stage.act(COORDINATOR, c.RecordCooperation(needed=True, why=why))
    stage.go_to("2027-03-17")
    summary = "Eniten puhuttiin asiointikuljetuksista, terveyspalvelujen ajoista ja kirjastosta."
    stage.act(COORDINATOR, c.CloseHearing(hearing="kuuleminen-tuottamistavasta", contributions=143, summary=summary))
    hears(stage, METHOD, "2027-03-16")
    for body in INFLUENCE:
        text = "Palvelujen on oltava saavutettavissa ilman autoa ja ilman älypuhelinta."
        given = dt.date(2027, 3, 17)
        publicity = Publicity.PUBLIC
        statement = f"{body}-tuottamistavasta"
        stage.act(COORDINATOR, c.RecordStatement(statement=statement, given=given, text=text, publicity=publicity))
    stage.tell("Kuntalaisia on kuultu (143 palautetta), lausunnot on saatu, yhteistoiminnan tarve arvioitu.")


def disqualify(stage: Stage) -> None:
    """The entrepreneur says that the choice between producers is a matter of the own business."""
    out = c.TakeStance(
        phase=METHOD,
        seat="e3",
        kind=StanceKind.DISQUALIFIED,
        seen=stage.seen(METHOD),
        ground="Hallintolaki 28 § 1 mom. 3 kohta",
    )
    stage.act("palveluyrittaja", out, seat="e3")
    stage.tell("Palveluyrittäjä on ilmoittanut esteellisyydestä.")


def _need_again(stage: Stage) -> None:
    submits(stage, NEED, "2027-03-29", ".v2")
    stage.go_to("2027-03-31")
    for group in (WELLBEING, VITALITY, MANAGEMENT):
        stage.all_take(NEED, group, StanceKind.ACCEPT)
    assesses(stage, NEED)
    passes(stage, NEED, "2027-04-01")


def _method_again(stage: Stage) -> None:
    """A stance given in a meeting; an objection answered, not agreed, and recorded as dissent."""
    opens(stage, METHOD, "2027-04-02")
    submits(stage, METHOD, "2027-04-06", ".v2")
    disqualify(stage)
    stage.act(
        "metsayrittaja",
        c.TakeStance(phase=METHOD, seat="e3", kind=StanceKind.ACCEPT, seen=stage.seen(METHOD)),
        seat="e3",
        for_whom="palveluyrittaja",
    )
    stage.all_take(METHOD, VITALITY, StanceKind.ACCEPT)
    stage.all_take(METHOD, MANAGEMENT, StanceKind.ACCEPT)
    stage.go_to("2027-04-08", 15)
    seats = {key: seat.person for key, seat in stage.round(METHOD).seats.items() if seat.group == WELLBEING}
    reason = "Kotipalvelun ostaminen yritykseltä heikentää henkilöstön asemaa ja palvelun jatkuvuutta."
    spoken = (c.SpokenStance(seat="h5", kind=StanceKind.OBJECT, reason=reason),)
    memo = "Ryhmä kävi vaihtoehdot läpi ja puoltaa esitystä. Yksi jäsen ei kannata ostopalvelua; perustelu kirjattiin."
    meeting = c.RecordMeeting(
        meeting="kohtaaminen-3",
        phase=METHOD,
        group=WELLBEING,
        held_on=dt.date(2027, 4, 8),
        present=seats,
        seen=stage.seen(METHOD),
        group_stance=StanceKind.ACCEPT,
        stances=spoken,
        memo=memo,
    )
    stage.act("sivistysjohtaja", meeting)
    stage.tell("Hyvinvointiryhmän kannat on kirjattu kokouksessa; muistio on lähetetty, korjausaika alkoi.")
    stage.deliver()
    _dissent(stage)
    assesses(stage, METHOD)
    passes(stage, METHOD, "2027-04-14")


def _dissent(stage: Stage) -> None:
    stage.go_to("2027-04-09")
    answer = "Ostopalvelu koskee vain ilta- ja viikonloppukäyntejä; henkilöstön asema turvataan siirtosopimuksella."
    stage.act(PREPARER, c.Answer(objection="o4", result=AnswerResult.UNCHANGED, text=answer))
    joining = c.CoSign(item="o4", seat="h4")
    stage.act("kylayhdistyksen-edustaja", joining, seat="h4")
    named = c.CoSign(item="o4", seat="h5", name="Vanhusneuvoston edustaja")
    stage.act("vanhusneuvoston-edustaja", named, seat="h5")
    why = "Esitystä ei muuteta: vaihtoehtojen vertailu puoltaa osittaista ostopalvelua. Eriävä mielipide seuraa asiaa."
    stage.act(PREPARER, c.RecordDissent(objection="o4", reason=why))
    stage.tell("Vastustus on kirjattu eriäväksi mielipiteeksi. Se seuraa asiaa valtuustoon asti.")
    stage.deliver()


# --- phases 4 and 5 -----------------------------------------------------------------------------------------------


def governance_model(stage: Stage) -> None:
    """A comma is corrected while the round is open; the stances stand."""
    opens(stage, GOVERNANCE, "2027-04-15")
    hears(stage, GOVERNANCE, "2027-04-15")
    proposed = dt.date(2027, 4, 15)
    stage.act(COORDINATOR, c.RecordCooperation(proposed=proposed))
    submits(stage, GOVERNANCE, "2027-04-21")
    stage.go_to("2027-04-26")
    for group in (WELLBEING, VITALITY, MANAGEMENT):
        stage.all_take(GOVERNANCE, group, StanceKind.ACCEPT)
    stage.draft(GOVERNANCE, "hallintomallirakenne", OWNERS[GOVERNANCE], ".v2")
    command = c.Revise(phase=GOVERNANCE, output="hallintomallirakenne", reason="Pilkkuvirhe.", technical=True)
    stage.act(COORDINATOR, command)
    stage.tell("Tekninen korjaus (pilkku): kannat säilyvät, ero näytetään kaikille, korjausaika kolme päivää.")
    stage.deliver()
    assesses(stage, GOVERNANCE)
    passes(stage, GOVERNANCE, "2027-04-30")


def operational_model(stage: Stage) -> None:
    """Staff cooperation is held, statements come, and the matter is stated to be ready for the decision."""
    opens(stage, MODEL, "2027-05-03")
    for body in INFLUENCE:
        statement = f"{body}-organisaatiosta"
        stage.act(COORDINATOR, c.AskStatement(statement=statement, body=body, phase=MODEL, due=dt.date(2027, 5, 24)))
    hearing = c.OpenHearing(
        hearing="kuuleminen-organisaatiosta",
        phase=MODEL,
        first=dt.date(2027, 5, 4),
        last=dt.date(2027, 5, 18),
        channels=("Yksiköiden keskustelutilaisuudet", "Kirjallinen mielipide koordinaattorille"),
    )
    stage.act(COORDINATOR, hearing)
    for day in ("2027-05-06", "2027-05-17"):
        stage.go_to(day)
        stage.act(COORDINATOR, c.RecordCooperation(meeting=dt.date.fromisoformat(day)))
    stage.go_to("2027-05-20")
    outcome = "Osapuolet ovat yksimielisiä siirtosuunnitelmasta; irtisanomisia ei ole."
    stage.act(COORDINATOR, c.RecordCooperation(ended=dt.date(2027, 5, 20), outcome=outcome))
    summary = "Toivottiin nimettyä lähiesihenkilöä jokaiseen yksikköön."
    stage.act(COORDINATOR, c.CloseHearing(hearing="kuuleminen-organisaatiosta", contributions=38, summary=summary))
    hears(stage, MODEL, "2027-05-18")
    stage.tell("Yhteistoiminta on käyty (449/2007), muutoksen piirissä olevia kuultu.")
    submits(stage, MODEL, "2027-05-21")
    stage.go_to("2027-05-25")
    for group in (WELLBEING, VITALITY, MANAGEMENT):
        stage.all_take(MODEL, group, StanceKind.ACCEPT)
    assesses(stage, MODEL)
    passes(stage, MODEL, "2027-05-31")
    stage.tell("Päätösvalmius on todettu. Tästä alkaa toimielinten käsittely.")


# --- the chain of handlings ---------------------------------------------------------------------------------------


def decision(stage: Stage) -> None:
    """The board's statement, the executive's proposal, the council's decision with changes; minutes; final."""
    stage.go_to("2027-06-09")
    _handled(stage, "lautakunta", "lautakunnan-lausunto", HandlingKind.STATEMENT, "2027-06-08", "45")
    stage.go_to("2027-08-17")
    _handled(stage, "kaupunginhallitus", "hallituksen-ehdotus", HandlingKind.PROPOSAL, "2027-08-16", "187")
    stage.go_to("2027-08-31")
    decided = {"organisaatiorakenne": stage.file("organisaatiorakenne.valtuusto.md")}
    stage.act(
        REGISTRAR,
        c.RecordHandling(
            body="valtuusto",
            plan="valtuuston-paatos",
            kind=HandlingKind.DECISION,
            outcome=HandlingOutcome.AMENDED,
            date=dt.date(2027, 8, 30),
            section="61",
            vote=c.Vote.model_validate({"for": 19, "against": 8}),
            dissents=2,
            summary="Hyväksyttiin muutettuna: kylien palveluohjaus säilyy omana yksikkönään.",
            decided=decided,
        ),
    )
    stage.tell("Valtuusto päätti 30.8.2027 § 61 muutettuna. Päätetty teksti on omana versionaan.")
    stage.deliver()
    handling = stage.now.decision or ""
    stage.go_to("2027-09-09")
    minutes = c.RecordMinutes(handling=handling, inspected=dt.date(2027, 9, 2), published=dt.date(2027, 9, 9))
    stage.act(REGISTRAR, minutes)
    for phase in stage.now.phases:
        stage.act(REGISTRAR, c.MakePublic(phase=phase, ground=PublicGround.DECIDED))
    stage.tell(
        "Asia on päätetty ja pöytäkirja tarkastettu: valmistelun asiakirjat on käyty läpi ja merkitty julkisiksi."
    )
    stage.go_to("2027-10-19")
    final = c.RecordLegalState(handling=handling, legal=LegalState.FINAL, on=dt.date(2027, 10, 19))
    stage.act(REGISTRAR, final)
    stage.tell("Päätös on lainvoimainen 19.10.2027.")


def _handled(stage: Stage, body: str, plan: str, kind: HandlingKind, day: str, section: str) -> None:
    outcome = HandlingOutcome.APPROVED
    date = dt.date.fromisoformat(day)
    command = c.RecordHandling(body=body, plan=plan, kind=kind, outcome=outcome, date=date, section=section)
    stage.act(REGISTRAR, command)
    stage.tell(f"{body.capitalize()} käsitteli asian {date.day}.{date.month}.{date.year} § {section}.")
