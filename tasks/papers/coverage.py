"""Which characters the fonts of the papers can show, read from the fonts themselves.

The printer refuses a PDF/A in which a character cannot be shown, so it is asked before what it would lack.
"""

import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}  # platform and encoding of tables that map Unicode
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f")  # marks that show nothing themselves


@lru_cache(maxsize=4)
def covered_by(folder: Path) -> frozenset[str]:
    """The characters that at least one of the folder's fonts has."""
    return (
        frozenset(chr(point) for font in sorted(folder.glob("*.ttf")) for point in _points(font.read_bytes()))
        | INVISIBLE
    )


def _points(font: bytes) -> Iterator[int]:
    """The code points that the font's character map names."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * at) for at in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (maps,) = struct.unpack_from(">H", font, start + 2)
    for at in range(maps):
        platform, encoding, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * at)
        if (platform, encoding) in UNICODE:
            yield from _mapped(font, start + offset)


def _mapped(font: bytes, start: int) -> Iterator[int]:
    (form,) = struct.unpack_from(">H", font, start)
    if form == 4:
        (double,) = struct.unpack_from(">H", font, start + 6)
        count = double // 2
        ends, firsts, deltas, offsets = (
            struct.unpack_from(f">{count}H", font, start + 14 + skip + double * at)
            for at, skip in ((0, 0), (1, 2), (2, 2), (3, 2))
        )
        for at in range(count):
            place = start + 16 + double * 3 + 2 * at + offsets[at]
            for point in range(firsts[at], min(ends[at], 0xFFFE) + 1):
                direct = not offsets[at]
                glyph = (point + deltas[at]) & 0xFFFF if direct else _number(font, place + 2 * (point - firsts[at]))
                if glyph:
                    yield point
    elif form == 12:
        (groups,) = struct.unpack_from(">I", font, start + 12)
        for at in range(groups):
            first, end, _ = struct.unpack_from(">III", font, start + 16 + 12 * at)
            yield from range(first, end + 1)


def _number(font: bytes, place: int) -> int:
    return int(struct.unpack_from(">H", font, place)[0])
