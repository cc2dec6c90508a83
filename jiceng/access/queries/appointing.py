"""To which posts a user may appoint: nobody gives what neither is his nor falls to him."""

import datetime
from collections import defaultdict

from django.utils.translation import gettext as _

from jiceng.access.declarations import ROLES, chain_of
from jiceng.access.models import Grant
from jiceng.access.posts import brought_by
from jiceng.access.queries.gate import NotPermitted, NotVisible, unit_for
from jiceng.access.queries.scopes import reach_of, scope_around
from jiceng.accounts.models import User
from jiceng.registry.models import Post
from jiceng.registry.posts import PostRole, post_roles
from jiceng.registry.queries import shown


def posts_open_to(user: User, unit: int, today: datetime.date) -> list[PostRole]:
    """Return the posts at `unit` to which `user` may appoint: whose role would fall to him while
    it is vacant, or brings nothing but what he may do there himself. Never those above his own.

    The caller has fetched the unit with `registry.edit`. About a dozen statements.
    """
    offered = [Post(unit_id=unit, role=code) for code in post_roles()]
    brought: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for one in brought_by(offered, today):
        brought[one.post.role].add((one.role, one.unit))
    places = {place for rows in brought.values() for _role, place in rows}
    held = _roles_at(user, places, today)
    return [
        post
        for code, post in post_roles().items()
        if all(_reaches(held[place], role) for role, place in brought[code])
    ]


def _reaches(held: set[str], role: str) -> bool:
    if held & set(chain_of(role)):
        return True
    if any(role in chain_of(code) for code in held):
        return False  # what is his falls to it: it stands above him
    own = {permission for code in held for permission in ROLES[code].permissions}
    return own >= set(ROLES[role].permissions)


def _roles_at(user: User, units: set[int], today: datetime.date) -> dict[int, set[str]]:
    roots: dict[str, set[int]] = defaultdict(set)
    for role, unit in Grant.objects.on(today).filter(user=user).values_list("role", "unit_id"):
        roots[role].add(unit)
    reach = reach_of(units, today)
    held: dict[int, set[str]] = {unit: set() for unit in units}
    for role, places in roots.items():
        scope = scope_around(places, today)
        for unit in units:
            if scope.covers_any(reach.get(unit, [])):
                held[unit].add(role)
    return held


def post_open_to(user: User, number: int, today: datetime.date) -> Post:
    """Return a post that `user` may end.

    Raises:
        NotVisible: no such post where he may see people.
        NotPermitted: he may not change the register there, or the post brings more than he has.
    """
    post = shown(Post.objects.filter(pk=number)).select_related("person").first()
    if post is None:
        raise NotVisible(_("没有这项任职，或者您无权查看。"))
    unit_for(user, "registry.edit", number=post.unit_id, today=today)
    if post.role not in {one.code for one in posts_open_to(user, post.unit_id, today)}:
        raise NotPermitted(_("这个职务带来的权限大于您的权限，请由上级办理。"))
    return post
