"""The compiled document of a phase: what its people need brought together from what they wrote, by the phase's kind."""

from collections.abc import Callable

from models.compiled.compiling import Material, Source
from models.compiled.future_image import future_image
from models.compiled.general import general, inherited
from models.compiled.governance_model import governance_model
from models.compiled.operational_model import operational_model
from models.compiled.production_method import production_method
from models.compiled.production_need import production_need
from models.days.calendar import local_date
from models.days.formats import Language, date_text
from models.words import PhaseKind

__all__ = ["Material", "Source", "compiled"]

COMPILERS: dict[PhaseKind, Callable[[Material, Language], str]] = {
    PhaseKind.FUTURE_IMAGE: future_image,
    PhaseKind.PRODUCTION_NEED: production_need,
    PhaseKind.PRODUCTION_METHOD: production_method,
    PhaseKind.GOVERNANCE_MODEL: governance_model,
    PhaseKind.OPERATIONAL_MODEL: operational_model,
    PhaseKind.GENERAL: general,
}


COVERED: dict[Language, str] = {
    "fi": "**Peitetty:** {names}. Sisältö on poistettu; valmisteluhistoriasta näkyy, kuka sen peitti, milloin ja "
    "millä perusteella.",
    "sv": "**Dolt:** {names}. Innehållet har tagits bort; av beredningshistoriken framgår vem som dolde det, när och "
    "på vilken grund.",
    "en": "**Redacted:** {names}. The contents have been removed; the preparation history says by whom, when and on "
    "what ground.",
}

EDITION: dict[Language, str] = {
    "fi": "{no}. versio: tietoja on peitetty {day}.",
    "sv": "Version {no}: uppgifter har dolts {day}.",
    "en": "Edition {no}: information was covered on {day}.",
}
"""An edition after a redaction says so, and never has the bytes of one that was covered."""


def compiled(kind: PhaseKind, material: Material, language: Language = "fi") -> str:
    """The compiled document, in Markdown: equal material gives equal text. Tables that are not there are told of.

    A phase that has no documents of its own yet has those it received.
    It holds all that its sources hold, so whoever may not read one of them must not be given it: leave it out of the
    material.
    """
    begins = material.received and not material.own
    document = inherited(material, language) if begins else COMPILERS[kind](material, language)
    if material.covered:
        document = f"{document.rstrip()}\n\n{COVERED[language].format(names=', '.join(material.covered))}\n"
    if material.editions:
        no, day = len(material.editions) + 1, date_text(local_date(material.editions[-1]), language)
        document = f"{document.rstrip()}\n\n{EDITION[language].format(no=no, day=day)}\n"
    return document
