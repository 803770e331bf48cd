"""Texts in three languages. Finnish is what stands in the templates; the catalogues hold Swedish and English.

Refusals of the domain are English sentences; for them every language but English has its catalogue. Catalogues are read
as they are written (`.po`), so that nothing compiled can be out of date. `make catalogues` brings them up to date.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files as resources
from io import BytesIO
from typing import Final, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from models.days.formats import Language

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
NAMES: Final[dict[Language, str]] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
CATALOGUES = resources("config").joinpath("translations")


def known(text: str | None) -> Language | None:
    """The language of that code, if it is one of ours."""
    return next((language for language in LANGUAGES if language == text), None)


@cache
def texts(language: Language) -> NullTranslations:
    """The texts of the pages in the language."""
    return _catalogue("pages", language)


@cache
def refusals(language: Language) -> NullTranslations:
    """The sentences of the domain's refusals in the language."""
    return _catalogue("refusals", language)


def _catalogue(domain: str, language: Language) -> NullTranslations:
    file = CATALOGUES.joinpath(f"{domain}.{language}.po")
    if not file.is_file():  # the language the texts are written in
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(file.read_bytes()), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def asked_for(header: str) -> Language | None:
    """The first of our languages that a browser asks for (Accept-Language, in its order)."""
    codes = (part.partition(";")[0].strip().partition("-")[0].lower() for part in header.split(","))
    return next((language for code in codes if (language := known(code))), None)
