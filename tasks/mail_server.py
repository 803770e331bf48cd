"""The municipality's mail server, over SMTP: what it takes, what it refuses for good, and what is to be tried again.

One connection carries many messages, one after another. A server that does not answer, that is busy or that will not
let us in is trouble for the operator and never a message's end; only what it says of the receiver or the message itself
with a code of 500 or more ends it.
"""

import contextlib
import smtplib
import ssl
from typing import NamedTuple

from models.errors import DeliveryFailed, NotValid
from models.settings import Settings

PORTS = {"starttls": 587, "tls": 465, "none": 25}
PATIENCE = 30.0  # seconds for the server to answer
FOR_GOOD = 500  # RFC 5321, 4.2.1: what begins with a 5 is not to be tried again
WAIT = 421  # the server closes the connection
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Refused(NamedTuple):
    """The server's no, in its own words; `for_good` where trying again is of no use."""

    why: str
    for_good: bool


class Connection:
    """One connection to the mail server. Opened when first used, opened again when lost; a context closes it.

    A server that cannot be reached twice in a row is not asked again: what is left waits for another attempt.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._open: smtplib.SMTP | None = None
        self._unreached: list[DeliveryFailed] = []

    def send(self, sender: str, to: str, content: bytes) -> Refused | None:
        """The server has taken the message for the address, or says no. Raises DeliveryFailed where it says neither."""
        if len(self._unreached) > 1:
            raise self._unreached[0]
        server = self._open or self._opened()
        try:
            server.sendmail(sender, [to], content)
        except smtplib.SMTPRecipientsRefused as error:
            return self._no(*error.recipients[to])
        except smtplib.SMTPDataError as error:
            return self._no(error.smtp_code, error.smtp_error)
        except smtplib.SMTPSenderRefused as error:
            raise self._failed(f"it does not send from {sender}: {_words(error.smtp_code, error.smtp_error)}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise self._failed(_why(error)) from None
        return None

    def close(self) -> None:
        """The connection is closed, politely where that can be."""
        if self._open is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._open.quit()
            self._open.close()
            self._open = None

    def _no(self, code: int, words: bytes | str) -> Refused:
        if code == WAIT:
            self.close()
        return Refused(_words(code, words), for_good=code >= FOR_GOOD)

    def _failed(self, why: str) -> DeliveryFailed:
        self.close()
        return DeliveryFailed(why=f"the mail server {self.settings.smtp_host}: {why}")

    def _opened(self) -> smtplib.SMTP:
        try:
            found = self._reached()
        except (smtplib.SMTPException, OSError) as error:
            self._unreached.append(self._failed(_why(error)))
            raise self._unreached[-1] from None
        self._unreached.clear()
        return found

    def _reached(self) -> smtplib.SMTP:
        there = self.settings
        port = there.smtp_port or PORTS[there.smtp_security]
        name = there.mail_from.rpartition("@")[2]  # what we call ourselves; asking the network for it may take long
        if there.smtp_security == "tls":
            self._open = smtplib.SMTP_SSL(there.smtp_host, port, name, timeout=PATIENCE, context=_trust(there))
        else:
            self._open = smtplib.SMTP(there.smtp_host, port, name, timeout=PATIENCE)
        if there.smtp_security == "starttls":
            self._open.starttls(context=_trust(there))
        if there.smtp_user:
            check_protected(there)
            self._open.login(there.smtp_user, _password(there))
        return self._open

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def check_protected(there: Settings) -> None:
    """Raises NotValid where a password would travel in the open."""
    if there.smtp_user and there.smtp_security == "none" and there.smtp_host not in LOOPBACK:
        raise NotValid("A password is not sent unprotected; set ETAPPI_SMTP_SECURITY to starttls or tls.")


def _trust(there: Settings) -> ssl.SSLContext:
    """Whose certificates are believed: the system's, and the authority named in the settings."""
    try:
        return ssl.create_default_context(cafile=str(there.smtp_ca_file) if there.smtp_ca_file else None)
    except OSError as error:
        raise NotValid("The file {file} holds no certificates: {why}.", file=there.smtp_ca_file, why=error) from None


def _password(there: Settings) -> str:
    if there.smtp_password_file is None:
        return there.smtp_password
    try:
        return there.smtp_password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        named = {"file": there.smtp_password_file, "why": error.strerror}
        raise NotValid("The file {file} with the mail server's password cannot be read: {why}.", **named) from None


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"it does not let us in: {_words(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:300]
