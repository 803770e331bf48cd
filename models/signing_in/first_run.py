"""The code with which an empty installation is taken into use in a browser: who can read the terminal has it.

It is made from the installation's own key, so nothing is stored, and it opens nothing once a municipality is there.
"""

import hashlib
import hmac

from models.signing_in.factors import LETTERS

LETTERS_OF_CODE = 12


def first_run_code(key: str) -> str:
    """The code of the installation with that key: ABCD-EFGH-JKMN."""
    digest = hmac.digest(key.encode(), b"etappi.first-run", hashlib.sha256)
    code = "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:LETTERS_OF_CODE])
    return "-".join(code[at : at + 4] for at in range(0, LETTERS_OF_CODE, 4))


def is_first_run_code(key: str, typed: str) -> bool:
    """Whether that is the code, however it was typed."""
    bare = "".join(letter for letter in typed.upper() if letter.isalnum())
    return hmac.compare_digest(bare, first_run_code(key).replace("-", ""))
