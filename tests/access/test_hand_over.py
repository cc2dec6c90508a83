"""What a post leaves is listed, and its successor confirms it."""

from types import SimpleNamespace

import pytest

from jiceng.access.operations import (
    confirm_hand_over,
    list_hand_over,
)
from jiceng.access.operations.hand_over import AlreadyConfirmed, NotTheSuccessor
from jiceng.access.queries.gate import NotVisible
from jiceng.access.queries.hand_overs import hand_overs_waiting_for, post_for
from jiceng.agenda.operations import Asked, ask
from jiceng.registry.models import Post
from jiceng.registry.operations import (
    end_posts,
)
from tests.access.cast import DONE, TODAY, hold, opened, user_of
from tests.conftest import NOON


@pytest.fixture
def handing_over(county, officer):
    """A clerk whose post ends with something waiting, and his successor."""
    old = hold("旧文书", "village_clerk", county.upper)
    opened(old)
    ask([Asked("village.clerk", county.upper, "orders.visit", "orders.order:1", "走访")], at=NOON)
    end_posts([old], day=TODAY, **DONE)
    hand_over = list_hand_over(post_for(officer, old, TODAY), by=officer, at=NOON)
    (successor,) = opened(hold("新文书", "village_clerk", county.upper, valid_from=TODAY))
    return SimpleNamespace(old=user_of(old), new=successor, hand_over=hand_over, post=old)


def test_the_successor_confirms_the_list_once(county, officer, handing_over):
    assert [item["title"] for item in handing_over.hand_over.items] == ["走访"]
    assert list(hand_overs_waiting_for(handing_over.new, TODAY)) == [handing_over.hand_over]
    for other in (officer, handing_over.old):
        with pytest.raises(NotTheSuccessor):
            confirm_hand_over(handing_over.hand_over.pk, by=other, at=NOON)

    confirm_hand_over(handing_over.hand_over.pk, by=handing_over.new, at=NOON)

    assert not hand_overs_waiting_for(handing_over.new, TODAY).exists()
    with pytest.raises(AlreadyConfirmed):
        confirm_hand_over(handing_over.hand_over.pk, by=handing_over.new, at=NOON)
    with pytest.raises(AlreadyConfirmed):
        list_hand_over(Post.objects.get(pk=handing_over.post), by=officer, at=NOON)


def test_a_hand_over_is_drawn_up_only_within_one_s_subtree(county, officer):
    elsewhere = hold("西文书", "village_clerk", county.community)
    with pytest.raises(NotVisible):
        post_for(officer, elsewhere, TODAY)
