"""Equal forms sent at the same moment, from several connections."""

import threading
import uuid

import pytest
from django.db import connection

from jiceng.audit import receipts
from jiceng.audit.models import Receipt
from tests import proving
from tests.conftest import NOON


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
def test_lets_exactly_one_of_equal_forms_through():
    forms = proving.size(small=8, full=200)
    senders = 4
    outcomes = [_race(uuid.uuid4(), senders) for _ in range(forms)]
    assert outcomes == [(1, senders - 1)] * forms
    assert Receipt.objects.count() == forms
    proving.note("equal forms at once, let through", forms, "of as many", at_size=forms * senders)


def _race(key: uuid.UUID, senders: int) -> tuple[int, int]:
    """Return how many of the senders were let through and how many were held back."""
    start = threading.Barrier(senders)
    outcomes: list[bool] = []

    def send() -> None:
        start.wait()
        try:
            outcomes.append(receipts.claim(key=key, user_id=7, digest="d", at=NOON) is None)
        except receipts.StillRunning:
            outcomes.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(senders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes.count(True), outcomes.count(False)
