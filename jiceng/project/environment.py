"""Typed reading of environment variables, with a sentence for each that is wrong."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server; without host there is none."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str


def flag(name: str, default: bool) -> bool:
    """Return a yes/no variable; refuses anything that is neither."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def words(name: str, default: str) -> list[str]:
    """Return a comma-separated variable as a list without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """Return a folder, made if it does not exist yet."""
    path = Path(os.environ.get(name) or default)
    path.mkdir(parents=True, exist_ok=True)
    return path


def database(address: str, folder: Path) -> dict[str, object]:
    """Return Django's entry for `address`: empty for SQLite in `folder`, else postgres://…"""
    if not address:
        return sqlite(folder / "jiceng.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "JICENG_DATABASE must be empty (SQLite) or postgres://user:password@host:port/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c jit=off"},  # plans are short; compiling them costs more
    }


def mail(address: str, sender: str) -> Mail:
    """Return the mail server at `address`: empty for none, else smtp://user:password@host:port;
    smtps:// for TLS from the start, smtp+tls:// for TLS once connected.
    """
    parts = urlsplit(address)
    if address and (parts.scheme not in _MAIL_PORTS or not parts.hostname or not sender):
        raise ImproperlyConfigured(
            "JICENG_MAIL must be empty or smtp://, smtps:// or smtp+tls://user:password@host:port, "
            "and JICENG_MAIL_FROM must name the sender."
        )
    return Mail(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or _MAIL_PORTS.get(parts.scheme, 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
    )


def sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456"
            ),
        },
    }
