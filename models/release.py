"""Which release of Etappi this is, and which is newer. All parts of one installation are of the same release."""

RELEASE = "0.1.0"


def is_older(one: str, other: str) -> bool:
    """Whether the one release came before the other."""
    return _numbers(one) < _numbers(other)


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split("."))
