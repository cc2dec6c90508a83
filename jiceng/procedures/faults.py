"""Every fault of a procedure, in words an official can act on. Asks nothing of the database."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Protocol

from jiceng.procedures.declarations import Interval, Procedure, Step, end_name, is_end


class Known(Protocol):
    """What a declaration may refer to."""

    @property
    def roles(self) -> Collection[str]: ...
    @property
    def rules(self) -> Collection[str]: ...
    @property
    def grades(self) -> Collection[str]: ...
    @property
    def kinds(self) -> "Mapping[str, KindFaults]": ...


class KindFaults(Protocol):
    def outcomes_of(self, step: Step) -> Collection[str]: ...

    def faults(self, step: Step, procedure: Procedure) -> list[str]: ...


Check = Callable[[Procedure, Known], Iterator[str]]


def faults(procedure: Procedure, known: Known) -> list[str]:
    """Return every fault; empty when cases may run on it."""
    if not procedure.steps:
        return ["程序没有步骤。"]
    found = [fault for check in _CHECKS for fault in check(procedure, known)]
    return found or list(_ways(procedure))


def _head(procedure: Procedure, known: Known) -> Iterator[str]:
    if not procedure.source.strip():
        yield "程序没有写明依据。"
    if procedure.grade not in known.grades:
        yield f"依据等级“{procedure.grade}”不是 {'、'.join(known.grades)} 之一。"
    yield from (f"程序由不认识的角色“{role}”发起。" for role in _unknown(procedure.starts, known))
    if not procedure.starts:
        yield "程序没有写明由谁发起。"


def _codes(procedure: Procedure, _known: Known) -> Iterator[str]:
    for code, times in Counter(procedure.codes()).items():
        if times > 1:
            yield f"步骤代码“{code}”用了 {times} 次。"


def _steps(procedure: Procedure, known: Known) -> Iterator[str]:
    for step in procedure.steps:
        if not step.by:
            yield f"步骤“{step.code}”没有写明由谁办理。"
        yield from (
            f"步骤“{step.code}”由不认识的角色“{role}”办理。" for role in _unknown(step.by, known)
        )
        kind = known.kinds.get(step.kind)
        if kind is None:
            yield f"步骤“{step.code}”的种类“{step.kind}”没有登记。"
        else:
            yield from _outcomes(step, kind.outcomes_of(step))
            yield from kind.faults(step, procedure)


def _outcomes(step: Step, possible: Collection[str]) -> Iterator[str]:
    for outcome in sorted(set(possible) - step.next.keys()):
        yield f"步骤“{step.code}”没有写明结果“{outcome}”之后怎么办。"
    for outcome in sorted(step.next.keys() - set(possible)):
        yield f"步骤“{step.code}”不会有结果“{outcome}”。"


def _references(procedure: Procedure, known: Known) -> Iterator[str]:
    codes = set(procedure.codes())
    for code, _outcome, target in procedure.edges():
        if is_end(target) and end_name(target) not in procedure.ends:
            yield f"步骤“{code}”指向没有写明的结局“{end_name(target)}”。"
        elif not is_end(target) and target not in codes:
            yield f"步骤“{code}”指向不存在的步骤“{target}”。"
    for step in procedure.steps:
        others = {*step.apart_from, *(step.relies or ()), *(i.of for i in _intervals(step) if i.of)}
        yield from (
            f"步骤“{step.code}”提到不存在的步骤“{other}”。" for other in sorted(others - codes)
        )
        keys = {i.rule for i in _intervals(step)} | ({step.extension} - {""})
        yield from (
            f"步骤“{step.code}”用到没有登记的规则“{key}”。"
            for key in sorted(keys - set(known.rules))
        )


def _ways(procedure: Procedure) -> Iterator[str]:
    """Follow the edges from the first step, and back from the ends."""
    following: dict[str, set[str]] = {code: set() for code in procedure.codes()}
    for code, _outcome, target in procedure.edges():
        following[code].add(target)
    reached = _reach({procedure.first.code}, following)
    for code in procedure.codes():
        if code not in reached:
            yield f"没有事项能到达步骤“{code}”。"
        elif not any(is_end(target) for target in _reach({code}, following)):
            yield f"从步骤“{code}”到不了任何结局。"
    for name in procedure.ends:
        if f"end.{name}" not in reached:
            yield f"没有事项能到达结局“{name}”。"


def _reach(begin: set[str], following: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = set(begin), list(begin)
    while waiting:
        fresh = following.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting.extend(fresh)
    return reached


def _intervals(step: Step) -> list[Interval]:
    return [*step.after, *([step.within] if step.within else [])]


def _unknown(roles: Collection[str], known: Known) -> list[str]:
    return [role for role in roles if role not in known.roles]


_CHECKS: tuple[Check, ...] = (_head, _codes, _steps, _references)
