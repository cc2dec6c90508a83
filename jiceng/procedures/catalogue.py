"""The procedures that packages ship: `data/procedures/*.yaml`, read once when the site is ready."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiceng.access.declarations import ROLES
from jiceng.core.declarations import Registry
from jiceng.procedures.declarations import PUBLIC, SYSTEM, Procedure
from jiceng.procedures.faults import faults
from jiceng.procedures.kinds import KINDS
from jiceng.procedures.reading import procedure_of
from jiceng.rules import shipped


@dataclass(frozen=True, slots=True)
class Shipped:
    """One file as it is shipped."""

    name: str  # "five_deliberations@1"
    text: str
    procedure: Procedure

    @property
    def code(self) -> str:
        return self.name


SHIPPED = Registry("procedure")


@dataclass(frozen=True, slots=True)
class Known:
    """What procedures may refer to on this site."""

    roles: Collection[str]
    rules: Collection[str]
    grades: Collection[str]
    kinds: Mapping[str, Any]


def known() -> Known:
    return Known(
        roles=[*(role.code for role in ROLES), PUBLIC, SYSTEM],
        rules=shipped.matters(),
        grades=shipped.vocabulary().grades,
        kinds=KINDS.entries,
    )


def collect(folder: Path) -> None:
    """Take the procedures of a package."""
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        procedure = procedure_of(text)
        SHIPPED.add(Shipped(procedure.name, text, procedure))


def latest(code: str) -> Shipped | None:
    """Return the newest shipped version of a procedure."""
    versions = [one for one in SHIPPED if one.procedure.code == code]
    return max(versions, key=lambda one: one.procedure.version, default=None)


def newest() -> Iterator[Shipped]:
    """Yield the newest version of every procedure, in the order of their codes."""
    for code in sorted({one.procedure.code for one in SHIPPED}):
        found = latest(code)
        assert found is not None
        yield found


def unlisted() -> list[str]:
    """Return the codes of procedures whose cases other packages show themselves."""
    return sorted({one.procedure.code for one in SHIPPED if not one.procedure.listed})


def faults_of(procedure: Procedure) -> list[str]:
    return faults(procedure, known())
