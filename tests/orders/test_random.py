"""Random acts of everybody at once against a small model: no order is lost, doubled or handled
outside its scope.

The model knows who may do what by the law of the procedure, and nothing of how it is kept.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiceng.audit.models import Entry
from jiceng.core.refusals import Refusal
from jiceng.orders.models import Order, OrderStatus, Task
from jiceng.orders.queries import orders_for
from jiceng.procedures.models import Case, Taken
from tests.orders.cast import MONDAY, Run, moment

WHO = ("village", "other_village", "town", "west", "county_officer", "department", "city")
ACTS = (
    ("dispatch", {"handler": "upper"}),
    ("dispatch", {"handler": "lower"}),
    ("pass_up", {"reason": "不归我们"}),
    ("accept", {}),
    ("object_to_dispatch", {"reason": "不归我们"}),
    ("review_objection", {"reason": "仍由原单位办"}),
    ("review_objection", {"handler": "lower", "reason": "改派"}),
    ("finish", {"reply": "办好了"}),
    ("give_back", {"reason": "办不了"}),
    ("call_back", {"reached": True, "solved": True, "satisfied": True}),
    ("call_back", {"reached": True, "solved": False, "satisfied": False}),
    ("call_back", {"reached": False}),
)
PLAYED = st.lists(
    st.tuples(
        st.integers(0, 1),  # which of two orders
        st.booleans(),  # by whoever's turn it is, else by anybody
        st.integers(0, 100),
        st.sampled_from(ACTS),
        st.sampled_from(WHO),
    ),
    max_size=24,
)
# step → posts that may act where the order waits: by the unit, from the place upwards
AT = {
    "dispatch": {"town": "town", "county": "county_officer", "city": "city"},
    "accept": {"upper": "village", "lower": "other_village"},
    "review": {"town": "town", "county": "county_officer"},
    "handle": {"upper": "village", "lower": "other_village"},
    "call_back": {"town": "town", "county": "county_officer"},
    "settle": {"town": "town", "county": "county_officer"},
    "last_call_back": {"town": "town", "county": "county_officer", "city": "city"},
}
STEP_OF = {
    "dispatch": {"dispatch"},
    "pass_up": {"dispatch"},
    "accept": {"accept"},
    "object_to_dispatch": {"accept"},
    "review_objection": {"review"},
    "finish": {"handle", "settle"},
    "give_back": {"handle"},
    "call_back": {"call_back", "last_call_back"},
}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(played=PLAYED)
def test_no_order_is_lost_doubled_or_handled_outside_its_scope(played, posts, county):
    entries_before, orders_before = Entry.objects.count(), Order.objects.count()
    minute = Order.objects.count() * 2  # no two orders of the same words in a minute
    runs = [
        Run(posts, text=f"第{number}盏灯", at=moment(minute=0), place=county.upper)
        for number in range(minute, minute + 2)
    ]
    units = {number: name for name, number in vars(county).items() if isinstance(number, int)}
    done = 0
    for which, in_turn, pick, (act, told), who in played:
        run, before = runs[which], runs[which].now()
        if in_turn and before.step:
            likely = [one for one in ACTS if before.step in STEP_OF[one[0]]]
            act, told = likely[pick % len(likely)]
            who = AT[before.step][units[before.waits_at_id]]
        given_ = {k: getattr(county, v) if k == "handler" else v for k, v in told.items()}
        try:
            run.do(act, getattr(posts, who), moment(hour=10), **given_)
        except Refusal:
            after = run.now()
            assert (after.step, after.case.version) == (before.step, before.case.version)
            continue
        done += 1
        assert before.step in STEP_OF[act]
        assert AT[before.step][units[before.waits_at_id]] == who

    assert Order.objects.count() == orders_before + 2 == Case.objects.count()
    assert OrderStatus.objects.count() == Order.objects.count()
    assert Entry.objects.count() - entries_before >= done + 2
    for run in runs:
        _stands_as_it_should(run.now(), posts)


def _stands_as_it_should(order, posts):
    open_main = Task.objects.filter(order=order, part="main", ended_at=None)
    assert (order.step, order.waits_at_id) == (order.case.step, order.case.waits_at_id)
    assert OrderStatus.objects.get(number=order.number).step == order.step
    assert open_main.count() == (1 if order.handler_id and order.step else 0)
    if open_main:
        assert open_main.get().unit_id == order.handler_id
    taken = list(Taken.objects.filter(case=order.case).values_list("sequence", flat=True))
    assert sorted(taken) == list(range(1, len(taken) + 1))
    seen = [
        who
        for who in ("town", "county_officer", "city")
        if orders_for(getattr(posts, who), MONDAY).filter(pk=order.pk).exists()
    ]
    assert seen == ["town", "county_officer", "city"]
    assert not orders_for(posts.west, MONDAY).filter(pk=order.pk).exists()
