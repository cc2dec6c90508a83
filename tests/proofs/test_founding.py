"""Many found units with the same official codes at once: one wins each code, the rest are told."""

import datetime
from collections import Counter

import pytest

from jiceng.registry.models import UnitCode
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import Founding, found_units, recode_units
from tests.conftest import NOON
from tests.proofs.soundness import assert_sound
from tests.proofs.workers import WORKERS, at_once, told
from tests.proving import note, size

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
CODES = size(small=15, full=1_000)


def found(code, parent, day):
    founding = Founding("新村委会", Kind.VILLAGE, Level.VILLAGE, code, parent=parent)
    return found_units([founding], tree=Tree.DIVISION, day=day, by="system", at=NOON)


def outcomes_of(answers):
    """Return, for each code, how it went with every worker."""
    return [Counter(refusal for _units, refusal in one) for one in zip(*answers, strict=True)]


def test_one_founder_wins_each_code_and_the_others_are_told(county):
    def found_all(worker):
        day = county.start + datetime.timedelta(days=worker)  # no two begin on one day
        return [
            told(found, f"99010200{n:04d}", county.town, day) for n in range(3_000, 3_000 + CODES)
        ]

    outcomes = outcomes_of(at_once(found_all))

    assert outcomes == [{"": 1, "CodeTaken": WORKERS - 1}] * CODES
    assert UnitCode.objects.filter(code__gte="990102003000").count() == CODES
    assert_sound()
    note("one founder wins each code", WORKERS * CODES, "attempts", at_size=f"{WORKERS} workers")


def test_one_unit_takes_each_code_and_the_others_are_told(county):
    """Recoding and founding reach for the same codes."""
    units = [
        found(f"99010200{2_900 + worker}", county.town, county.start)[0]
        for worker in range(WORKERS // 2)
    ]

    def take_all(worker):
        taken = []
        for n in range(3_000, 3_000 + CODES):
            day = county.start + datetime.timedelta(days=1 + n * WORKERS + worker)
            code = f"99010200{n:04d}"
            if worker < len(units):
                recode = {"day": day, "by": "system", "at": NOON}
                taken.append(told(recode_units, {units[worker]: code}, **recode))
            else:
                taken.append(told(found, code, county.town, day))
        return taken

    at_once(take_all)

    assert UnitCode.objects.filter(code__gte="990102003000").exists()
    assert_sound()
