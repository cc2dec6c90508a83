"""Voluntary service: posts, offers, claims and hours. Nobody is compelled, ranked or counted by
what he leaves (志愿服务条例 Art. 25; lawful by construction, N3).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.orders.models.wishes import MicroWish
from jiceng.registry.models import Person, Unit

_ONE_THING = Q(wish=None, post__isnull=False) | Q(wish__isnull=False, post=None)


class WelfarePost(Dated):
    """A volunteer's post with room for several, perhaps of one thing: a river section, a crossing.

    What is dangerous is insured before anybody serves (Art. 17); what the law licenses is done by
    who holds the licence (Art. 16).
    """

    branch = models.ForeignKey(Unit, models.PROTECT, related_name="welfare_posts")
    kind = models.CharField(_("岗位种类"), max_length=40)  # code in data/welfare-posts.yaml
    title = models.CharField(_("岗位名称"), max_length=60)
    place_text = models.CharField(_("地点或对象"), max_length=80, blank=True)
    duties = models.CharField(_("做什么"), max_length=300)
    hours = models.CharField(_("服务时间"), max_length=80, blank=True)
    capacity = models.PositiveSmallIntegerField(_("可认领人数"))
    licence = models.CharField(_("所需资格"), max_length=60, blank=True)
    dangerous = models.BooleanField(_("有人身危险"), default=False)
    insurance = models.CharField(_("保险"), max_length=120, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("记录时间"))

    branch_id: int
    held: int  # live claims; only posts from `queries` carry it

    class Meta:
        verbose_name = _("公益岗位")
        constraints = [
            ends_after_it_begins("welfare_post_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(capacity__gt=0), name="welfare_post_has_room_for_somebody"
            ),
            models.CheckConstraint(
                condition=Q(dangerous=False) | ~Q(insurance=""),
                name="welfare_post_insured_where_dangerous",
            ),
        ]
        indexes = [models.Index(fields=["branch", "valid_to"], name="welfare_post_of_branch")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"


class VolunteerSkill(models.Model):
    """Something a member says that he can do. He alone adds and removes it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="skills")
    skill = models.CharField(_("专长"), max_length=40)  # code in data/welfare-posts.yaml
    declared_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("志愿专长")
        constraints = [
            models.UniqueConstraint(fields=["person", "skill"], name="volunteer_skill_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.skill}"


class CommunityRegistration(Dated):
    """That an employed member also serves the community where he lives (在职党员到社区报到)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="registrations")
    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="registrations")
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("到社区报到")
        constraints = [
            ends_after_it_begins("community_registration_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(valid_to="9999-12-31"),
                name="community_registration_once_open",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}@{self.organisation_id}"


class Offer(models.Model):
    """That a member was told of something he might take on. No limit, no reason, no count.

    Who declines is forgotten by the row: only a keyed mark stays, so that he is not asked for the
    same thing again. So no refusal can be counted, by anybody.
    """

    class State(models.TextChoices):
        OPEN = "open", _("等本人决定")
        ACCEPTED = "accepted", _("已接受")
        DECLINED = "declined", _("不接")

    wish = models.ForeignKey(
        MicroWish, models.CASCADE, null=True, blank=True, related_name="offers"
    )
    post = models.ForeignKey(
        WelfarePost, models.CASCADE, null=True, blank=True, related_name="offers"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="offers")
    mark = models.CharField(max_length=64, unique=True)  # keyed hash of thing and person
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    offered_at = models.DateTimeField(_("提供时间"))

    person_id: int | None

    class Meta:
        verbose_name = _("志愿任务推荐")
        constraints = [
            models.CheckConstraint(condition=_ONE_THING, name="offer_of_one_thing"),
            models.CheckConstraint(
                condition=Q(state="declined", person=None)
                | ~Q(state="declined") & Q(person__isnull=False),
                name="offer_forgets_who_declined",
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(state="open"), name="offer_waiting")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Claim(models.Model):
    """That a member takes something on of his own will, until he gives it back or it is done."""

    class State(models.TextChoices):
        PENDING = "pending", _("待支部确认")
        CONFIRMED = "confirmed", _("已确认")
        SERVED = "served", _("服务中")
        ENDED = "ended", _("已结束")

    LIVE = (State.PENDING, State.CONFIRMED, State.SERVED)
    SERVING = (State.CONFIRMED, State.SERVED)

    wish = models.ForeignKey(
        MicroWish, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    post = models.ForeignKey(
        WelfarePost, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="claims")
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PENDING)
    made_at = models.DateTimeField(_("认领时间"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    licence_seen = models.CharField(_("核对的资格证件"), max_length=80, blank=True)
    insured = models.CharField(_("投保情况"), max_length=120, blank=True)
    ended_on = models.DateField(_("结束日"), null=True, blank=True)
    words = models.CharField(_("支部说明"), max_length=200, blank=True)  # when it was not confirmed
    recorded_at = models.DateTimeField(_("记录时间"))

    person_id: int
    wish_id: int | None
    post_id: int | None
    minutes: int | None  # confirmed; only claims from `queries` carry it

    class Meta:
        verbose_name = _("认领")
        constraints = [
            models.CheckConstraint(condition=_ONE_THING, name="claim_of_one_thing"),
            models.UniqueConstraint(
                fields=["wish"],
                condition=Q(state__in=["pending", "confirmed", "served"]),
                name="claim_of_a_wish_by_one",
            ),
            models.UniqueConstraint(
                fields=["post", "person"],
                condition=Q(state__in=["pending", "confirmed", "served"]),
                name="claim_of_a_post_once_by_each",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False)
                | ~Q(state="ended") & Q(ended_on=None),
                name="claim_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "served"]) | Q(confirmed_at__isnull=False),
                name="claim_serves_once_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="claim_of_person")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Service(models.Model):
    """One service: a day, how long, what was done. Truthful and the volunteer's own (Art. 19):
    never edited, a correction supersedes it; it counts once the branch has confirmed it.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="services")
    day = models.DateField(_("服务日"))
    minutes = models.PositiveSmallIntegerField(_("分钟"))
    words = models.CharField(_("做了什么、结果怎样"), max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("记录时间"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)

    claim_id: int

    class Meta:
        verbose_name = _("志愿服务")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=1440), name="service_fits_into_a_day"
            ),
        ]
        indexes = [models.Index(fields=["claim", "-day"], name="service_of_claim")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.day}"
