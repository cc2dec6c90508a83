"""What the sample village wishes, and who helps: wishes at every state, posts, hours of service.
Everybody is made up, and every step is the operation that people take.
"""

import datetime
from dataclasses import dataclass, replace

from jiceng.access.operations import open_member_accounts
from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.demo.chance import draw
from jiceng.demo.city import City
from jiceng.orders.models import Claim, MicroWish, WelfarePost
from jiceng.orders.operations import voluntary
from jiceng.orders.operations.voluntary import Opening, Served, Wished
from jiceng.orders.queries.volunteers import volunteer_of
from jiceng.registry.models import Membership

_DAY = datetime.timedelta(days=1)
_HELPERS = 4  # members with accounts beside the one who has a password
_How = MicroWish.How


@dataclass(frozen=True, slots=True)
class _Wish:
    kind: str
    text: str
    summary: str
    ago: int  # days
    until: str  # how far it came
    urgency: str = "soon"
    how: str = _How.VISIT
    of_minor: bool = False


_WISHES = (
    _Wish("repair", "厨房的灯一闪一闪，我够不着，想请人换一个。", "一位独居老人家的灯坏了，想请人换一个。", 40, "fulfilled"),
    _Wish("study_goods", "孩子想要一套科普书，旧的也行。", "想给上小学的孩子要一套科普书，旧的也可以。", 33, "fulfilled"),
    _Wish("phone_help", "手机不会挂号，儿女不在身边。", "想请人教老人用手机挂号、视频通话，慢慢教。", 12, "delivered", how=_How.ONLINE),
    _Wish("haircut", "腿脚不便，去不了理发店。", "行动不便的老人想请人上门理一次发。", 9, "taken"),
    _Wish("legal_help", "房租押金退不回来，想问问怎么办。", "租房押金的事，想请懂法律的人出出主意。", 6, "offered", how=_How.ONLINE),
    _Wish("winter_goods", "想要一床厚被子过冬。", "一户人家想要一床过冬的厚被子。", 5, "shown", "urgent", _How.BOX),
    _Wish("errand", "想请人陪着去一趟县医院。", "想请人周末陪老人去一趟医院。", 48, "waiting", how=_How.HOTLINE),
    _Wish("tutoring", "孩子数学跟不上，想请人辅导。", "想请人每周辅导一次初中数学。", 4, "waiting", of_minor=True),
    _Wish("daily_goods", "想要一台洗衣机。", "", 20, "answered", how=_How.ONLINE),
    _Wish("company", "一个人住，想有人说说话。", "", 1, "received", how=_How.COUNTER),
)  # fmt: skip
_POSTS = (
    Opening("river", "河道巡护", "每周巡河一次，捡拾垃圾，看到排污就说。", 4, "村前河东段", "周六上午", "", True, "镇里统一投人身意外险"),
    Opening("legal_rights", "法律咨询", "每月第一个周六值班，解答邻里的法律问题。", 2, "党群服务中心", "每月一次", "律师或基层法律服务工作者执业证"),
    Opening("elderly_care", "结对看望老人", "每周上门一次，看看缺什么。", 6, "三户独居老人"),
    Opening("digital_help", "教用手机", "教老人用手机办事。", 3, "文化礼堂", "周三晚上"),
)  # fmt: skip


def run(city: City) -> None:
    """Let the sample village wish and help."""
    scene = _Scene(city)
    scene.open_posts()
    for number, wish in enumerate(_WISHES):
        scene.bring(wish, number)


