"""By which ways messages leave the house. All are off until the installation's settings say so.

WeCom, DingTalk and SMS differ from one supplier to the next: an installation brings its adapter
and registers it in the `ready()` of its own package.
"""

import os
import smtplib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from jiceng.access.message_ways import WAYS, Way
from jiceng.agenda.letters import Letter


class Adapter(Protocol):
    """Sends one letter. `repeatable`: told the same key again, it sends nothing a second time."""

    repeatable: bool

    def send(self, address: str, letter: Letter, *, key: str) -> None:
        """Send, or raise one of the three below. Anything else is a defect."""


class NotNow(Exception):
    """Surely not sent, and nothing else would be now: the other side cannot be reached."""


class Refused(Exception):
    """Surely not sent. `final`: this address will never take it."""

    def __init__(self, *, final: bool) -> None:
        super().__init__(final)
        self.final = final


class Uncertain(Exception):
    """It may have been sent: the line broke before the answer came."""


class Email:
    """By the mail server of JICENG_MAIL. The same letter sent again would arrive again."""

    repeatable = False

    def send(self, address: str, letter: Letter, *, key: str) -> None:
        server = get_connection(timeout=settings.EMAIL_TIMEOUT)
        try:
            server.open()
        except (smtplib.SMTPException, OSError) as error:
            raise NotNow from error
        mail = EmailMessage(
            letter.subject,
            letter.text,
            to=[address],
            headers={"Auto-Submitted": "auto-generated", "X-Jiceng-Key": key},
            connection=server,
        )
        try:
            mail.send()
        except smtplib.SMTPSenderRefused as error:
            raise NotNow from error
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
            raise Refused(final=_is_final(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Uncertain from error
        finally:
            _hang_up(server)


def _is_final(error: Exception) -> bool:
    """Say whether the recipient's address is refused for good: 5xx."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _words in error.recipients.values())


def _hang_up(server: "smtplib.SMTP | object") -> None:
    """Close the connection; the letter's fate is decided by then, whatever happens here."""
    try:
        server.close()  # type: ignore[union-attr]  # a backend of Django's, whose class is known at run time
    except (smtplib.SMTPException, OSError):
        return


class Files:
    """Writes each letter into a folder: for tests, and to see what would be sent."""

    repeatable = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, address: str, letter: Letter, *, key: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{key}.txt"
        part = path.with_suffix(".part")
        part.write_text(f"{address}\n{letter.subject}\n\n{letter.text}", encoding="utf-8")
        os.replace(part, path)


_REGISTERED: dict[str, Callable[[], Adapter]] = {}


def register(code: str, make: Callable[[], Adapter]) -> None:
    """Switch on a way of `access.message_ways` by an adapter of the installation's own."""
    _REGISTERED[code] = make


def adapter_for(code: str) -> Adapter | None:
    """Return what sends by a way; None where it is switched off."""
    if code in settings.MESSAGES_TO_FILES:
        return Files(Path(settings.DATA_DIR) / "messages" / code)
    if code in _REGISTERED:
        return _REGISTERED[code]()
    return Email() if code == "email" and settings.EMAIL_HOST else None


def ways_on() -> list[Way]:
    """Return the ways that somebody may choose here."""
    return [way for code, way in WAYS.items() if adapter_for(code) is not None]
