"""Words cleaned for print and shortened to fit. What is shortened ends with "…"; what was left out stands elsewhere.

Characters that no paper can show (controls, halves of characters) become visible or are dropped; nothing that can be
read is lost.
"""

import re
import unicodedata

ELLIPSIS = "…"
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")  # would turn what follows, far beyond the words they stand in
_BROAD = re.compile("[" + "".join(filter(str.isupper, map(chr, range(0x250)))) + "@%&mw]")
_MAY_BREAK = re.compile("[^\\S\u00a0\u202f]+")
_BEYOND_LATIN = re.compile("[^\x00-\u024f]")


def clean(words: str) -> str:
    """The words as any paper can hold them: NFC, line ends of one kind, no controls, no hidden turns."""
    text = _LINE_ENDS.sub("\n", words).replace("\t", "    ")
    return unicodedata.normalize("NFC", _DIRECTION.sub("", _UNSEEN.sub("\ufffd", text))).strip()


def one_line(words: str) -> str:
    """The words on one line; where no line may break, none does."""
    return " ".join(_MAY_BREAK.split(clean(words)))


def width(words: str) -> float:
    """About how many average letters wide the words are: capitals count for more, marks for nothing."""
    if words.isascii() and words.islower():
        return len(words)
    if _BEYOND_LATIN.search(words) is None:
        return len(words) + 0.3 * len(_BROAD.findall(words))
    return sum(map(_wide, words))


def _wide(letter: str) -> float:
    if letter < "\u0250":
        return 1.3 if letter.isupper() or letter in "@%&mw" else 1.0
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    return 2.4 if unicodedata.east_asian_width(letter) in "WF" or letter > "\uffff" else 1.5


def shortened(words: str, room: float) -> tuple[str, bool]:
    """The words in one line of at most so many average letters, broken off between words; whether they are whole."""
    line = one_line(words[: int(room * 8) + 200])
    if width(line) <= room and len(words) <= int(room * 8) + 200:
        return line, True
    kept, used = 0, 1.0
    for letter in line:
        used += _wide(letter)
        if used > room:
            break
        kept += 1
    cut = line[:kept]
    space = cut.rfind(" ")
    if space > kept * 0.6 and (kept == len(line) or line[kept] != " "):
        cut = cut[:space]
    return cut.rstrip(" ,;:–-(") + ELLIPSIS, False


def lines(words: str, room: float) -> int:
    """On about how many lines of that room the words stand; a little too many rather than too few."""
    return sum(max(1, -int(-width(line) * 1.06 // room)) for line in words.split("\n"))
