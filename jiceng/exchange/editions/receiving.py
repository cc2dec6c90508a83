"""Receiving a later edition: compared with the register as of its day, kept for review."""

import datetime
import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.locks import alone_here
from jiceng.core.refusals import Conflict, Invalid
from jiceng.exchange.editions.comparison import Comparison, Proposal, compare
from jiceng.exchange.editions.kinds import FULL, ancestor_code
from jiceng.exchange.editions.matching import Standing
from jiceng.exchange.editions.rows import Row, checked, digest_of
from jiceng.exchange.editions.waiting import ask_for_review
from jiceng.exchange.editions.words import reason_of
from jiceng.exchange.models import Edition, EditionPlace, EditionStep, Fate, FateHeir
from jiceng.registry import paths
from jiceng.registry.models import Batch, Unit
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries import ancestors_of, shown, subtree_of, units_on

KIND = "exchange.edition"
_CHUNK = 900  # fates with their heirs stay under 2,000 rows a transaction


class ManyRoots(Invalid):
    """The edition covers more than one division that has none above it."""


class NotFoundedYet(Conflict):
    """The register does not hold the division that the edition is of."""


class ReceivedAlready(Conflict):
    """The same list, as of the same day, is under review or has been reviewed."""


class ReceivingUnderWay(Conflict):
    """Another edition is being compared."""


