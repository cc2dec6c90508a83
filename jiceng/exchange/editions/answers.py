"""The review by spreadsheet: proposals go out as rows, decisions come back as the same rows.

One row for each old unit; a split has one for each part, with its share.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.core.shares import share_in
from jiceng.exchange.editions.deciding import Decision, FaultyDecision
from jiceng.exchange.models import Edition, EditionStep, Fate, FateHeir

TITLES = (
    "原代码",
    "原名称",
    "去向",
    "新代码",
    "新名称",
    "生效日",
    "不迟于",
    "依据文件",
    "份额",
    "变化",
    "理由",
    "把握",
)
_OUTCOMES = {
    "延续": Fate.Outcome.CONTINUES,
    "并入": Fate.Outcome.SUCCEEDED,
    "分设": Fate.Outcome.SUCCEEDED,
    "撤销": Fate.Outcome.ABOLISHED,
}
_WORDS = {
    Fate.Outcome.CONTINUES: "延续",
    Fate.Outcome.SUCCEEDED: "并入",
    Fate.Outcome.ABOLISHED: "撤销",
}
_YES, _NO = "是", "否"
_SHOWN = 50


def answer_rows(
    edition: Edition, *, steps: Sequence[EditionStep] | None = None
) -> Iterator[Sequence[str]]:
    """Yield the titles, then a row for each heir of each fate that is still open. One statement
    a thousand rows.
    """
    yield TITLES
    fates = _under_review(edition, steps).filter(decided_at=None).order_by("code", "pk")
    for fate in fates.prefetch_related("heirs").iterator(chunk_size=1000):
        heirs = list(fate.heirs.all()) or [FateHeir(code="", name="")]
        for heir in heirs:
            yield _row(fate, heir)


def _row(fate: Fate, heir: FateHeir) -> tuple[str, ...]:
    share = str(Fraction(heir.numerator, heir.denominator))
    return (
        fate.code,
        fate.name,
        _WORDS[Fate.Outcome(fate.outcome)],
        heir.code,
        heir.name,
        fate.day.isoformat(),
        _YES if fate.day_is_latest else _NO,
        fate.document,
        share if heir.code else "",
        fate.get_change_display(),
        fate.reason,
        str(fate.score),
    )


def _under_review(edition: Edition, steps: Sequence[EditionStep] | None) -> QuerySet[Fate]:
    fates = Fate.objects.filter(step__edition=edition)
    return fates if steps is None else fates.filter(step__in=[step.pk for step in steps])


def read_answers(
    edition: Edition,
    table: Iterable[tuple[int, Sequence[str]]],
    *,
    steps: Sequence[EditionStep] | None = None,
) -> list[Decision]:
    """Read (row number, cells), the titles first, into decisions for `decide`.

    Args:
        steps: only old units of these counties may be answered for; None: of all.

    Raises:
        FaultyDecision: a column is missing or a row cannot be read, each in a sentence.
    """
    stream = iter(table)
    columns = _columns(next(stream, (1, []))[1])
    reading = _Reading(columns, dict(_under_review(edition, steps).values_list("code", "pk")))
    for line, cells in stream:
        if any(cell.strip() for cell in cells):
            reading.take(line, cells)
    reading.refuse()
    return reading.decisions()


def _columns(titles: Sequence[str]) -> dict[str, int]:
    clean = [title.strip() for title in titles]
    missing = [title for title in ("原代码", "新代码", "生效日") if title not in clean]
    if missing:
        raise FaultyDecision(
            _("第 1 行缺少“%s”列。请用下载的审核表填写，不要改动表头。") % missing[0]
        )
    return {title: clean.index(title) for title in TITLES if title in clean}


class _Reading:
    """Rows of one file, gathered by old unit."""

    def __init__(self, columns: dict[str, int], fates: dict[str, int]) -> None:
        self.columns, self.fates = columns, fates
        self.found: dict[int, Decision] = {}
        self.faults: list[str] = []

    def take(self, line: int, cells: Sequence[str]) -> None:
        try:
            decision = self._read(line, cells)
        except ValueError as fault:
            self.faults.append(_("第 %(line)d 行：%(fault)s") % {"line": line, "fault": fault})
            return
        first = self.found.get(decision.fate)
        if first is None:
            self.found[decision.fate] = decision
        elif (first.outcome, first.day) != (decision.outcome, decision.day):
            self.faults.append(
                _("第 %(line)d 行：与第 %(first)d 行是同一原单位，去向与生效日必须相同。")
                % {"line": line, "first": first.line}
            )
        else:
            self.found[decision.fate] = _joined(first, decision)

    def _read(self, line: int, cells: Sequence[str]) -> Decision:
        def cell(title: str) -> str:
            at = self.columns.get(title, len(cells))
            return cells[at].strip() if at < len(cells) else ""

        fate = self.fates.get(cell("原代码"))
        if fate is None:
            raise ValueError(_("原代码“%s”不在待审核的单位之中，请核对。") % cell("原代码"))
        code = cell("新代码")
        word = cell("去向") or (_WORDS[Fate.Outcome.SUCCEEDED] if code else "撤销")
        if word not in _OUTCOMES:
            raise ValueError(_("去向“%s”应为延续、并入、分设或撤销。") % word)
        return Decision(
            fate=fate,
            outcome=_OUTCOMES[word],
            heirs=((code, _share(cell("份额"))),) if code else (),
            day=_day(cell("生效日")),
            day_is_latest=cell("不迟于") != _NO,
            document=cell("依据文件"),
            line=line,
        )

    def refuse(self) -> None:
        if self.faults:
            raise FaultyDecision(
                _("审核表有 %d 处错误，没有保存任何一条。请改正后重新上传。") % len(self.faults),
                details=self.faults[:_SHOWN],
            )

    def decisions(self) -> list[Decision]:
        return list(self.found.values())


def _joined(first: Decision, more: Decision) -> Decision:
    return Decision(
        first.fate,
        first.outcome,
        (*first.heirs, *more.heirs),
        first.day,
        first.day_is_latest,
        first.document,
        first.line,
    )


def _share(text: str) -> Fraction:
    try:
        return share_in(text or "1")
    except ValueError:
        raise ValueError(_("份额“%s”应写成分数，例如 1/2。") % text) from None


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise ValueError(_("生效日“%s”应写成 2019-09-25 的样子。") % text) from None
