"""What happens beside the steps: pauses, extensions, helpers, contacts, the board, conduct."""

import datetime

import pytest

from jiceng.accounts.throttle import TooManyTries
from jiceng.agenda.models import Item
from jiceng.audit.models import Entry
from jiceng.orders import operations, public
from jiceng.orders.limits import WRONG_CODES
from jiceng.orders.models import BoardEntry, Contact, Order, Task
from jiceng.orders.queries import (
    Filters,
    conduct_orders_for,
    escalated_for,
    order_for,
    orders_for,
    queue_for,
    telling_for,
)
from jiceng.orders.refusals import (
    HoldsNumbers,
    NoSuchCode,
    NoSuchOrder,
    NotNow,
    NotYourTask,
    OutOfReach,
)
from jiceng.procedures.models import Case
from jiceng.procedures.refusals import HasEnded, Stale
from tests.orders.cast import MONDAY, Run, found_department, moment

DAY = datetime.timedelta(days=1)


def test_the_clocks_stand_still_while_the_resident_is_asked(run, posts):
    run.accepted()
    due, handlers = run.now().due_at, run.now().handler_due_at
    run.do("pause", posts.village, moment(hour=11), reason="awaiting_resident", note="哪一盏灯？")

    assert public.status_of(run.code, at=moment()).asked == "哪一盏灯？"
    assert Case.objects.get(pk=run.order.pk).due_at is None
    public.add(run.code, text="村口第三盏", at=moment(MONDAY + 2 * DAY))

    order = run.now()
    assert order.paused_at is None
    assert order.due_at - due == order.handler_due_at - handlers == 2 * DAY
    assert public.status_of(run.code, at=moment()).asked == ""


def test_a_pause_needs_a_reason_of_the_list_and_the_handler(run, posts):
    run.accepted()
    with pytest.raises(NotNow):
        run.do("pause", posts.village, reason="holiday", note="过节")
    with pytest.raises(NotYourTask):
        run.do("pause", posts.other_village, reason="weather", note="下雨")
    run.do("pause", posts.village, reason="weather", note="下雨")
    with pytest.raises(NotNow):
        run.do("pause", posts.village, reason="weather", note="还下雨")
    run.do("resume", posts.village, moment(MONDAY + DAY))
    assert run.now().paused_at is None


def test_more_time_is_asked_once_and_granted_by_the_level_above(run, posts, county):
    run.accepted()
    due = run.now().due_at
    run.do("ask_extension", posts.village, why="等灯具到货")
    assert Item.objects.filter(kind="orders.extension", unit=county.town, done_at=None).exists()
    with pytest.raises(NotNow):
        run.do("ask_extension", posts.village, why="再等等")
    with pytest.raises(NotYourTask):
        run.do("decide_extension", posts.village, granted=True, why="自己批")
    run.do("decide_extension", posts.town, granted=True, why="属实")

    assert run.now().due_at > due
    assert run.now().extension.granted


def test_a_township_calls_departments_and_judges_their_answers(run, posts, county):
    power = found_department(county, "供电局党委")
    lineman = posts("department.officer", power, "供电局")
    run.accepted()

    run.do("call_in", posts.town, units=[county.department, power], asks="一起到现场看看")
    tasks = list(Task.objects.filter(part="called").order_by("unit"))
    assert [task.due_at is not None for task in tasks] == [True, True]
    first = Task.objects.select_related("order__case").get(unit=county.department)
    seen = run.now().case.version
    operations.answer_task(
        first, reply="不归我们", seen=seen, by=posts.department, at=moment(hour=11)
    )
    with pytest.raises(NotYourTask):
        operations.judge_task(
            first,
            accepted=True,
            why="",
            seen=run.now().case.version,
            by=posts.county_officer,
            at=moment(hour=12),
        )
    operations.judge_task(
        first,
        accepted=False,
        why="杆是住建局立的",
        seen=run.now().case.version,
        by=posts.town,
        at=moment(hour=12),
    )
    second = Task.objects.select_related("order__case").get(unit=power)
    operations.return_task(
        second, reason="已并网", seen=run.now().case.version, by=lineman, at=moment(hour=12)
    )

    assert Task.objects.get(unit=county.department).judged is False
    assert Task.objects.get(unit=power).ended_as == "returned"
    run.do("call_in", posts.town, units=[county.department], asks="请再看一次")
    assert order_for(posts.department, "orders.handle", number=run.order.number, today=MONDAY)


