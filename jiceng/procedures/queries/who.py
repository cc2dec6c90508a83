"""Who may take a step: whoever answers for one of its roles at the case's unit."""

import datetime
from collections.abc import Collection, Iterable

from jiceng.access.queries import reach_of, scope_of
from jiceng.access.queries.holders import holders_of_many, nearest_holders
from jiceng.accounts.models import User
from jiceng.procedures.declarations import PUBLIC, SYSTEM, Procedure, Step
from jiceng.procedures.models import Case, Taken

_WITHOUT_ACCOUNT = {PUBLIC, SYSTEM}


def answers_for(user: User, roles: Collection[str], unit: int, today: datetime.date) -> bool:
    """Say whether `user` holds one of `roles` at `unit`, or answers for it while it is vacant."""
    return unit in units_answered_for(user, roles, [unit], today)


def units_answered_for(
    user: User, roles: Collection[str], units: Iterable[int], today: datetime.date
) -> set[int]:
    """Return those of `units` for which `user` answers in one of `roles`. At most six statements,
    however many units.
    """
    asked = [(role, unit) for unit in units for role in roles if role not in _WITHOUT_ACCOUNT]
    found = holders_of_many(asked, today)
    return {
        unit
        for (_role, unit), grants in found.items()
        if any(grant.user_id == user.pk for grant in grants)
    }


def stands_nearest(user: User, roles: Collection[str], unit: int, today: datetime.date) -> bool:
    """Say whether `user` is one of those who hold any of `roles` nearest to the unit: the town
    answers for a village's step only where nobody in the village does.
    """
    asked = [role for role in roles if role not in _WITHOUT_ACCOUNT]
    return any(grant.user_id == user.pk for grant in nearest_holders(asked, unit, today))


def may_take(by: "User | str", case: Case, step: Step, today: datetime.date) -> bool:
    if not isinstance(by, User):
        return by in step.by
    if step.nearest:
        return stands_nearest(by, step.by, case.waits_at_id, today)
    return answers_for(by, step.by, case.waits_at_id, today)


def may_return(user: User, case: Case, step: Step, today: datetime.date) -> bool:
    """Say whether `user` may send the case back to `step`: its own, the current one's, or above."""
    current = case.current
    roles = {*step.by, *(current.by if current else ())}
    if answers_for(user, roles, case.waits_at_id, today):
        return True
    reach = reach_of([case.unit_id], today).get(case.unit_id, [])
    return scope_of(user, "procedures.oversee", today).covers_any(reach)


def may_withdraw(user: User, case: Case, today: datetime.date) -> bool:
    return answers_for(user, case.declaration.starts, case.unit_id, today)


def kept_apart(user: User, step: Step, standing: Iterable[Taken], procedure: Procedure) -> str:
    """Return the title of the step that keeps `user` from this one: nobody approves and
    supervises the same matter. Empty when nothing does.
    """
    for taken in standing:
        if taken.step in step.apart_from and user.pk in (taken.by_id, taken.second_id):
            return procedure.step(taken.step).title
    return ""
