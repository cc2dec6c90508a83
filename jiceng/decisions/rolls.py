"""How many there are of whom at a village on a day, from the register, and where it says so.

Facts that were recorded come first; where only persons are known, persons are counted. What the
register does not know is None: it is then asked for when a meeting is called.
"""

import datetime
from collections.abc import Callable, Collection, Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.procedures.rolls import Counted, Roll
from jiceng.registry.models import Body, BodySeat, Membership, Post, VillageFact
from jiceng.registry.queries import facts_of, own_organisations_of, path_of, shown

_COMMITTEE = ("party_secretary", "deputy_secretary", "committee_member")
_VILLAGE_COMMITTEE = ("village_director", "village_deputy_director", "village_committee_member")
_VILLAGE = (Body.Kind.VILLAGERS_COMMITTEE, Body.Kind.RESIDENTS_COMMITTEE)
Count = Callable[[int, datetime.date], Counted]


def adults(unit: int, day: datetime.date) -> Counted:
    return _fact(VillageFact.Kind.ADULTS, unit, day)


def households(unit: int, day: datetime.date) -> Counted:
    return _fact(VillageFact.Kind.HOUSEHOLDS, unit, day)


def population(unit: int, day: datetime.date) -> Counted:
    return _fact(VillageFact.Kind.POPULATION, unit, day)


def collective_adults(unit: int, day: datetime.date) -> Counted:
    return _fact(VillageFact.Kind.COLLECTIVE_ADULTS, unit, day)


def voting_members(unit: int, day: datetime.date) -> Counted:
    """Return who may vote at the members' meeting: the recorded number, or the full members."""
    recorded = _fact(VillageFact.Kind.VOTING_MEMBERS, unit, day)
    if recorded.count is not None:
        return recorded
    full = Membership.Standing.FULL
    rows = Membership.objects.on(day).filter(
        organisation__in=_organisations(unit, day), standing=full
    )
    count = shown(rows).values("person").distinct().count()
    return _counted(count, _("名录：%(day)s在册的正式党员"), day)


def branch_committee(unit: int, day: datetime.date) -> Counted:
    people = _committee(unit, day)
    return _counted(len(people), _("名录：%(day)s村党组织班子成员"), day)


def two_committees(unit: int, day: datetime.date) -> Counted:
    """Return the members of both committees, whoever sits in both counted once."""
    people = _committee(unit, day) | _villagers_committee(unit, day)
    return _counted(len(people), _("名录：%(day)s“两委”成员，交叉任职的计一人"), day)


def village_representatives(unit: int, day: datetime.date) -> Counted:
    """Return who makes up the meeting: representatives and committee members (Art. 25)."""
    chosen = _seated([Body.Kind.VILLAGE_REPS], unit, day)
    if not chosen:
        return _unknown()
    people = chosen | _villagers_committee(unit, day)
    return _counted(len(people), _("名录：%(day)s村民代表和村民委员会成员"), day)


def representatives_alone(unit: int, day: datetime.date) -> Counted:
    """Return who was chosen, without the committee that sits with them."""
    people = _seated([Body.Kind.VILLAGE_REPS], unit, day)
    return _counted(len(people), _("名录：%(day)s村民代表"), day)


def collective_representatives(unit: int, day: datetime.date) -> Counted:
    people = _seated([Body.Kind.COLLECTIVE_REPS], unit, day)
    return _counted(len(people), _("名录：%(day)s集体经济组织成员代表"), day)


def collective_council(unit: int, day: datetime.date) -> Counted:
    people = _seated([Body.Kind.COLLECTIVE_COUNCIL], unit, day)
    return _counted(len(people), _("名录：%(day)s集体经济组织理事"), day)


def has_collective(unit: int, day: datetime.date) -> bool:
    """Say whether the register knows of a collective at the village: its members, or its bodies.
    Two statements, whatever it knows.
    """
    kinds = [VillageFact.Kind.COLLECTIVE_MEMBERS, VillageFact.Kind.COLLECTIVE_ADULTS]
    members = any(fact.value for fact in facts_of(unit, day) if fact.kind in kinds)
    seated = _seated([Body.Kind.COLLECTIVE_COUNCIL, Body.Kind.COLLECTIVE_REPS], unit, day)
    return members or bool(seated)


