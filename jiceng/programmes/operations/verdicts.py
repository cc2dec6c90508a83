"""Judging a programme and keeping the verdicts: repeatable, seen only when complete."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.bulk import insert, reserve_ids
from jiceng.programmes.definition import definition_of
from jiceng.programmes.judging import Facts, Finding, judge
from jiceng.programmes.models import Judging, Programme, Verdict
from jiceng.programmes.queries.facts import facts_on
from jiceng.programmes.queries.judgings import judging_on, opening_day, stamp_of
from jiceng.programmes.refusals import ProgrammeClosed

CHUNK = 2_000  # rows in one transaction, so that SQLite's one writer is not held for long


def judge_programme(
    programme: Programme, day: datetime.date, *, at: datetime.datetime, by: "User | str" = "system"
) -> Judging:
    """Compute what every target comes to on `day`, and put it in the place of what was computed
    before. About twenty statements, and one for each 2,000 verdicts.

    Raises:
        ProgrammeClosed: on `day` the sunset has come or the programme has not begun; or it is
            closed at `at`, and the day has been computed: a closed board stays as it was.
    """
    programme.refresh_from_db()
    if not programme.starts_on <= day < programme.sunset_on:
        raise ProgrammeClosed(
            _("“%(title)s”自%(start)s起、至%(end)s终止，请选择其间的日期。")
            % {"title": programme.title, "start": programme.starts_on, "end": programme.sunset_on}
        )
    if is_closed(programme, at) and judging_on(programme, day) is not None:
        raise ProgrammeClosed(_("“%s”已经终止，考核结果不再变动。") % programme.title)
    stamp = stamp_of(programme)  # before reading: what changes meanwhile waits
    facts = facts_on(programme, day)
    rows = [_row(finding, facts) for finding in judge(definition_of(programme.file), facts)]
    judging = Judging.objects.create(programme=programme, day=day, stamp=stamp, computed_at=at)
    for start in range(0, len(rows), CHUNK):
        _write(judging, rows[start : start + CHUNK])
    _make_current(judging, by, len(rows))
    _remove_older(judging)
    return judging


def is_closed(programme: Programme, at: datetime.datetime) -> bool:
    return timezone.localdate(at) >= programme.sunset_on


def _row(finding: Finding, facts: Facts) -> tuple[object, ...]:
    place = {"unit": None, "belt": None, "area": None, finding.place: finding.number}
    return (
        finding.target.code,
        place["unit"],
        place["belt"],
        place["area"],
        _path(finding, facts),
        finding.state,
        len(finding.counted),
        finding.whole if finding.target.threshold.share else None,
        finding.gap,
        len(finding.beside),
    )


def _path(finding: Finding, facts: Facts) -> str:
    if finding.place == "belt":
        return next(belt.path for belt in facts.belts if belt.number == finding.number)
    if finding.place == "unit" and finding.number in facts.units:
        return facts.units[finding.number].path
    return facts.root.path


@transaction.atomic
def _write(judging: Judging, rows: list[tuple[object, ...]]) -> None:
    ids = reserve_ids(Verdict, len(rows))
    insert(
        Verdict,
        [
            "id",
            "judging_id",
            "target",
            "unit_id",
            "belt_id",
            "area_id",
            "path",
            "state",
            "numerator",
            "denominator",
            "gap",
            "beside",
        ],
        [(pk, judging.pk, *row) for pk, row in zip(ids, rows, strict=True)],
    )


@transaction.atomic
def _make_current(judging: Judging, by: "User | str", count: int) -> None:
    """Let the new verdicts be seen instead of the old ones. Two at once: the later one stays."""
    programme = Programme.objects.select_for_update().get(pk=judging.programme_id)
    Judging.objects.filter(programme=programme, day=judging.day).update(current=False)
    Judging.objects.filter(pk=judging.pk).update(current=True)
    judging.current = True
    audit.record(
        action="programmes.programme.judged",
        subject=programme,
        subject_text=programme.title,
        unit=programme.unit_id,
        unit_text=programme.title,
        by=by,
        at=judging.computed_at,
        after={"day": judging.day, "verdicts": count},
    )


def _remove_older(judging: Judging) -> None:
    """Remove what was computed before for the day; an unfinished run is left to its writer."""
    older = Judging.objects.filter(
        programme=judging.programme_id, day=judging.day, current=False, pk__lt=judging.pk
    )
    while numbers := list(
        Verdict.objects.filter(judging__in=older).values_list("pk", flat=True)[:CHUNK]
    ):
        Verdict.objects.filter(pk__in=numbers).delete()
    older.delete()


def refresh_verdicts(*, at: datetime.datetime) -> int:
    """Judge anew every running programme whose rows have changed since, on the day its board
    opens; a closed one only when that was never done.

    Run by the job process, repeatably. Returns how many were judged.
    """
    today = timezone.localdate(at)
    count = 0
    for programme in Programme.objects.filter(starts_on__lte=today):
        day = opening_day(programme, today)
        current = judging_on(programme, day)
        waits = current is None or (
            not is_closed(programme, at) and current.stamp != stamp_of(programme)
        )
        if waits:
            judge_programme(programme, day, at=at)
            count += 1
    return count
