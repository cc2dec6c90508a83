"""Personal values in the audit: named by a salted digest, so that they can be erased."""

import hashlib
import secrets


def salted_digest(value: str, salt: str = "") -> tuple[str, str]:
    """Return (salt, digest); without a salt a new one is drawn."""
    salt = salt or secrets.token_hex(16)
    return salt, hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()
