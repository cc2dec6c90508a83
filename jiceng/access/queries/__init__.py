"""The gate: what a user may see and do, judged by today's tree."""

from jiceng.access.queries.gate import (
    organisations_for,
    require,
    require_confirmer,
    unit_for,
    units_for,
    within,
)
from jiceng.access.queries.holders import holders_of
from jiceng.access.queries.message_addresses import message_address_of, message_addresses_of
from jiceng.access.queries.rights import keep_rights, permissions_of, rights_of, scope_of
from jiceng.access.queries.scopes import Scope, reach_of

__all__ = [
    "Scope",
    "holders_of",
    "keep_rights",
    "message_address_of",
    "message_addresses_of",
    "organisations_for",
    "permissions_of",
    "reach_of",
    "require",
    "require_confirmer",
    "rights_of",
    "scope_of",
    "unit_for",
    "units_for",
    "within",
]
