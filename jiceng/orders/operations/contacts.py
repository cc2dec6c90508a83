"""The resident's name and phone: revealed to two units only, erased when the rule says."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.orders.models import Contact, Order
from jiceng.orders.operations.holding import record
from jiceng.orders.queries.private import may_see_contact
from jiceng.orders.refusals import NotNow, NotYourTask

CHUNK = 1000


@transaction.atomic
def reveal_contact(
    order: Order, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> Contact:
    """Show the name and phone to who receives or handles the order now; each look is on record.

    Raises:
        NotYourTask: `by` stands neither at the first receiver nor at the present handler.
        NotNow: the resident left none, or it has been erased.
    """
    if not may_see_contact(order, by, at):
        raise NotYourTask(_("联系方式只有首接单位和现在的承办单位能看。"))
    contact = Contact.objects.filter(order=order, erased_at=None).first()
    if contact is None:
        raise NotNow(_("群众没有留联系方式，或者已经按期删除。"))
    record("orders.contact.seen", order, by=by, at=at, key=key, unit=order.waits_at_id)
    return contact


@transaction.atomic
def erase_contacts(at: datetime.datetime) -> int:
    """Erase the contacts whose period is over; return how many. Repeatable; a chunk at a time."""
    today = day_of(at)
    due = Contact.objects.filter(erased_at=None, erase_on__lte=today).order_by("erase_on", "pk")
    numbers = list(due.values_list("pk", flat=True)[:CHUNK])
    if not numbers:
        return 0
    erased = Contact.objects.filter(pk__in=numbers).update(name="", phone="", erased_at=at)
    audit.record(
        action="orders.contact.erased",
        subject=f"orders.contact:{numbers[0]}",
        by=audit.SYSTEM,
        at=at,
        count=erased,
    )
    return erased
