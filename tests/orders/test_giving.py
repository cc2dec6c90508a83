"""Who may be given what (N12), and what a dispatcher does with an order that is not his."""

import datetime

import pytest

from jiceng.audit.models import Entry
from jiceng.core.periods import FOREVER
from jiceng.orders import public
from jiceng.orders.models import DutyItem, OrderStatus, Task
from jiceng.orders.operations import Placing
from jiceng.orders.operations.grids import AccessRow, admit_to_grids
from jiceng.orders.refusals import (
    NoSuchKind,
    NoSuchPlace,
    NothingSaid,
    NotNow,
    OffTheMap,
    SaidAlready,
    TooLong,
)
from jiceng.procedures.kinds import Wrong
from jiceng.procedures.refusals import Lacking, NotYours
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import Founding, found_units
from tests.orders.cast import LAMP, Run, moment, strike_duty


def test_what_is_not_on_the_duty_list_needs_the_countys_approval(run, posts, county):
    strike_duty(county.upper, "lamps")

    with pytest.raises(Lacking, match="还不能继续") as refused:
        run.do("dispatch", posts.town, handler=county.upper)
    assert "须经县级批准" in refused.value.details[0]
    run.do("pass_up", posts.town, reason="上村清单里没有路灯")
    with pytest.raises(Lacking, match="知悉并继续"):
        run.do("dispatch", posts.county_officer, handler=county.upper)
    run.do("dispatch", posts.county_officer, handler=county.upper, despite=True)

    assert run.now().handler_id == county.upper


def test_a_unit_without_a_list_is_given_nothing_but_by_the_county(run, posts, county):
    DutyItem.objects.all().delete()

    with pytest.raises(Lacking) as refused:
        run.do("dispatch", posts.town, handler=county.upper)
    assert "还没有登记职责清单" in refused.value.details[0]


def test_what_is_on_the_duty_list_goes_to_the_unit_at_once(run, posts, county):
    assert run.do("dispatch", posts.town, handler=county.upper).handler_id == county.upper


def found_grid(county):
    grid = Founding("上村第一网格", Kind.GRID, Level.GRID, "990102001001001", parent=county.upper)
    done = {"tree": Tree.DIVISION, "day": county.start, "by": "system", "at": moment()}
    return found_units([grid], **done)[0]


def test_a_grid_is_given_only_what_stands_on_the_access_list(run, posts, county):
    grid = found_grid(county)

    with pytest.raises(Lacking) as refused:
        run.do("dispatch", posts.town, handler=grid, despite=True)
    assert "待县里提供" in refused.value.details[0]
    on_list = AccessRow(county.county, "发现路灯不亮", "准入清单", county.start, LAMP)
    admit_to_grids([on_list], by="system", at=moment())
    assert run.do("dispatch", posts.town, handler=grid).handler_id == grid


def test_given_back_it_waits_where_it_was_dispatched_and_the_clock_stops(run, posts, county):
    run.accepted()
    order = run.do("give_back", posts.village, moment(hour=11), reason="要电力部门来")

    assert (order.step, order.waits_at_id, order.handler_id) == ("dispatch", county.town, None)
    task = Task.objects.get()
    assert (task.ended_at, task.ended_as, task.reason) == (
        moment(hour=11),
        "returned",
        "要电力部门来",
    )
    run.do("dispatch", posts.town, moment(hour=12), handler=county.lower)
    assert Task.objects.filter(ended_at=None).get().unit_id == county.lower


def test_giving_back_and_objecting_want_a_reason(run, posts):
    run.dispatched()
    with pytest.raises(Wrong):
        run.do("object_to_dispatch", posts.village, reason=" ")


def test_an_objection_may_fail(run, posts, county):
    run.dispatched()
    run.do("object_to_dispatch", posts.village, reason="不归我们")
    order = run.do("review_objection", posts.town, reason="村内路灯归村")

    assert (order.step, order.waits_at_id) == ("accept", county.upper)
    assert Task.objects.get().ended_at is None


