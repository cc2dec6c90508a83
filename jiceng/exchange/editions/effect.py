"""A county's changes take effect in one step: registry operations, day by day, in one transaction."""

import datetime
import json
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.journal import Journal
from jiceng.core.refusals import Conflict
from jiceng.exchange.editions.checking import faults_of
from jiceng.exchange.editions.deciding import InEffect
from jiceng.exchange.editions.draft import Draft, load
from jiceng.exchange.editions.kinds import parent_code
from jiceng.exchange.editions.waiting import close_review
from jiceng.exchange.models import EditionStep, Fate
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Tree
from jiceng.registry.operations import (
    Founding,
    Inheritance,
    end_units,
    found_units,
    move_units,
    recode_units,
    rename_units,
    succeed,
)
from jiceng.registry.operations.locking import lock_trees

_SHOWN = 50


class NotReady(Conflict):
    """The draft of the county has faults."""


@transaction.atomic
def take_effect(
    step: int, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> EditionStep:
    """Write one county's decided changes into the register, each as of its own day.

    A change across counties belongs to the step of the county of the new place. One transaction
    on both databases (docs/decisions/0012-county-steps.md); one audit entry.

    Raises:
        InEffect: the step has taken effect already.
        NotReady: the draft has faults, told in `details`; the register is as it was.
    """
    lock_trees()
    row = EditionStep.objects.select_for_update().select_related("edition").get(pk=step)
    if row.effective_at:
        raise InEffect(_("%s已经生效。") % row.name)
    draft = load(row)
    faults = faults_of(draft)
    if faults:
        raise NotReady(
            _("%(name)s还不能生效，有 %(n)d 处需要处理。") % {"name": row.name, "n": len(faults)},
            details=faults[:_SHOWN],
        )
    journal = Journal()
    _Writing(draft, journal, {"by": by, "at": at, "journal": journal}).write()
    row.effective_at, row.effective_by = at, str(by)
    row.journal = packed(journal)
    row.save(update_fields=["effective_at", "effective_by", "journal"])
    close_review(row, at=at)
    audit.record(
        action="exchange.edition.took_effect",
        subject=row,
        subject_text=row.name,
        unit=row.unit_id,
        by=by,
        at=at,
        key=key,
        after={"edition": row.edition_id, "journal": journal.digest()},
        count=journal.count,
    )
    return row


def packed(journal: Journal) -> str:
    """Return a journal as text: a line of JSON for each row written."""
    return "\n".join(
        json.dumps([c.model, c.pk, c.before, c.after], ensure_ascii=False, default=str)
        for c in journal.changes
    )


@dataclass
class _Writing:
    """The step's days in order; within a day: found, move, end, recode, rename, succeed."""

    draft: Draft
    journal: Journal
    done: dict  # by, at and journal: what every registry operation is told
    founded: dict[str, int] = field(default_factory=dict)  # code: number of the new unit

    def write(self) -> None:
        days = {fate.day for fate in self.draft.fates} | set(self.draft.founding.values())
        for day in sorted(days):
            fates = [fate for fate in self.draft.fates if fate.day == day]
            going = {code: fate for code, fate in self.draft.continuing.items() if fate.day == day}
            ending = [fate for fate in fates if fate.unit_id in self.draft.ending]
            late = self._found(day)
            self._move(day, going, ending)
            self._end(day, ending)
            self._recode(day, going, late)
            self._rename(day, going)
            self._succeed(day, ending)

    def _unit(self, code: str) -> int:
        if code in self.founded:
            return self.founded[code]
        unit = self.draft.stays_at(code)
        if unit is None:
            raise LookupError(f"no unit for {code}: the draft was not checked")
        return unit

    def _found(self, day: datetime.date) -> list[str]:
        """Found the places of the day; return those that must wait for their code."""
        places = [
            self.draft.places[code] for code, first in self.draft.founding.items() if first == day
        ]
        places.sort(key=lambda place: place.level)
        rows = {place.code: number for number, place in enumerate(places)}
        late = [place.code for place in places if place.code in self.draft.holders]
        foundings = [
            Founding(
                place.name,
                place.kind,
                place.level,
                "" if place.code in late else place.code,
                parent_row=rows.get(place.parent_code),
                parent=None if place.parent_code in rows else self._unit(place.parent_code),
            )
            for place in places
        ]
        ids = found_units(foundings, tree=Tree.DIVISION, day=day, **self.done)
        self.founded |= dict(zip(rows, ids, strict=True))
        return late

    def _move(self, day: datetime.date, going: dict[str, Fate], ending: list[Fate]) -> None:
        moves: dict[int, int | None] = {}
        for code, fate in going.items():
            old = self.draft.parents.get(fate.unit_id)
            if old is None:
                continue  # the register's topmost unit has none
            new = self._unit(self.draft.places[code].parent_code)
            if new != old:
                moves[fate.unit_id] = new
        ended = {fate.unit_id: fate for fate in ending}
        for child in self.draft.left_behind():
            if child.parent in ended:
                level = ended[child.parent].level + 1
                moves[child.unit] = self._unit(parent_code(child.code, level))
        if moves:
            move_units(moves, day=day, **self.done)

    def _end(self, day: datetime.date, ending: list[Fate]) -> None:
        """End units, those below before those above: a merger, a split or an abolition."""
        groups: dict[str, list[Fate]] = defaultdict(list)
        for fate in ending:
            groups[_ending_of(len(self.draft.heirs(fate)))].append(fate)
        levels = sorted({fate.level for fate in ending}, reverse=True)
        for level in levels:
            for kind, fates in groups.items():
                units = [fate.unit_id for fate in fates if fate.level == level]
                end_units(units, ending=kind, day=day, **self.done)

    def _recode(self, day: datetime.date, going: dict[str, Fate], late: list[str]) -> None:
        codes = {fate.unit_id: code for code, fate in going.items() if code != fate.code}
        codes |= {self.founded[code]: code for code in late}
        if codes:
            recode_units(codes, day=day, **self.done)

    def _rename(self, day: datetime.date, going: dict[str, Fate]) -> None:
        names = {}
        for code, fate in going.items():
            place = self.draft.places[code]
            if self.draft.names.get(fate.unit_id) != (place.name, place.kind):
                names[fate.unit_id] = (place.name, place.kind)
        if names:
            rename_units(names, day=day, **self.done)

    def _succeed(self, day: datetime.date, ending: list[Fate]) -> None:
        succeed(
            [
                Inheritance(
                    fate.unit_id, self._unit(code), share, fate.document, fate.day_is_latest
                )
                for fate in ending
                for code, share in self.draft.heirs(fate)
            ],
            day=day,
            **self.done,
        )


def _ending_of(heirs: int) -> str:
    if heirs == 0:
        return Unit.Ending.ABOLITION
    return Unit.Ending.MERGER if heirs == 1 else Unit.Ending.SPLIT
