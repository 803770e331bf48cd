"""A municipality's colours, as they can be read on white paper."""

import re

INK = "#1d1d1f"
LEAST = 4.5  # contrast of text (WCAG 2.2, 1.4.3)
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def is_colour(text: str) -> bool:
    """Whether the text names a colour as #1f4e79."""
    return _COLOUR.fullmatch(text) is not None


def contrast(colour: str) -> float:
    """The contrast of the colour against white."""
    return 1.05 / (_luminance(colour) + 0.05)


def readable(colour: str) -> str:
    """The colour where words in it can be read on white, else ink."""
    return colour if contrast(colour) >= LEAST else INK


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