class _Scene:
    """The sample village, its secretary, the officer above, and the members who help."""

    def __init__(self, city: City) -> None:
        village = city.sample_village()
        self.at, self.place = city.at, village.number
        self.branch = city.organisation_of(village.number)
        named = User.objects.in_bulk(["secretary", "town", "member"], field_name="username")
        self.secretary, self.officer = named["secretary"], named["town"]
        self.helpers = [named["member"], *self._more(city)]

    def _more(self, city: City) -> list[User]:
        """Open accounts for some members of the branch. They have no password: nobody logs in."""
        rows = Membership.objects.filter(
            organisation=self.branch, standing=Membership.Standing.FULL
        ).exclude(person__number="member")
        numbers = list(rows.order_by("pk").values_list("pk", flat=True))
        chosen = draw(city.seed, "helpers").sample(numbers, min(_HELPERS, len(numbers)))
        slips = open_member_accounts(sorted(chosen), by="system", at=city.at)
        return [slip.user for slip in slips]

    def ago(self, days: int) -> datetime.datetime:
        return self.at - days * _DAY

    def open_posts(self) -> None:
        """Open the posts; some are held, and the hours of the member are entered."""
        voluntary.declare_skills(["computing", "repair"], by=self.helpers[0], at=self.ago(60))
        for opening in _POSTS:
            post = voluntary.open_post(self.branch, opening, by=self.secretary, at=self.ago(60))
            if not post.licence:
                self._hold(post)

    def _hold(self, post: WelfarePost) -> None:
        for helper in self.helpers[: post.capacity - 1]:
            claim = voluntary.claim_post(post, by=helper, at=self.ago(50))
            insured = "已投人身意外险" if post.dangerous else ""
            voluntary.confirm_claim(claim, insured=insured, by=self.secretary, at=self.ago(49))
            if helper == self.helpers[0]:
                self._serve(claim, [(35, 90), (21, 120), (7, 60)])

    def _serve(self, claim: Claim, times: list[tuple[int, int]]) -> None:
        """Enter services; the branch has confirmed all but the last."""
        services = []
        for days, minutes in times:
            at = self.ago(days)
            served = Served(day_of(at), minutes, "按约定做完，没有异常。")
            services.append(voluntary.record_service(claim, served, by=self.helpers[0], at=at))
        confirmed = [one.pk for one in services[:-1]]
        voluntary.confirm_services(
            claim, services=confirmed, by=self.secretary, at=self.ago(times[-1][0])
        )

    def bring(self, wish: _Wish, number: int) -> None:
        """Bring one wish as far as it came."""
        at = self.ago(wish.ago)
        wished = Wished(
            self.place, wish.kind, wish.text, "演示居民", f"1380000{number:04d}", "村里", wish.how,
            wish.of_minor, "" if wish.of_minor else "spoken",
        )  # fmt: skip
        if wish.how == _How.ONLINE:
            by: User | str = "public"
            wished = replace(wished, consent="online")
        else:
            by = self.secretary
        received = voluntary.collect_wish(wished, by=by, at=at)
        row = MicroWish.objects.get(number=received.number)
        if wish.until == "answered":
            said = "大件不在微心愿的范围，已帮您联系民政办，问临时救助。"
            voluntary.answer_wish(
                row, answer=said, seen=row.version, by=self.secretary, at=at + _DAY
            )
        elif wish.until != "received":
            self._go_on(row, wish, at, number)

    def _go_on(self, row: MicroWish, wish: _Wish, at: datetime.datetime, number: int) -> None:
        at += datetime.timedelta(hours=3)
        row = voluntary.check_wish(
            row, kind=wish.kind, urgency=wish.urgency, summary=wish.summary, seen=row.version,
            by=self.secretary, at=at,
        )  # fmt: skip
        if not wish.of_minor:
            row = voluntary.release_card(row, seen=row.version, by=self.officer, at=at)
        if wish.until == "offered":
            person = volunteer_of(self.helpers[0], day_of(at)).pk
            voluntary.offer(row, people=[person], by=self.secretary, at=at)
        elif wish.until in {"taken", "delivered", "fulfilled"}:
            self._fulfil(row, wish.until, self.helpers[number % len(self.helpers)], at + 2 * _DAY)

    def _fulfil(self, row: MicroWish, until: str, helper: User, at: datetime.datetime) -> None:
        claim = voluntary.claim_wish(row, by=helper, at=at)
        voluntary.confirm_claim(claim, by=self.secretary, at=at)
        if until == "taken":
            return
        served = Served(day_of(at + _DAY), 50, "做好了，老人很高兴。")
        row = voluntary.record_delivery(claim, served, by=helper, at=at + _DAY)
        if until == "fulfilled":
            voluntary.confirm_delivery(row, fulfilled=True, by="public", at=at + 2 * _DAY)
