"""Changing who may do what: accounts and their codes, grants, hand-over."""

from jiceng.access.operations.accounts import (
    change_password,
    issue_codes,
    redeem_code,
    reset_accounts,
    unlock_accounts,
)

__all__ = [
    "change_password",
    "issue_codes",
    "redeem_code",
    "reset_accounts",
    "unlock_accounts",
]
