"""Changing who may do what: accounts and their codes, grants, hand-over."""

from jiceng.access.operations.accounts import (
    change_password,
    issue_codes,
    redeem_code,
    reset_accounts,
    unlock_accounts,
)
from jiceng.access.operations.administrators import appoint_administrator, withdraw_grant
from jiceng.access.operations.entries import export_entries
from jiceng.access.operations.hand_over import confirm_hand_over, list_hand_over
from jiceng.access.operations.members import open_member_accounts
from jiceng.access.operations.message_addresses import (
    choose_message_address,
    remove_message_address,
)
from jiceng.access.operations.opening import Slip, grant_from_posts, open_accounts

__all__ = [
    "Slip",
    "appoint_administrator",
    "change_password",
    "choose_message_address",
    "confirm_hand_over",
    "export_entries",
    "grant_from_posts",
    "issue_codes",
    "list_hand_over",
    "open_accounts",
    "open_member_accounts",
    "redeem_code",
    "remove_message_address",
    "reset_accounts",
    "unlock_accounts",
    "withdraw_grant",
]