def test_only_a_township_calls_and_only_departments_of_the_place(run, posts, county):
    run.accepted()
    with pytest.raises(NotYourTask):
        run.do("call_in", posts.village, units=[county.department], asks="来看看")
    with pytest.raises(OutOfReach):
        run.do("call_in", posts.town, units=[county.lower], asks="来看看")


def test_an_assisting_unit_answers_and_its_part_ends(run, posts, county):
    run.accepted()
    task = run.do("ask_to_assist", posts.town, unit=county.lower, asks="借一下梯子")
    task = Task.objects.select_related("order__case").get(pk=task.pk)
    operations.answer_task(
        task,
        reply="已送到",
        seen=run.now().case.version,
        by=posts.other_village,
        at=moment(hour=11),
    )

    assert Task.objects.get(pk=task.pk).ended_as == "done"
    assert list(orders_for(posts.other_village, MONDAY)) == [run.order]


def test_a_contact_is_seen_by_the_receiver_and_the_handler_and_each_look_is_kept(posts, county):
    run = Run(posts, name="王某", phone="13800000000")
    with pytest.raises(NotYourTask):
        operations.reveal_contact(run.now(), by=posts.village, at=moment())
    run.dispatched()
    for allowed in (posts.town, posts.village):
        assert operations.reveal_contact(run.now(), by=allowed, at=moment()).name == "王某"
    for other in (posts.county_officer, posts.city, posts.other_village):
        with pytest.raises(NotYourTask):
            operations.reveal_contact(run.now(), by=other, at=moment())
    assert Entry.objects.filter(action="orders.contact.seen").count() == 2


def test_a_contact_is_erased_when_its_period_is_over(posts):
    run = Run(posts, name="王某", phone="13800000000").done()
    run.do("call_back", posts.town, reached=True, solved=True, satisfied=True)
    contact = Contact.objects.get()
    assert contact.erase_on == datetime.date(2026, 9, 3)

    assert operations.erase_contacts(moment(datetime.date(2026, 9, 2))) == 0
    assert operations.erase_contacts(moment(datetime.date(2026, 9, 3))) == 1
    contact.refresh_from_db()
    assert (contact.name, contact.phone) == ("", "")


def test_an_order_is_public_only_when_a_person_has_rewritten_it(posts, county):
    run = Run(posts, name="王小明", latitude=28_123_456, longitude=120_654_321)
    for summary in ("王小明说路灯坏了", "联系 13800000000"):
        with pytest.raises(HoldsNumbers):
            run.do("release_summary", posts.town, summary=summary)
    run = Run(posts, text="另一盏", latitude=28_123_456, longitude=120_654_321)
    entry = run.do("release_summary", posts.town, summary="村口路灯不亮")
    assert (entry.latitude, entry.longitude, entry.town) == (28_123, 120_654, county.town)
    run.dispatched()
    assert public.board_entry(run.order.number).step == "accept"
    run.do("take_off_board", posts.town)
    assert not BoardEntry.objects.exists()


def test_the_resident_may_withdraw_and_then_nothing_follows(run, posts):
    run.dispatched()
    assert public.withdraw(run.code, at=moment(hour=11)).outcome == "withdrawn"
    with pytest.raises(HasEnded):
        public.add(run.code, text="还是要修", at=moment(hour=12))
    assert Task.objects.get().ended_as == "closed"
    assert not Item.objects.filter(done_at=None).exists()


