"""Random sequences of acts against a small model of what should come of them.

The model knows the order of the steps, two thirds of 34 and half of those present, and nothing of
how the engine keeps any of it.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiceng.procedures import operations
from jiceng.procedures.models import Taken
from jiceng.procedures.refusals import HasEnded, Lacking, NotAllowed
from tests.procedures.conftest import FACT, LEAD, REPS, Run, after, moment

ACTS = st.one_of(
    st.tuples(st.just("propose")),
    st.tuples(st.just("convene"), st.integers(7, 13)),
    st.tuples(st.just("meet"), st.integers(0, REPS), st.integers(0, 14)),
    st.tuples(st.just("vote"), st.integers(0, REPS)),
    st.tuples(st.just("check"), st.booleans()),
    st.tuples(st.just("confirm"), st.booleans()),
    st.tuples(st.just("return"), st.sampled_from(["propose", "convene", "meet", "vote", "check"])),
    st.tuples(st.just("withdraw")),
)


class Model:
    """Where the case should stand, by the rules of the law alone."""

    def __init__(self):
        self.step, self.done, self.day = "propose", [], 0
        self.meets_on = self.present = 0

    def expect(self, act):
        """Return whether `act` is legal now, whether it takes effect, and go on."""
        if self.step == "":
            return act[0] == "return" and act[1] in self.done and self._back(act[1]), False
        name = act[0]
        if name == "withdraw":
            self.step = ""
            return True, True
        if name == "return":
            return act[1] in self.done and self._back(act[1]), False
        return getattr(self, name)(*act[1:]) if name == self.step else (False, False)

    def _back(self, step):
        del self.done[self.done.index(step):]  # fmt: skip
        self.step = step
        return True

    def _go(self, step):
        if self.step in self.done:
            self.done.remove(self.step)
        self.done.append(self.step)
        self.step = step
        return True, True

    def propose(self):
        return self._go("convene")

    def convene(self, lead):
        if lead < LEAD:
            return False, False
        self.meets_on = self.day + lead
        return self._go("meet")

    def meet(self, present, later):
        if self.day + later < self.meets_on:
            return False, False
        self.day += later
        if 3 * present < 2 * REPS:
            self.step = "convene"
            return True, False
        self.present = present
        return self._go("vote")

    def vote(self, in_favour):
        if in_favour > self.present:
            return None, False  # cannot be: not a matter of law
        if 2 * in_favour <= self.present:
            self.step = "convene"
            return True, False
        return self._go("check")

    def check(self, passes):
        if passes:
            return self._go("confirm")
        self._go("propose")
        return True, True

    def confirm(self, _yes):
        self._go("")
        return True, True


class Real:
    """The same acts, by the engine."""

    def __init__(self, run):
        self.run, self.day = run, 0

    def do(self, act, **options):
        return getattr(self, act[0] + "_")(*act[1:], **options)

    def on(self):
        return after(self.day)

    def propose_(self, **o):
        return self.run.take("propose", {"plan": "修路"}, self.on(), **o)

    def convene_(self, lead, **o):
        return self.run.convene(meets_on=after(self.day + lead), day=self.on(), **o)

    def meet_(self, present, later, **o):
        taken = self.run.meet(present=present, day=after(self.day + later), **o)
        self.day += later if not o else 0
        return taken

    def vote_(self, in_favour, **o):
        votes = {"method": "secret", "for": in_favour, "against": 0, "abstain": 0}
        self.run.sheet(votes, self.on(), **o)
        return self.run.sheet(votes, self.on(), by="village.secretary", **o)

    def check_(self, passes, **o):
        answers = {"fair": "yes" if passes else "no", "open": "yes", "note": "见意见"}
        return self.run.take("check", answers, self.on(), by="village.supervisor", **o)

    def confirm_(self, yes, **o):
        given = {"decision": "confirmed" if yes else "returned", "note": "见意见"}
        return self.run.take("confirm", given, self.on(), by="village.secretary", **o)

    def return_(self, step, **_o):
        return self._change("return_case", step)

    def withdraw_(self, **_o):
        return self._change("withdraw_case")

    def _change(self, act, *arguments):
        return getattr(operations, act)(
            self.run.case.number,
            *arguments,
            reason="试",
            seen=self.run.now().version,
            by=self.run.people("village.clerk"),
            at=moment(after(self.day)),
        )


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(ACTS, max_size=14))
def test_no_illegal_state_is_reached_no_legal_step_refused_nothing_that_happened_lost(people, acts):
    real, model = Real(Run(people)), Model()
    for act in acts:
        before = real.run.now()
        legal, effective = model.expect(act)
        if legal is None:
            continue
        if legal:
            done = real.do(act)
            if isinstance(done, Taken):
                assert done.effective is effective
        else:
            with pytest.raises((Lacking, NotAllowed, HasEnded)):
                real.do(act)
            assert real.run.now().version == before.version
            _what_happened_is_kept(real, act, before)
        case = real.run.now()
        assert case.step == model.step
        standing = Taken.objects.standing().filter(case=case, effective=True)
        assert set(standing.values_list("step", flat=True)) == set(model.done)


def _what_happened_is_kept(real, act, before):
    """An act out of order changes nothing, but can be recorded as the fact that it is."""
    if act[0] in ("return", "withdraw") or before.ended:
        return
    kept = Taken.objects.filter(case=before).count()
    day = real.day
    fact = real.do(act, how=FACT)
    real.day = day

    assert fact.effective is False
    assert Taken.objects.filter(case=before).count() == kept + 1
    assert real.run.now().step == before.step
