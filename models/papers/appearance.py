"""How a municipality's papers look: colours, emblem and its own Word templates; one text, stored by its hash."""

import base64
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from models.errors import NotValid
from models.frozen import Frozen
from models.papers.colours import is_colour
from models.papers.paper import Look

LARGEST = 600_000  # bytes of an emblem or a template

Template = Literal["package", "agenda-item"]

PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def _a_colour(text: str) -> str:
    if not is_colour(text):
        raise ValueError("a colour is written as #1f4e79")
    return text


Colour = Annotated[str, AfterValidator(_a_colour)]


class Picture(Frozen):
    """The emblem."""

    base64: str
    media: str


class Appearance(Frozen):
    """The look of a municipality's papers; Etappi's own where it has not said."""

    format: Literal[1] = 1
    colour: Colour = "#1f4e79"
    accent: Colour = "#c8963e"
    logo: Picture | None = None
    templates: dict[Template, str] = Field(default_factory=dict)  # Word files in base64

    def look(self, name: str) -> Look:
        """The look of the municipality of that name."""
        logo, media = (self.logo.base64, self.logo.media) if self.logo else (None, "image/png")
        return Look(name=name, colour=self.colour, accent=self.accent, logo=logo, logo_media=media)

    def template(self, kind: Template) -> bytes | None:
        """The municipality's own Word template of that paper."""
        return base64.b64decode(self.templates[kind]) if kind in self.templates else None


def picture(content: bytes, name: str) -> Picture:
    """The emblem that the file holds. Raises NotValid for what is no PNG or JPEG, or is too large."""
    media = next((media for begins, media in PICTURES if content.startswith(begins)), None)
    if media is None:
        raise NotValid('"{name}" is no PNG or JPEG picture. Save the emblem as PNG and give it again.', name=name)
    return Picture(base64=_encoded(content, name), media=media)


def template(content: bytes, name: str) -> str:
    """The Word template that the file holds. Raises NotValid for what is no Word file without macros, or too large."""
    if not content.startswith(b"PK\x03\x04") or b"word/" not in content or b"vbaProject" in content:
        raise NotValid(
            '"{name}" is no Word file (.docx) without macros. Save it as .docx and give it again.', name=name
        )
    return _encoded(content, name)


def _encoded(content: bytes, name: str) -> str:
    if len(content) > LARGEST:
        raise NotValid(
            '"{name}" takes {size} kB; at most {most} kB are taken in. Make it smaller and give it again.',
            name=name,
            size=len(content) // 1000,
            most=LARGEST // 1000,
        )
    return base64.b64encode(content).decode()
