"""The secrets that browsers and messages hold, and the hashes by which they are known here."""

import hashlib
import secrets


def new_secret() -> str:
    """256 bits nobody can guess, as they stand in a cookie or an address."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """By what a secret is known here: it has so many bits that a quick hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