def receive_edition(
    rows: Iterable[Row],
    day: datetime.date,
    *,
    title: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Edition:
    """Compare an edition with the register as of `day`, and keep the differences for review.

    Nothing in the register changes. Written in chunks under a batch that is hidden until it is
    finished; what a killed receiving left is removed first, so there is one receiving at a time.

    Raises:
        FaultyEdition: a row cannot be taken.
        ManyRoots, NotFoundedYet, ReceivedAlready, ReceivingUnderWay: see there.
    """
    rows = checked(rows)
    root = _root_of(rows, day)
    digest = digest_of(rows)
    if shown(Edition.objects.filter(digest=digest, day=day)).exists():
        raise ReceivedAlready(_("这份区划已经上传过，请在列表里继续审核。"))
    with alone_here(KIND) as free:
        if not free:
            raise ReceivingUnderWay(_("另一份区划正在比对。请等它完成，再上传。"))
        _remove_unfinished()
        result = compare(_standing_below(root, day), rows)
        edition = _begin(rows, root, day, title, digest, result, by, at)
        _write(edition, root, result)
        _finish(edition, by, at, key)
    return edition


def _root_of(rows: Sequence[Row], day: datetime.date) -> Unit:
    """Return the standing unit that the edition is of: the lowest one that is alone, a county at
    the lowest, because reviews go county by county.
    """
    code = ""
    for level in (Level.PROVINCE, Level.CITY, Level.COUNTY):
        codes = [row.code for row in rows if row.level == level]
        if len(codes) > 1:
            break
        code = codes[0] if codes else code
    if not code:
        raise ManyRoots(_("一次只能比对一个省以内的区划，请按省分开上传。"))
    root = units_on(day).filter(code=code, tree=Tree.DIVISION).first()
    if root is None:
        raise NotFoundedYet(
            _("登记册在%(day)s没有代码为 %(code)s 的区划，请先导入首个版本。")
            % {"day": day, "code": code}
        )
    return root


def _standing_below(root: Unit, day: datetime.date) -> list[Standing]:
    """Return the units above the root, the root, and all divisions below it to the village."""
    below = subtree_of(root.path, day).filter(level__lte=Level.VILLAGE)
    rows = [(u.pk, u.level, u.code, u.name, u.path) for u in ancestors_of(root.path, day)]
    rows += below.values_list("pk", "level", "code", "name", "path")
    return [
        Standing(pk, level, code or "", name, _parent(path)) for pk, level, code, name, path in rows
    ]


def _parent(path: str) -> int | None:
    above = paths.parent_of(path)
    return paths.id_of(above[-paths.WIDTH :]) if above else None


def _remove_unfinished() -> None:
    for batch in Batch.objects.filter(kind=KIND, finished_at=None):
        for edition in Edition.objects.filter(batch=batch):
            _empty(FateHeir.objects.filter(fate__step__edition=edition))
            _empty(Fate.objects.filter(step__edition=edition))
            _empty(EditionPlace.objects.filter(step__edition=edition))
            edition.steps.all().delete()
            edition.delete()
        batch.delete()


def _empty(rows: models.QuerySet) -> None:
    while some := list(rows.values_list("pk", flat=True)[: 2 * _CHUNK]):
        rows.model.objects.filter(pk__in=some).delete()


@transaction.atomic
def _begin(
    rows: Sequence[Row],
    root: Unit,
    day: datetime.date,
    title: str,
    digest: str,
    result: Comparison,
    by: "User | str",
    at: datetime.datetime,
) -> Edition:
    edition = Edition.objects.create(
        title=title,
        day=day,
        root=root,
        digest=digest,
        counts=result.counts,
        received_at=at,
        received_by=str(by),
        batch=Batch.objects.create(kind=KIND, started_at=at),
    )
    codes = {step_code(root.code, row.code, row.level) for row in result.places}
    codes |= {_code_of(root.code, one) for one in result.proposals}
    open_steps(edition, {row.code: row.name for row in rows}, codes, root)
    return edition


def open_steps(edition: Edition, names: dict[str, str], codes: set[str], root: Unit) -> None:
    """Open the county steps that do not exist yet. A county that is new is the root's affair."""
    standing = {unit.code: unit for unit in units_on(edition.day).filter(code__in=sorted(codes))}
    EditionStep.objects.bulk_create(
        EditionStep(
            edition=edition,
            code=code,
            name=names.get(code) or (standing[code].name if code in standing else code),
            unit_id=standing[code].pk if code in standing else root.pk,
        )
        for code in sorted(codes - set(edition.steps.values_list("code", flat=True)))
    )


def step_code(root: str, code: str, level: int) -> str:
    """Return the code of the step that a division belongs to: its county, or the root."""
    return ancestor_code(code, Level.COUNTY) if level >= Level.COUNTY else root


def _code_of(root: str, proposal: Proposal) -> str:
    """Return the step of a proposal: the county of the new place, of the old one if none."""
    if proposal.row is not None:
        return step_code(root, proposal.row.code, proposal.row.level)
    return step_code(root, proposal.old.code, proposal.old.level)


def _write(edition: Edition, root: Unit, result: Comparison) -> None:
    steps = dict(edition.steps.values_list("code", "pk"))
    for places in _chunks(result.places):
        _write_places(places, edition, {c: steps[c] for c in steps}, root.code)
    names = {one.old.code: one.old.name for one in result.proposals}
    names |= dict(subtree_of(root.path, edition.day).filter(level=4).values_list("code", "name"))
    for proposals in _chunks(result.proposals):
        _write_fates(proposals, edition, steps, root.code, names)


def _chunks(rows: Iterable) -> Iterator[list]:
    stream = iter(rows)
    size = 50_000 if connection.vendor == "postgresql" else _CHUNK
    while chunk := list(islice(stream, size)):
        yield chunk


@transaction.atomic
def _write_places(rows: list[Row], edition: Edition, steps: dict[str, int], root: str) -> None:
    EditionPlace.objects.bulk_create(
        EditionPlace(
            step_id=steps[step_code(root, row.code, row.level)],
            code=row.code,
            name=row.name,
            kind=row.kind,
            level=row.level,
            parent_code=row.parent,
            day=edition.day,
        )
        for row in rows
    )


@transaction.atomic
def _write_fates(
    proposals: list[Proposal],
    edition: Edition,
    steps: dict[str, int],
    root: str,
    names: dict[str, str],
) -> None:
    fates = Fate.objects.bulk_create(
        Fate(
            step_id=steps[_code_of(root, one)],
            unit_id=one.old.unit,
            code=one.old.code,
            name=one.old.name,
            level=one.old.level,
            town_code=_town(one.old),
            town_name=names.get(_town(one.old), ""),
            change=one.change,
            outcome=one.outcome,
            sure=one.sure,
            score=one.score,
            reason=reason_of(one),
            day=edition.day,
        )
        for one in proposals
    )
    FateHeir.objects.bulk_create(
        FateHeir(fate=fate, code=one.row.code, name=one.row.name)
        for fate, one in zip(fates, proposals, strict=True)
        if one.row is not None
    )


def _town(old: Standing) -> str:
    """Return the code by which the review groups: the old town's, or a county's own."""
    return ancestor_code(old.code, min(old.level, Level.TOWN)).ljust(FULL, "0")


@transaction.atomic
def _finish(
    edition: Edition, by: "User | str", at: datetime.datetime, key: uuid.UUID | None
) -> None:
    Batch.objects.filter(pk__in=[edition.batch_id]).update(finished_at=at)
    ask_for_review(edition.steps.select_related("edition"), at=at)
    audit.record(
        action="exchange.edition.received",
        subject=edition,
        subject_text=edition.title,
        unit=edition.root_id,
        by=by,
        at=at,
        key=key,
        after={"day": edition.day, "digest": edition.digest, "counts": edition.counts},
        count=sum(edition.counts.values()),
    )
