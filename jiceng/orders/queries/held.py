"""Posts with how many hold them, and claims with what they are of."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from jiceng.accounts.codes import digest_of
from jiceng.orders.models.voluntary import Claim, WelfarePost
from jiceng.orders.models.wishes import MicroWish

_MARK = "orders.offer"


def with_held(posts: QuerySet[WelfarePost]) -> QuerySet[Any, WelfarePost]:
    held = Count("claims", filter=Q(claims__state__in=Claim.LIVE))
    return posts.annotate(held=held)  # type: ignore[no-redef]  # declared on it for its readers


def claims() -> QuerySet[Claim]:
    return Claim.objects.select_related("wish", "post", "person")


def mark_of(thing: MicroWish | WelfarePost, person: int) -> str:
    """Return the keyed mark that somebody was told of a wish or a post: it names nobody."""
    kind = "wish" if isinstance(thing, MicroWish) else "post"
    return digest_of(_MARK, f"{kind}{thing.pk}person{person}")
