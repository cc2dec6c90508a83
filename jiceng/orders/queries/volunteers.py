"""Members who serve: who may be asked, and what each sees, which is his own and nobody else's."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from jiceng.access.queries import scope_of
from jiceng.accounts.models import User
from jiceng.core.names import readings
from jiceng.orders.matching import Volunteer
from jiceng.orders.models.voluntary import (
    Claim,
    CommunityRegistration,
    Offer,
    Service,
    VolunteerSkill,
    WelfarePost,
)
from jiceng.orders.models.wishes import MicroWish
from jiceng.orders.queries.held import claims, with_held
from jiceng.orders.voluntary_refusals import (
    NoSuchClaim,
    NoSuchOffer,
    NoSuchPost,
    NoSuchWish,
    NotAVolunteer,
)
from jiceng.registry import paths
from jiceng.registry.models import Membership, Person, Unit, UnitPath
from jiceng.registry.queries import described, path_of, paths_of, shown
from jiceng.rules.queries import find_rule
from jiceng.rules.values import Number

AGE = "volunteer.age"  # rule


def volunteers_of(branch: int, day: datetime.date) -> list[Volunteer]:
    """Return the members of an organisation and of those below it, and who registered with them,
    with what they say they can do. Six statements.
    """
    below = UnitPath.objects.on(day).filter(
        path__gte=(path := path_of(branch, day)), path__lt=paths.end_of(path)
    )
    units = below.values("unit")
    members = shown(Membership.objects.on(day).filter(organisation__in=units))
    registered = CommunityRegistration.objects.on(day).filter(organisation__in=units)
    people = Person.objects.filter(
        Q(pk__in=members.values("person")) | Q(pk__in=registered.values("person"))
    )
    youngest = born_by(branch, day)
    rows = [one for one in people.order_by("pk") if is_old_enough(one, youngest)]
    return [
        Volunteer(one.pk, one.name, readings(one.name)[0], frozenset(skills))
        for one, skills in _with_skills(rows)
    ]


def registration_of(person: Person, number: int, day: datetime.date) -> CommunityRegistration:
    """Return one of `registrations_of`.

    Raises:
        NoSuchClaim: it is not his, or has ended.
    """
    found = registrations_of(person, day).filter(pk=number).first()
    if found is None:
        raise NoSuchClaim(_("没有这项报到，或者已经结束。"))
    return found


def home_of(person: Person, day: datetime.date) -> Unit | None:
    """Return the organisation of which a person is a member."""
    own = shown(Membership.objects.on(day).filter(person=person))
    number = own.order_by("pk").values_list("organisation", flat=True).first()
    return described([number], day)[number] if number else None


def is_old_enough(person: Person, youngest: datetime.date | None) -> bool:
    """Say whether somebody may be asked to serve. Of members whose birth is not recorded their
    membership says it: nobody becomes one under age.
    """
    return youngest is None or person.birth_month is None or person.birth_month <= youngest


def born_by(unit: int, day: datetime.date) -> datetime.date | None:
    """Return the last month of birth at which somebody is old enough to serve, by the rule of the
    place; None without one.
    """
    rule = find_rule(AGE, unit=unit, day=day)
    if rule is None or not isinstance(rule.value, Number):
        return None
    # The day of birth is not kept: the month must be over.
    month = day.replace(day=1, year=day.year - rule.value.count)
    return (month - datetime.timedelta(days=1)).replace(day=1)


def volunteer_of(user: User, today: datetime.date) -> Person:
    """Return the member that `user` is.

    Raises:
        NotAVolunteer: he is no member of an organisation today.
    """
    scope = scope_of(user, "orders.volunteer", today)
    person = Person.objects.filter(number=user.person_number).first()
    if not scope or not user.person_number or person is None:
        raise NotAVolunteer(_("志愿任务由党员认领；您的账号没有对应的党籍。"))
    return person


def line_of(person: Person, day: datetime.date) -> set[int]:
    """Return the organisations of which a person is a member or with which he registered, and
    those above them. Three statements.
    """
    own = shown(Membership.objects.on(day).filter(person=person))
    registered = CommunityRegistration.objects.on(day).filter(person=person)
    units = {
        *own.values_list("organisation", flat=True),
        *registered.values_list("organisation", flat=True),
    }
    return {above for path in paths_of(units, day).values() for above in paths.ids_of(path)}


def offers_to(person: Person) -> QuerySet[Offer]:
    """Return what a person was told of and may decide on, the newest first."""
    rows = Offer.objects.filter(person=person, state=Offer.State.OPEN)
    return rows.select_related("wish", "post").order_by("-offered_at", "-pk")


def offers_waiting_for(user: User, today: datetime.date) -> list[Offer]:
    """Return what a user was told of as a member and may decide on; nothing for who is none. One
    statement for a member.
    """
    if not user.person_number or not scope_of(user, "orders.volunteer", today):
        return []
    rows = Offer.objects.filter(person__number=user.person_number, state=Offer.State.OPEN)
    return list(rows.select_related("wish", "post").order_by("-offered_at", "-pk"))


def offer_to(person: Person, number: int) -> Offer:
    """Return one of `offers_to`.

    Raises:
        NoSuchOffer: there is none.
    """
    found = offers_to(person).filter(pk=number).first()
    if found is None:
        raise NoSuchOffer(_("这项推荐已经结束，或者不是给您的。"))
    return found


def open_wishes_to(person: Person, day: datetime.date) -> QuerySet[MicroWish]:
    """Return what waits to be taken on in a person's own organisations, the urgent first."""
    rows = MicroWish.objects.filter(branch__in=line_of(person, day), state=MicroWish.State.CHECKED)
    return rows.order_by(F("wait_until").asc(nulls_last=True), "pk")