def test_a_lost_code_is_replaced_at_the_counter(run, posts):
    code = run.do("reissue_code", posts.town)

    assert public.status_of(code, at=moment()).number == run.now().number
    with pytest.raises(NoSuchCode):
        public.status_of(run.code, at=moment())


def test_guessing_codes_is_held_up(db):
    for _time in range(WRONG_CODES):
        with pytest.raises(NoSuchCode):
            public.status_of("3333-4444-7777", at=moment())
    with pytest.raises(TooManyTries):
        public.status_of("3333-4444-7777", at=moment())


def test_who_saw_an_older_state_is_told(run, posts):
    order = run.now()
    run.dispatched()
    with pytest.raises(Stale):
        operations.dispatch(
            order,
            handler=posts.county.lower,
            seen=order.case.version,
            by=posts.town,
            at=moment(hour=11),
        )


def test_what_is_overdue_shows_one_level_higher_with_each_further_limit(run, posts):
    run.accepted()
    order = run.now()

    def shown(now):
        sees = (posts.town, posts.county_officer, posts.city)
        return [bool(escalated_for(user, now=now, today=MONDAY)) for user in sees]

    minute = datetime.timedelta(minutes=1)
    assert shown(order.due_at) == [False, False, False]
    assert shown(order.due_at + minute) == [True, False, False]
    assert shown(order.second_at + minute) == [True, True, False]
    assert shown(order.third_at + minute) == [True, True, True]
    run.do("pause", posts.village, reason="weather", note="下雨")
    assert shown(order.third_at + minute) == [False, False, False]


def test_the_text_is_read_by_those_who_work_on_it(run, posts):
    telling, added = telling_for(posts.town, run.now(), today=MONDAY)

    assert (telling.text, added) == ("村口的路灯不亮了", [])


def test_a_queue_is_filtered_and_sorted(run, posts, county):
    later = Run(posts, place=county.lower, text="下村也黑", at=moment(hour=10))
    today = MONDAY

    def queue(**filters):
        return list(queue_for(posts.county_officer, Filters(**filters), today=today))

    assert queue() == [run.order, later.order]
    assert queue(sort="newest") == [later.order, run.order]
    assert queue(place=county.upper) == [run.order]
    assert queue(waits_at=county.town, kinds=["lamp.out"]) == [run.order, later.order]
    assert queue(closed=True) == queue(steps=["handle"]) == []


class TestConduct:
    """A complaint about a person's conduct, apart from the unit concerned."""

    @pytest.fixture
    def told(self, posts, county):
        return Run(
            posts,
            kind="conduct.person",
            text="上村书记吃拿卡要",
            concerns=county.upper,
        )

    def test_waits_at_the_county_and_names_no_place(self, told, county):
        order = told.now()

        assert (order.track, order.waits_at_id, order.place_id) == (
            "conduct",
            county.county,
            county.county,
        )
        assert "上村" not in order.case.title

    def test_is_found_by_nobody_below(self, told, posts):
        for sees in (posts.village, posts.town, posts.department):
            with pytest.raises(NoSuchOrder):
                order_for(sees, "orders.view", number=told.order.number, today=MONDAY)
            assert not orders_for(sees, MONDAY)
        assert not orders_for(posts.county_officer, MONDAY)
        assert list(conduct_orders_for(posts.county_officer, MONDAY)) == [told.order]

    def test_about_the_county_waits_at_the_city(self, posts, county):
        told = Run(posts, kind="conduct.person", text="县里有人", concerns=county.county)

        assert told.order.waits_at_id == county.city
        with pytest.raises(NoSuchOrder):
            order_for(posts.county_officer, "orders.view", number=told.order.number, today=MONDAY)

    def test_is_looked_into_answered_and_closed(self, told, posts):
        told.do("take_up", posts.county_officer)
        told.do("finish", posts.county_officer, reply="已核查并处理")
        public.judge(told.code, solved=True, satisfied=False, at=moment(hour=12))

        order = told.now()
        assert (order.outcome, order.satisfied) == ("closed", False)
        assert Order.objects.filter(handler=posts.county.county).exists()
