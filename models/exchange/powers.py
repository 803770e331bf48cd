"""The words of powers in a matrix of matters and bodies: who decides, proposes, states, prepares, is told."""

import re

POWERS = (
    ("decides", r"päät|ratkais|beslut|avgör|decid"),
    ("proposes", r"ehdot|esit|föresl|propos"),
    ("states", r"lausu|kuull|yttra|utlåt|statement|states|heard|consult"),
    ("prepares", r"valmist|bered|prepar"),
    ("is_told", r"(?:saa )?tiedoksi|känned|får del|inform|is told"),
)
NO = r"ei\b|inte\b|not\b|no\b"


def says(pattern: str, cell: str) -> bool:
    """Whether the pattern occurs in the cell at the beginning of a word."""
    return re.search(rf"\b(?:{pattern})", cell, re.IGNORECASE) is not None


def powers(cell: str) -> list[str]:
    """The powers that the cell's words name."""
    return [] if says(NO, cell) else [name for name, words in POWERS if says(words, cell)]