def open_posts_to(person: Person, day: datetime.date) -> QuerySet[WelfarePost]:
    """Return the posts with room in a person's own organisations that he does not hold."""
    held = Claim.objects.filter(person=person, state__in=Claim.LIVE).exclude(post=None)
    rows = with_held(WelfarePost.objects.on(day).filter(branch__in=line_of(person, day)))
    free = rows.filter(held__lt=F("capacity")).exclude(pk__in=held.values("post"))
    return free.order_by("title", "pk")


def wish_to_take(person: Person, number: str, day: datetime.date) -> MicroWish:
    """Return a wish that a person may take on: one whose card everybody may read, or one of his
    own organisations.

    Raises:
        NoSuchWish: there is none.
    """
    wish = MicroWish.objects.filter(number=number).first()
    if wish is None or (wish.released_at is None and wish.branch_id not in line_of(person, day)):
        raise NoSuchWish(_("没有编号为 %s 的心愿，或者您无权查看。") % number)
    return wish


def post_to_take(person: Person, number: int, day: datetime.date) -> WelfarePost:
    """Return a post of a person's own organisations, with `held`.

    Raises:
        NoSuchPost: there is none.
    """
    rows = with_held(WelfarePost.objects.on(day).filter(pk=number))
    post = rows.first()
    if post is None or post.branch_id not in line_of(person, day):
        raise NoSuchPost(_("没有这个公益岗位，或者您无权查看。"))
    return post


def claims_of(person: Person) -> QuerySet[Any, Claim]:
    """Return a person's claims with their confirmed `minutes`: live ones first. For himself."""
    confirmed = Q(services__confirmed_at__isnull=False, services__superseded_at=None)
    rows = claims().filter(person=person)
    minutes = Sum("services__minutes", filter=confirmed)
    rows = rows.annotate(minutes=minutes)  # type: ignore[no-redef]  # declared on it for its readers
    return rows.order_by(F("ended_on").desc(nulls_first=True), "-made_at", "-pk")


def own_claim(person: Person, number: int) -> Claim:
    """Return one of `claims_of`.

    Raises:
        NoSuchClaim: it is not his.
    """
    claim = claims_of(person).filter(pk=number).first()
    if claim is None:
        raise NoSuchClaim(_("没有这项认领，或者您无权查看。"))
    return claim


def services_of(claim: Claim) -> QuerySet[Service]:
    """Return the services of a claim, corrected ones left out, the latest first."""
    rows = Service.objects.filter(claim=claim, superseded_at=None)
    return rows.order_by("-day", "-pk")


def served_by(person: Person, since: datetime.date, until: datetime.date) -> list[Service]:
    """Return a person's confirmed services of a time, for his certificate, in order of days."""
    rows = Service.objects.filter(
        claim__person=person,
        day__range=(since, until),
        superseded_at=None,
        confirmed_at__isnull=False,
    )
    return list(rows.select_related("claim__wish", "claim__post").order_by("day", "pk"))


def skills_of(person: Person) -> set[str]:
    return set(VolunteerSkill.objects.filter(person=person).values_list("skill", flat=True))


def registrations_of(person: Person, day: datetime.date) -> QuerySet[CommunityRegistration]:
    return CommunityRegistration.objects.on(day).filter(person=person).order_by("pk")


def _with_skills(people: Sequence[Person]) -> Iterable[tuple[Person, set[str]]]:
    skills: dict[int, set[str]] = {one.pk: set() for one in people}
    rows = VolunteerSkill.objects.filter(person__in=skills)
    for person, skill in rows.values_list("person", "skill"):
        skills[person].add(skill)
    return [(one, skills[one.pk]) for one in people]
