"""Where messages go that somebody wants sent."""

from collections.abc import Collection

from jiceng.access.models import MessageAddress
from jiceng.accounts.models import User


def message_address_of(user: User) -> MessageAddress | None:
    """Return where `user` wants his messages; None when he wants none."""
    return MessageAddress.objects.filter(user=user).first()


def message_addresses_of(users: Collection[int], ways: Collection[str]) -> dict[int, str]:
    """Return the way of each of `users` who wants messages by one of `ways`. One statement."""
    wanted = MessageAddress.objects.filter(user__in=users, way__in=ways, user__is_active=True)
    return dict(wanted.values_list("user", "way"))
