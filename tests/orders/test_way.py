"""An order's way: placed, dispatched, accepted, done, called back."""

import pytest

from jiceng.agenda.models import Item
from jiceng.audit.models import Entry
from jiceng.orders import public
from jiceng.orders.models import OrderStatus, Task
from jiceng.orders.queries import order_for, orders_for
from jiceng.orders.refusals import NoSuchCode, NoSuchOrder, OutOfReach
from jiceng.procedures.refusals import NotYours
from tests.orders.cast import MONDAY, moment


def test_goes_from_the_resident_to_the_handler_and_back(run, posts, county):
    assert (run.order.step, run.order.waits_at_id) == ("dispatch", county.town)

    run.dispatched()
    assert (run.order.step, run.order.handler_id) == ("accept", county.upper)
    run.do("accept", posts.village)
    run.do("finish", posts.village, reply="灯已换好")
    assert (run.order.step, run.order.waits_at_id) == ("call_back", county.town)
    run.do("call_back", posts.town, reached=True, solved=True, satisfied=True)

    order = run.now()
    assert (order.step, order.outcome, order.settled_at) == ("", "closed", 5)
    assert (order.reached, order.solved, order.satisfied) == (True, True, True)
    assert order.contacted_at == order.done_at == order.closed_at == moment(hour=10)
    task = Task.objects.get(order=order)
    assert (task.part, task.reply, task.ended_as) == ("main", "灯已换好", "done")


def test_leaves_one_entry_for_each_act(run):
    run.done()

    actions = list(Entry.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-4:] == ["procedures.case.opened", *["procedures.step.taken"] * 3]


def test_is_followed_and_judged_with_its_code(run):
    run.done()

    status = public.status_of(run.code, at=moment(hour=11))
    assert (status.step, status.answer, status.handler) == ("call_back", "灯已换好", "上村委会")
    status = public.judge(run.code, solved=True, satisfied=True, at=moment(hour=12))

    assert (status.step, status.outcome, status.judged) == ("", "closed", True)
    assert run.now().satisfied is True


def test_a_wrong_code_opens_nothing(run):
    with pytest.raises(NoSuchCode):
        public.status_of("3333-4444-7777", at=moment())
    assert OrderStatus.objects.count() == 1


def test_starts_the_residents_clock_and_the_handlers(run):
    run.dispatched(at=moment(hour=11))

    order, task = run.now(), Task.objects.get()
    assert order.due_at is not None
    assert order.limit_rule
    assert task.due_at >= order.due_at


def test_waits_in_the_agenda_of_whoever_is_to_act(run, posts, county):
    def waiting():
        return list(Item.objects.filter(done_at=None).values_list("role", "unit"))

    assert waiting() == [("town.officer", county.town)]
    run.dispatched()
    assert waiting() == [("village.secretary", county.upper)]
    run.do("accept", posts.village)
    run.do("finish", posts.village, reply="好了")
    assert waiting() == [("town.officer", county.town)]


def test_is_handled_by_its_handler_alone(run, posts):
    run.dispatched()

    for stranger in (posts.town, posts.other_village, posts.county_officer):
        with pytest.raises(NotYours):
            run.do("accept", stranger)


def test_is_never_called_back_by_its_handler(run, posts):
    run.done()

    with pytest.raises(NotYours):
        run.do("call_back", posts.village, reached=True, solved=True, satisfied=True)


def test_is_given_only_below_where_it_waits(run, posts, county):
    for elsewhere in (county.community, county.department, county.county):
        with pytest.raises(OutOfReach):
            run.do("dispatch", posts.town, handler=elsewhere)
    run.do("pass_up", posts.town, reason="归住建局")
    run.do("dispatch", posts.county_officer, handler=county.department)
    run.do("accept", posts.department)
    assert run.do("finish", posts.department, reply="已修").waits_at_id == county.county


def test_is_seen_by_those_above_the_place_and_those_who_have_it(run, posts):
    for sees in (posts.village, posts.town, posts.county_officer, posts.city):
        assert order_for(sees, "orders.view", number=run.order.number, today=MONDAY)
        assert list(orders_for(sees, MONDAY)) == [run.order]
    for stranger in (posts.west, posts.other_village, posts.department):
        with pytest.raises(NoSuchOrder):
            order_for(stranger, "orders.view", number=run.order.number, today=MONDAY)
        assert not orders_for(stranger, MONDAY)


def test_not_satisfied_it_is_returned_once_and_then_taken_over(run, posts, county):
    run.done()
    run.do("call_back", posts.town, reached=True, solved=False, satisfied=False)
    assert (run.order.step, run.order.handler_id) == ("handle", county.upper)
    run.do("finish", posts.village, reply="又换了一只")
    public.judge(run.code, solved=True, satisfied=False, at=moment(hour=12))
    order = run.now()
    assert (order.step, order.handler_id, order.waits_at_id) == (
        "settle",
        county.town,
        county.town,
    )
    run.do("finish", posts.town, moment(hour=13), reply="镇里来修")
    assert (run.order.step, run.order.waits_at_id) == ("last_call_back", county.county)
    good = {"reached": True, "solved": True, "satisfied": True}
    run.do("call_back", posts.county_officer, moment(hour=14), **good)

    assert run.now().settled_at == 4
    assert list(Task.objects.order_by("pk").values_list("ended_as", flat=True)) == [
        "returned",
        "taken_over",
        "done",
    ]


def test_an_objection_is_judged_one_level_up(run, posts, county):
    run.dispatched()
    run.do("object_to_dispatch", posts.village, reason="这盏灯归下村")
    assert (run.order.step, run.order.waits_at_id) == ("review", county.town)
    run.do("review_objection", posts.town, handler=county.lower, reason="确归下村")

    assert (run.order.step, run.order.handler_id) == ("accept", county.lower)
    assert run.do("accept", posts.other_village).step == "handle"
    assert [t.ended_as for t in Task.objects.order_by("pk")] == ["redirected", ""]
