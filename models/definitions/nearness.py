"""The word somebody probably meant."""

import difflib
from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word of `words` that looks most like the given one, or None when none does."""
    known = list(words)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return close[0]
    parts = [one for one in known if len(word) > 2 and (word in one or one in word)]
    return min(parts, key=len, default=None)


def suggestion(word: str, words: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: `; did you mean "…"?`, else what there is."""
    known = sorted(set(words))
    near = nearest(word, known)
    if near is not None:
        return f'; did you mean "{near}"?'
    if not known:
        return "; there are none."
    more = f" and {len(known) - 12} more" if len(known) > 12 else ""
    return f". Known: {', '.join(known[:12])}{more}."
