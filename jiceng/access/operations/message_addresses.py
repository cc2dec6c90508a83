"""Where somebody wants his messages: he says so himself, and takes it back himself."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.access.message_ways import WAYS
from jiceng.access.models import MessageAddress
from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.refusals import Invalid


class WrongAddress(Invalid):
    """No address of this way looks like that."""


@transaction.atomic
def choose_message_address(
    user: User,
    *,
    way: str,
    address: str,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> MessageAddress:
    """Have messages sent to an address, in place of the one before. Only for oneself.

    Raises:
        WrongAddress: it is no address of this way.
    """
    address = address.strip()
    if not WAYS[way].fits(address):
        raise WrongAddress(_("这不像%s。请核对后重填，或者选“不发”。") % WAYS[way].address)
    chosen, _made = MessageAddress.objects.update_or_create(
        user=user, defaults={"way": way, "address": address, "chosen_at": at}
    )
    audit.record(
        action="access.message_address.chosen",
        subject=user,
        by=user,
        at=at,
        key=key,
        after={"way": way},
        private={"address": address},
    )
    return chosen


@transaction.atomic
def remove_message_address(
    user: User, *, at: datetime.datetime, key: uuid.UUID | None = None
) -> None:
    """Have no messages sent; the address is deleted."""
    MessageAddress.objects.filter(user=user).delete()
    audit.record(action="access.message_address.removed", subject=user, by=user, at=at, key=key)