def supervision_committee(unit: int, day: datetime.date) -> Counted:
    people = _seated([Body.Kind.SUPERVISION_COMMITTEE], unit, day)
    return _counted(len(people), _("名录：%(day)s村务监督委员会成员"), day)


def group_adults(unit: int, day: datetime.date) -> Counted:
    return Counted(None, _("名录没有村民小组的人数，请按小组名册填写"))


def combined_post(unit: int, day: datetime.date) -> Counted:
    """Return 1 when one person is both secretary and director, 0 when not, None when not known."""
    secretaries = set(_holders(["party_secretary"], _top(unit, day), day))
    directors = set(_holders(["village_director"], [unit], day))
    if not secretaries or not directors:
        return Counted(None, _("名录没有登记书记或者村民委员会主任"))
    one = int(bool(secretaries & directors))
    words = _("名录：书记和主任是同一人") if one else _("名录：书记和主任不是同一人")
    return Counted(one, words)


ROLLS = [
    Roll("adults", gettext_lazy("十八周岁以上村民"), adults),
    Roll("households", gettext_lazy("户的代表"), households),
    Roll("voting_members", gettext_lazy("有表决权的党员"), voting_members),
    Roll("branch_committee", gettext_lazy("党组织委员"), branch_committee),
    Roll("two_committees", gettext_lazy("“两委”成员"), two_committees),
    Roll("village_representatives", gettext_lazy("村民代表会议组成人员"), village_representatives),
    Roll("representatives_alone", gettext_lazy("村民代表"), representatives_alone),
    Roll("collective_adults", gettext_lazy("成员大会成员"), collective_adults),
    Roll("collective_representatives", gettext_lazy("成员代表"), collective_representatives),
    Roll("collective_council", gettext_lazy("理事"), collective_council),
    Roll("supervision_committee", gettext_lazy("村务监督委员会成员"), supervision_committee),
    Roll("group_adults", gettext_lazy("本小组十八周岁以上村民"), group_adults),
    Roll("group_households", gettext_lazy("本小组户的代表"), group_adults),
    Roll("combined_post", gettext_lazy("一肩挑"), combined_post),
]


def _fact(kind: str, unit: int, day: datetime.date) -> Counted:
    """Return the standing fact in force on the day. One statement."""
    rows = VillageFact.objects.filter(unit=unit, kind=kind, superseded_at=None, valid_from__lte=day)
    found = shown(rows).order_by("-valid_from").first()
    if found is None:
        return _unknown()
    source = _("名录：%(title)s，%(day)s的数据") % {
        "title": VillageFact.Kind(kind).label,
        "day": found.valid_from,
    }
    return Counted(found.value, source)


def _unknown() -> Counted:
    return Counted(None, _("名录没有登记，请填写并核对"))


def _counted(count: int, words: str, day: datetime.date) -> Counted:
    """Return a number of persons; of nobody the register knows nothing."""
    return Counted(count, words % {"day": day}) if count else _unknown()


def _organisations(unit: int, day: datetime.date) -> list[int]:
    """Return the village's own organisations, the highest first."""
    path = path_of(unit, day)
    return [one.pk for one in own_organisations_of(path, day)] if path else []


def _top(unit: int, day: datetime.date) -> list[int]:
    return _organisations(unit, day)[:1]


def _committee(unit: int, day: datetime.date) -> set[int]:
    return set(_holders(_COMMITTEE, _top(unit, day), day))


def _villagers_committee(unit: int, day: datetime.date) -> set[int]:
    """Return the committee's members by its seats of the term, else by the posts they hold."""
    return _seated(_VILLAGE, unit, day) or set(_holders(_VILLAGE_COMMITTEE, [unit], day))


def _holders(
    roles: Collection[str], units: Iterable[int], day: datetime.date
) -> QuerySet[Post, int]:
    rows = Post.objects.on(day).filter(unit__in=list(units), role__in=roles, deputises=None)
    return shown(rows).values_list("person_id", flat=True)


def _seated(kinds: Collection[str], unit: int, day: datetime.date) -> set[int]:
    bodies = shown(Body.objects.on(day).filter(unit=unit, kind__in=kinds))
    rows = BodySeat.objects.on(day).filter(body__in=bodies.values("pk"))
    return set(shown(rows).values_list("person_id", flat=True))
