"""The draft of a county checked whole: no orphan, every unit with a fate, days in order."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jiceng.exchange.editions.draft import Child, Draft, load
from jiceng.exchange.editions.kinds import parent_code
from jiceng.exchange.models import EditionPlace, EditionStep, Fate


def what_keeps_back(step: EditionStep) -> list[str]:
    """Return what keeps a step from taking effect, each a sentence with its mend.

    One statement while old units wait for a decision: what is then to be read and checked need
    not be loaded.
    """
    waiting = step.fates.filter(decided_at=None).count()
    return _waiting(waiting) if waiting else faults_of(load(step))


def faults_of(draft: Draft) -> list[str]:
    """Return what keeps a loaded step from taking effect, each a sentence with its mend."""
    waiting = sum(fate.decided_at is None for fate in draft.fates)
    if waiting:
        return _waiting(waiting)
    return [
        *_share_faults(draft),
        *_claim_faults(draft),
        *_place_faults(draft),
        *_heir_faults(draft),
        *_orphan_faults(draft),
        *_day_faults(draft),
        *_code_faults(draft),
    ]


def _waiting(number: int) -> list[str]:
    return [_("还有 %d 个原单位的去向没有确认，请先确认。") % number]


def _share_faults(draft: Draft) -> Iterator[str]:
    for fate in draft.ending.values():
        shares = [share for _code, share in draft.heirs(fate)]
        if shares and sum(shares) != 1:
            yield _("“%s”各去向的份额相加不等于一，请改正。") % fate.name


def _claim_faults(draft: Draft) -> Iterator[str]:
    for code, number in draft.claims().items():
        if number > 1:
            yield _("有 %(n)d 个原单位都延续为 %(code)s：只能有一个延续，其余应为并入。") % {
                "n": number,
                "code": code,
            }
        if code not in draft.places:
            yield _("延续的去向 %s 不是这份区划里变化的条目，请改为并入。") % code


def _place_faults(draft: Draft) -> Iterator[str]:
    for place in draft.places.values():
        parent = place.parent_code
        if parent and not draft.is_here(parent) and _has_parent(place, draft):
            yield _("“%(name)s”的上级 %(parent)s 还不在登记册里，请先使其所在的县生效。") % {
                "name": place.name,
                "parent": parent,
            }


def _has_parent(place: EditionPlace, draft: Draft) -> bool:
    """The topmost units of a register may stand without the parent that their code names."""
    fate = draft.continuing.get(place.code)
    return fate is None or draft.parents.get(fate.unit_id) is not None


def _heir_faults(draft: Draft) -> Iterator[str]:
    for fate in draft.ending.values():
        for heir in draft.parts.get(fate.pk, ()):
            if not draft.is_here(heir.code):
                yield _("“%(name)s”的去向“%(heir)s”还不在登记册里，请先使其所在的县生效。") % {
                    "name": fate.name,
                    "heir": heir.name,
                }
            elif draft.stays_at(heir.code) == fate.unit_id:
                yield _("“%s”不能并入自己，请改正新代码。") % fate.name


def _orphan_faults(draft: Draft) -> Iterator[str]:
    decided = {fate.unit_id: fate for fate in draft.fates}
    left = {child.unit for child in draft.left_behind()}
    for child in draft.children:
        parent = draft.ending.get(child.parent)
        if parent is None:
            continue
        if child.unit in decided:
            yield from _ends_before(child, parent, decided[child.unit])
        elif child.unit in left and not _finds_parent(child, parent, draft):
            yield _(
                "“%(name)s”终止后，其下代码为 %(code)s 的单位没有上级。"
                "该单位的去向属于另一个县，请先使那个县生效；或改正“%(name)s”的去向。"
            ) % {"name": parent.name, "code": child.code}


def _ends_before(child: Child, parent: Fate, fate: Fate) -> Iterator[str]:
    if fate.day > parent.day:
        yield _(
            "“%(parent)s”%(end)s 终止，早于其下级“%(name)s”%(day)s 的变更。"
            "请把“%(name)s”的生效日改为不晚于 %(end)s，或推后“%(parent)s”的终止日。"
        ) % {"parent": parent.name, "end": parent.day, "name": fate.name, "day": fate.day}


def _finds_parent(child: Child, parent: Fate, draft: Draft) -> bool:
    above = parent_code(child.code, parent.level + 1)
    return draft.is_here(above) and draft.stays_at(above) != parent.unit_id


def _day_faults(draft: Draft) -> Iterator[str]:
    for fate in draft.fates:
        first = draft.founded_on[fate.unit_id]
        if fate.day <= first:
            yield _("“%(name)s”%(from)s 才设立，生效日须晚于这一天。") % {
                "name": fate.name,
                "from": first,
            }


def _code_faults(draft: Draft) -> Iterator[str]:
    """A code can be taken over only on or after the day on which its holder lets it go."""
    leaving = {fate.unit_id: fate for fate in draft.fates}
    for code in draft.places:
        holder = draft.holders.get(code)
        taker = draft.continuing.get(code)
        if holder is None or (taker is not None and taker.unit_id == holder):
            continue
        day = taker.day if taker is not None else draft.founding[code]
        fate = leaving.get(holder)
        if fate is None:
            yield _("代码 %s 现由另一单位使用，其去向属于另一个县，请先使那个县生效。") % code
        elif fate.day > day:
            yield _(
                "代码 %(code)s 自 %(day)s 起改属他处，而“%(name)s”到 %(end)s 才让出。"
                "请把“%(name)s”的生效日改为不晚于 %(day)s。"
            ) % {"code": code, "day": day, "name": fate.name, "end": fate.day}
