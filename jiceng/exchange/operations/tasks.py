"""Long work on imports, run by the job process; each can be taken up again where it was left."""

from django_tasks import task

from jiceng.core import clock
from jiceng.exchange.operations.carrying import carry_on


@task()
def carry_on_import(number: int) -> None:
    carry_on(number, at=clock.now())


def take_up(number: int) -> None:
    """Have an import carried on; to be called when its transaction is through."""
    carry_on_import.enqueue(number)
