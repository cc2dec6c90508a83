"""People with posts and accounts, made as the software makes them."""

import datetime

from jiceng.access.operations import (
    open_accounts,
)
from jiceng.accounts.models import User
from jiceng.registry.models import Post
from jiceng.registry.operations import (
    PersonRow,
    PostRow,
    appoint,
    record_people,
)
from tests.conftest import NOON, START

TODAY = NOON.date()
LATER = NOON + datetime.timedelta(days=200)
DONE = {"by": "system", "at": NOON}


def hold(name, role, unit, **dates):
    """Give a new person a post; return its number."""
    (person,) = record_people([PersonRow(name=name)], **DONE)
    (post,) = appoint([PostRow(person, unit, role, **({"valid_from": START} | dates))], **DONE)
    return post


def user_of(post):
    return User.objects.get(person_number=Post.objects.get(pk=post).person.number)


def opened(*posts):
    open_accounts(posts, **DONE)
    return [user_of(post) for post in posts]
