"""The system administrator's page: the installation's own state, and nobody's doings."""

import datetime

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from jiceng.access.job_runs import Notes
from jiceng.access.models import JobRun
from jiceng.access.queries.system import State, system_for
from jiceng.core import clock
from jiceng.core.declarations import Job
from jiceng.core.installation import VERSION, declared_jobs
from tests.house.sources import ROOT
from tests.web.test_registry_pages import holder

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def administrator(county):
    return holder("system", "system.administrator", county.city)


def text_of(response):
    return response.content.decode()


def sealing_of(user):
    states = system_for(user, clock.now()).jobs
    return next(one for one in states if one.job.code == "audit.seal")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("system.administrator", 200),
        ("security.administrator", 403),
        ("audit.administrator", 403),
        ("city.officer", 403),
    ],
)
def test_only_the_system_administrator_reads_it(client, county, role, status):
    client.force_login(holder("who", role, county.city))
    answer = client.get(reverse("web:system"))
    assert answer.status_code == status
    first = text_of(client.get("/"))
    assert (reverse("web:system") in first) is (status == 200)


def test_it_says_version_database_disk_and_what_is_not_sealed(client, administrator):
    client.force_login(administrator)
    page = text_of(client.get(reverse("web:system")))
    assert VERSION in page
    assert "SQLite" in page or "PostgreSQL" in page
    for words in ("磁盘剩余", "尚未封存", "没有排队的任务", "没有失败的任务"):
        assert words in page
    for job in declared_jobs():
        assert str(job.title) in page


def test_the_version_is_that_of_the_project():
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text()


def test_a_job_is_well_when_it_ran_and_overdue_when_it_did_not_come_again(administrator):
    assert sealing_of(administrator).state is State.NEVER

    job = Job("audit.seal", "封存", 60, lambda at: None)
    with Notes().noted(job, clock.now()):
        pass
    state = sealing_of(administrator)
    assert state.state is State.WELL
    assert state.next_at == state.run.ended_at + datetime.timedelta(seconds=60)

    JobRun.objects.update(ended_at=clock.now() - HOUR, began_at=clock.now() - HOUR)
    assert sealing_of(administrator).state is State.OVERDUE


def test_a_failure_is_named_without_its_message_until_the_job_succeeds(client, administrator):
    job = Job("audit.seal", "封存", 60, lambda at: None)

    def fail():
        with Notes().noted(job, clock.now()):
            raise ValueError("张三")

    for _time in range(2):
        with pytest.raises(ValueError, match="张三"):
            fail()
    client.force_login(administrator)
    page = text_of(client.get(reverse("web:system")))
    assert "上次失败" in page
    assert "ValueError" in page
    assert "连续 2 次" in page
    assert "张三" not in page

    with Notes().noted(job, clock.now()):
        pass
    assert sealing_of(administrator).state is State.WELL


def test_a_frequent_job_is_noted_once_a_minute(db):
    notes, job = Notes(), Job("often", "常有", 5, lambda at: None)
    at = clock.now()
    with notes.noted(job, at):
        pass
    first = JobRun.objects.get().began_at
    for seconds, began in ((30, first), (61, at + datetime.timedelta(seconds=61))):
        with notes.noted(job, at + datetime.timedelta(seconds=seconds)):
            pass
        assert JobRun.objects.get().began_at == began


def test_it_shows_the_queue_without_what_the_tasks_are_given(client, administrator):
    given = {"args_kwargs": {"args": [4711], "kwargs": {}}, "backend_name": "default"}
    path = "jiceng.exchange.operations.tasks.carry_on_import"
    now = clock.now()
    for status in ("READY", "RUNNING", "FAILED"):
        DBTaskResult.objects.create(
            status=status,
            task_path=path,
            run_after=now,
            started_at=None if status == "READY" else now,
            finished_at=now if status == "FAILED" else None,
            exception_class_path="builtins.OSError" if status == "FAILED" else "",
            **given,
        )
    client.force_login(administrator)
    page = text_of(client.get(reverse("web:system")))
    assert "排队 1 个" in page
    assert page.count("导入：检查、写入或撤销") == 2
    assert "builtins.OSError" in page
    assert "4711" not in page


def test_it_costs_the_same_however_long_the_queue_is(
    client, administrator, django_assert_max_num_queries
):
    client.force_login(administrator)

    def cost():
        with django_assert_max_num_queries(40) as captured:
            client.get(reverse("web:system"))
        return len(captured)

    few = cost()
    DBTaskResult.objects.bulk_create(
        DBTaskResult(
            status="READY",
            task_path="x",
            run_after=clock.now(),
            args_kwargs={},
            backend_name="default",
            exception_class_path="",
            traceback="",
        )
        for _number in range(50)
    )
    assert cost() == few
