"""Everyone presses at once: no step is taken twice, none is lost, every one is in the audit."""

import datetime
from collections import Counter

import pytest
import yaml

from jiceng.audit.models import Entry
from jiceng.procedures import catalogue, operations
from jiceng.procedures.catalogue import Shipped
from jiceng.procedures.models import Case, Taken
from jiceng.procedures.reading import procedure_of
from tests.procedures.conftest import MONDAY, People, moment
from tests.proofs.workers import WORKERS, at_once, told
from tests.proving import note, size

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
STEPS = 5
CASES = size(small=3, full=250)  # × 5 steps × 8 workers: 10,000 attempts
OPENED = moment(MONDAY)


def steps(number):
    """Return a procedure of so many plain steps, one after the other."""
    fields = [{"code": "note", "label": "说明", "kind": "text"}]
    following = [*(f"s{n}" for n in range(1, number)), "end.done"]
    return {
        "code": "test_steps",
        "version": 1,
        "title": "逐步办理",
        "source": "测试用，虚构",
        "grade": "K",
        "subject": "测试",
        "starts": ["village.clerk"],
        "ends": {"done": "办结"},
        "steps": [
            {
                "code": f"s{n}",
                "title": f"第{n + 1}步",
                "kind": "form",
                "by": ["village.clerk"],
                "options": {"fields": fields},
                "next": {"done": following[n]},
            }
            for n in range(number)
        ],
    }


@pytest.fixture
def cases(county, monkeypatch):
    text = yaml.safe_dump(steps(STEPS), allow_unicode=True)
    shipped = Shipped("test_steps@1", text, procedure_of(text))
    monkeypatch.setitem(catalogue.SHIPPED.entries, shipped.code, shipped)
    people = People(county)
    clerk = people("village.clerk")
    openings = [operations.Opening(county.upper, f"事项{n}", MONDAY) for n in range(CASES)]
    opened = operations.open_cases("test_steps", openings, by=clerk, at=OPENED)
    return clerk, [case.number for case in opened]


def test_every_step_is_taken_once_and_is_in_the_audit(cases):
    clerk, numbers = cases

    def take(worker, number, step):
        seen = Case.objects.values_list("version", flat=True).get(number=number)
        return told(
            operations.take_step,
            number,
            step,
            {"note": f"第 {worker} 人"},
            happened_on=MONDAY,
            seen=seen,
            by=clerk,
            at=OPENED + datetime.timedelta(minutes=1),
        )

    def work(worker):
        return [
            (number, step, take(worker, number, f"s{step}")[1])
            for step in range(STEPS)
            for number in numbers
        ]

    answers = [one for of_worker in at_once(work) for one in of_worker]

    taken = Counter((number, step) for number, step, refusal in answers if not refusal)
    assert taken == Counter({(number, step): 1 for number in numbers for step in range(STEPS)})
    refusals = {refusal for _number, _step, refusal in answers} - {""}
    assert refusals <= {"Stale", "Lacking", "HasEnded"}
    assert Taken.objects.count() == CASES * STEPS
    assert not Taken.objects.exclude(effective=True).exists()
    assert Case.objects.filter(outcome="done").count() == CASES
    assert Entry.objects.filter(action="procedures.step.taken").count() == CASES * STEPS
    note("no step is taken twice", len(answers), "attempts", at_size=f"{WORKERS} workers")