def test_an_excluded_order_ends_and_says_where_to_go(run, posts):
    run.do("exclude", posts.town, exclusion="litigation", reason="已经在法院")

    status = public.status_of(run.code, at=moment())
    assert (status.step, status.outcome) == ("", "excluded")


def test_what_cannot_be_done_ends_only_when_the_level_above_agrees(run, posts, county):
    run.accepted()
    run.do("ask_to_end", posts.village, reason="灯杆已拆除")
    assert run.now().waits_at_id == county.town
    run.do("judge_ending", posts.town, ended=False, reason="还有人走")
    assert (run.now().step, run.now().waits_at_id) == ("handle", county.upper)
    run.do("ask_to_end", posts.village, reason="整条路已封闭")
    run.do("judge_ending", posts.town, ended=True, reason="属实")

    order = run.now()
    assert (order.outcome, order.settled_at) == ("terminated", None)
    assert Task.objects.get().ended_as == "closed"


def test_two_orders_of_one_thing_are_led_together(run, posts, county):
    other = Run(posts, text="村口黑得看不见路")
    other.do("merge", posts.town, into=run.order.number)
    run.done()

    status = public.status_of(other.code, at=moment(hour=11))
    assert (status.outcome, status.answer) == ("merged", "灯已换好")
    assert other.now().merged_into == run.now()


def test_only_orders_of_one_kind_and_place_are_led_together(run, posts, county):
    elsewhere = Run(posts, place=county.lower, text="下村也黑")
    for number in (elsewhere.order.number, run.order.number, "2026-0000000"):
        with pytest.raises(NotNow):
            run.do("merge", posts.town, into=number)


def test_who_is_not_reached_three_times_is_unreachable(run, posts):
    run.done()
    for _time in range(2):
        order = run.do("call_back", posts.town, moment(hour=12), reached=False)
        assert order.step == "call_back"
    run.do("call_back", posts.town, moment(hour=13), reached=False)

    order = run.now()
    assert (order.outcome, order.reached, order.satisfied) == ("unreachable", False, None)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"kind": "no.such"}, NoSuchKind),
        ({"place": 999_999}, NoSuchPlace),
        ({"text": "  "}, NothingSaid),
        ({"text": "灯" * 10_000}, TooLong),
        ({"latitude": 91_000_000, "longitude": 0}, OffTheMap),
        ({"latitude": 30_000_000}, OffTheMap),
    ],
)
def test_what_cannot_be_so_is_refused_in_words(posts, told, refusal):
    with pytest.raises(refusal):
        Run(posts, **told)
    assert not OrderStatus.objects.exists()


def test_the_same_words_within_a_minute_are_one_order(run, posts, county):
    with pytest.raises(SaidAlready):
        Run(posts)
    assert Run(posts, at=moment(minute=2)).order.step == "dispatch"


def test_a_script_is_kept_as_the_words_it_is(posts):
    told = Run(posts, text="<script>alert(1)</script>")

    assert told.order.telling.text == "<script>alert(1)</script>"


def test_staff_enter_only_for_a_role_that_may(posts, county):
    placing = {"kind": LAMP, "text": "来电", "place": county.upper, "channel": "phone"}
    assert Run(posts, **placing, by=posts.town, receiver=county.town).order.channel == "phone"
    with pytest.raises(NotYours):
        Run(posts, **placing, by=posts.department)


def test_a_direct_kind_goes_to_its_handler_at_once(posts, county, monkeypatch):
    from jiceng.orders.models import LocalService

    LocalService.objects.create(
        unit_id=county.county,
        service=LAMP,
        direct=True,
        document="乙县〔2026〕2号",
        valid_from=datetime.date(2026, 1, 1),
        valid_to=FOREVER,
        recorded_at=moment(),
    )

    order = Run(posts).order

    assert (order.step, order.handler_id) == ("accept", county.town)
    assert Entry.objects.latest("pk").actor_kind == "system"


def test_place_is_kept_apart_from_what_was_told(run):
    texts = {"text", "name", "phone", "contact"}
    columns = {field.name for field in type(run.order)._meta.concrete_fields}

    assert columns.isdisjoint(texts)
    assert Placing(LAMP, "文字", 1).channel == "portal"
