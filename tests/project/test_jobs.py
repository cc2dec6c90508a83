"""The job process: what is due runs, what failed is seen, it ends when told."""

import datetime

import pytest

from jiceng.core.declarations import Job
from jiceng.core.installation import declared_jobs
from jiceng.project.jobs import JobProcess, Schedule

NOON = datetime.datetime(2017, 6, 1, 12, tzinfo=datetime.UTC)


def _job(run=lambda at: None, every=60):
    return Job("test.job", "测试", every, run)


def test_a_job_is_due_at_once_then_after_its_interval():
    job = _job()
    schedule = Schedule([job])
    assert schedule.due(NOON) == [job]

    schedule.ended(job, NOON)

    assert schedule.due(NOON + datetime.timedelta(seconds=59)) == []
    assert schedule.due(NOON + datetime.timedelta(seconds=60)) == [job]


@pytest.mark.django_db(transaction=True)  # the worker closes its connection
def test_a_turn_runs_what_is_due_once():
    began = []
    process = JobProcess([_job(began.append)])

    process.turn()
    process.turn()

    assert len(began) == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_ends_the_process_for_the_keeper_to_start_again():
    def fail(at):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        JobProcess([_job(fail)]).turn()


@pytest.mark.django_db(transaction=True)
def test_it_begins_no_further_job_once_told_to_stop():
    began = []
    process = JobProcess([_job(began.append)])

    process.stop()
    process.run()

    assert began == []


def test_every_declared_job_has_its_own_code_and_an_interval():
    assert all(job.every >= 1 for job in declared_jobs())
