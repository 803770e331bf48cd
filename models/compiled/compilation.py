"""The compiled document of a phase: what its people need brought together from what they wrote, by the phase's kind."""

from collections.abc import Callable

from models.compiled.compiling import Material, Source
from models.compiled.future_image import future_image
from models.compiled.general import general, inherited
from models.compiled.governance_model import governance_model
from models.compiled.operational_model import operational_model
from models.compiled.production_method import production_method
from models.compiled.production_need import production_need
from models.days.formats import Language
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


def compiled(kind: PhaseKind, material: Material, language: Language = "fi") -> str:
    """The compiled document, in Markdown: equal material gives equal text. Tables that are not there are told of.

    A phase that has no documents of its own yet has those it received.
    It holds all that its sources hold, so whoever may not read one of them must not be given it: leave it out of the
    material.
    """
    begins = material.received and not material.own
    document = inherited(material, language) if begins else COMPILERS[kind](material, language)
    if not material.covered:
        return document
    return f"{document.rstrip()}\n\n{COVERED[language].format(names=', '.join(material.covered))}\n"
