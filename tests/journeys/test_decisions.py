"""A village decides, on a phone: told by its clerk, its secretary, its supervisor, the township and
a resident without an account.
"""

import datetime
import re

import pytest
from django.urls import reverse

from jiceng.core import clock
from jiceng.decisions.models import Delegation
from jiceng.decisions.operations import Mandate, delegate
from jiceng.notices.models import Notice, Objection
from jiceng.notices.operations import draft_notice, record_posting, release_notice
from jiceng.procedures.models import Case, Taken
from tests.decisions.conftest import AT, people, village  # noqa: F401 - fixtures
from tests.journeys.conftest import NARROW, PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
MATTER = "village.24.3"
FIRST = datetime.date(2026, 3, 2)


@pytest.fixture
def calendar(monkeypatch):
    """Let the days pass as the story tells them."""

    class Calendar:
        now = AT

        def be(self, days):
            self.now = AT + datetime.timedelta(days=days)

    found = Calendar()
    monkeypatch.setattr(clock, "now", lambda: found.now)
    return found


@pytest.fixture
def cast(village, people, calendar, visit):  # noqa: F811
    """Everyone at a phone of their own, logged in when first asked for."""
    for user in vars(people).values():
        user.set_password(PASSWORD)
        user.must_change_password = False
        user.save()
    term = Mandate(
        village.number, MATTER, Delegation.Way.ASSEMBLY, FIRST, "村民会议决议", FIRST,
        FIRST.replace(year=2028),
    )  # fmt: skip
    delegate(term, by=people.clerk, at=AT)
    phones = {}

    def of(who):
        if who not in phones:
            phones[who] = visit(NARROW)
            phones[who].log_in(getattr(people, who).username)
        return phones[who]

    return of


def fill(page, fields):
    """Fill a form by the names of its fields."""
    for name, value in fields.items():
        box = page.locator(f'[name="{name}"]')
        kind = box.first.get_attribute("type")
        if kind == "radio":
            page.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "checkbox":
            box.set_checked(bool(value))
        elif box.first.evaluate("e => e.tagName") == "SELECT":
            box.select_option(str(value))
        else:
            box.fill(str(value))


def send(page):
    page.locator("main form .form-foot .btn-primary").click()


class Story:
    """One case as it goes from phone to phone."""

    def __init__(self, cast, calendar):
        self.cast, self.calendar = cast, calendar
        self.case = None

    def day(self):
        return clock.today()

    def take(self, step, who="clerk", **fields):
        page = self.cast(who).open(f"/cases/{self.case.number}/steps/{step}/")
        fill(page, {"happened_on": self.day(), **fields})
        send(page)
        return page

    def stands(self):
        return Case.objects.get(pk=self.case.pk).step

    def met(self, step, count, **votes):
        """Let a committee meet whose roll the register knows, or is told."""
        page = self.cast("clerk").open(f"/cases/{self.case.number}/steps/{step}/")
        rolls = page.locator('[name^="roll_"]:not([name$="_reason"])')
        known = {"present": count, "chair": "书记", "minutes": "逐项讨论，一致同意。"}
        for place in range(rolls.count()):
            name = rolls.nth(place).get_attribute("name")
            given = rolls.nth(place).input_value()
            known[name] = given or count
            if given and int(given) < count:
                known["present"] = given
        ballot = {"method": "hands", "for": known["present"], "against": 0, "abstain": 0}
        fill(page, {"happened_on": self.day(), **known, **ballot, **votes})
        self.go_on(page, step)

    def go_on(self, page, step):
        """Send; where a rule only warns, note it and go on."""
        send(page)
        if page.locator('[name="despite"]').count():
            page.locator('[name="despite"]').check()
            send(page)
        assert f"/steps/{step}/" not in page.url, page.locator("main").inner_text()

    def convene(self, step, lead):
        page = self.cast("clerk").open(f"/cases/{self.case.number}/steps/{step}/")
        meets = self.day() + datetime.timedelta(days=lead)
        fill(page, {"happened_on": self.day(), "meets_on": meets, "place": "村部"})
        self.go_on(page, step)

    def hold(self, step, present):
        page = self.cast("clerk").open(f"/cases/{self.case.number}/steps/{step}/")
        fill(
            page,
            {
                "happened_on": self.day(),
                "present": present,
                "chair": "书记",
                "minutes": "照实记录。",
            },
        )
        self.go_on(page, step)

    def vote(self, step, in_favour):
        tellers = {"teller_one": "计票人甲", "teller_two": "监票人乙"}
        votes = {"method": "secret", "for": in_favour, "against": 1, "abstain": 1}
        for who in ("clerk", "secretary"):
            page = self.cast(who).open(f"/cases/{self.case.number}/steps/{step}/")
            fill(page, {"happened_on": self.day(), **votes, **tellers})
            self.go_on(page, step)

    def publish(self, step, **fields):
        """Write the notice, have the supervisor release it, post it."""
        page = self.cast("clerk").open(f"/cases/{self.case.number}/")
        page.get_by_role("link", name="拟稿公示").click()
        fill(page, fields)
        send(page)
        notice = Notice.objects.get(subject=self.case.subject, step=step)
        page = self.cast("supervisor").open(f"/notices/{notice.number}/release/")
        send(page)
        page = self.cast("clerk").open(f"/notices/{notice.number}/post/")
        fill(page, {"posted_on": self.day(), "board": "村口公开栏", "posted_by": "文书"})
        send(page)
        notice.refresh_from_db()
        assert notice.ends_on is not None, page.locator("main").inner_text()
        return notice

    def after(self, notice):
        """Let the day after a notice's period come."""
        self.calendar.be((notice.ends_on - FIRST).days + 1)


@pytest.fixture
def story(village, cast, calendar):  # noqa: F811
    """The clerk puts a road forward, by its plain words."""
    told = Story(cast, calendar)
    words = f"matter={MATTER}&body=village_representatives"
    page = cast("clerk").open(f"/decisions/{village.number}/propose/?{words}")
    assert "村民代表会议" in page.locator("main").inner_text()
    fill(page, {"title": "硬化村内主干道", "raised_on": FIRST})
    page.locator("form[method=post] .btn-primary").last.click()
    told.case = Case.objects.get()
    return told


def test_a_village_takes_a_motion_from_proposal_to_disclosed_result(story, cast, calendar, visit):
    story.met("propose", 5)
    story.met("consult", 8)
    story.convene("call_members", 4)
    calendar.be(4)
    story.hold("members", 40)
    story.vote("members_vote", 35)
    story.take("revise", opinions="", changes="没有不同意见，不作修订。")
    story.take("direct", body="village_representatives")
    story.convene("call_representatives", 4)

    calendar.be(8)
    story.hold("representatives", 20)  # of 45 at least 30 are wanted
    assert story.stands() == "call_representatives"
    page = cast("clerk").open(f"/cases/{story.case.number}/")
    assert "无效力" in page.locator("main").inner_text()

    story.convene("call_representatives", 4)
    calendar.be(12)
    story.hold("representatives", 40)
    story.vote("representatives_vote", 36)
    notice = story.publish("publish_resolution", resolution="同意硬化村内主干道。")
    story.after(notice)
    story.take("publish_resolution", note="公示期间没有异议。")
    story.take("carry_out", outcome="已完工验收。", finished_on=story.day(), spent="179800.50")
    yes = {"resolution": "yes", "accounts": "yes", "disclosed": "yes"}
    story.take("check_result", "supervisor", **yes)
    result = story.publish("publish_result", outcome="已完工验收。")
    public = visit(NARROW)
    said = public.open(reverse("portal:notice", args=[result.number]))
    assert "179,800.50" in said.locator("main").inner_text()
    assert public.fits()
    assert public.barriers() == []
    story.after(result)
    story.take("publish_result", note="没有异议。")

    case = Case.objects.get(pk=story.case.pk)
    assert case.outcome == "done"
    assert Taken.objects.filter(case=case, outcome="no_quorum", effective=False).count() == 1
    page = cast("clerk").open(f"/cases/{case.number}/")
    assert page.locator("text=已办结").count()
    page.get_by_text("流程图", exact=True).click()
    assert page.locator(".flow-listed").is_visible()  # on a phone a list, nothing to push sideways
    assert not page.locator("svg.flow").is_visible()
    assert cast("clerk").fits()


@pytest.fixture
def noticed(village, people, calendar):  # noqa: F811
    """A plan of works that hangs on the village's board."""
    body = {"matter": "硬化村内主干道", "meeting": "村民代表会议", "held_on": FIRST}
    notice = draft_notice(
        kind="resolution",
        unit=village.number,
        title="硬化村内主干道的决议",
        body=body | {"resolution": "同意硬化村内主干道，公开询价。"},
        by=people.clerk,
        at=AT,
    )
    notice = release_notice(notice, decisions=[], seen=notice.version, by=people.supervisor, at=AT)
    where = {"board": "村口公开栏", "posted_on": FIRST, "posted_by": "文书"}
    record_posting(notice, **where, by=people.clerk, at=AT)
    return notice


def test_a_resident_objects_with_a_query_code_and_reads_the_answer(noticed, cast, visit):
    resident = visit(NARROW)
    page = resident.open(reverse("portal:notice", args=[noticed.number]))
    page.get_by_role("link", name="我有异议").first.click()
    fill(page, {"text": "询价没有写明面积，请补充。"})
    send(page)
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", page.locator("main").inner_text())
    assert code, page.locator("main").inner_text()
    assert resident.barriers() == []

    objection = Objection.objects.get()
    page = cast("secretary").open(f"/notices/{noticed.number}/objections/{objection.number}/")
    outcome = page.locator('[name="outcome"]').first.get_attribute("value")
    fill(page, {"outcome": outcome, "answer": "面积三百二十平方米，已补充公布。"})
    send(page)

    page = resident.open(reverse("portal:notice_objection"))
    fill(page, {"code": code.group()})
    send(page)
    assert "三百二十平方米" in page.locator("main").inner_text()
    assert resident.fits()


def test_a_notice_is_printed_on_one_sheet_with_the_code_of_its_page(noticed, cast):
    clerk = cast("clerk")
    page = clerk.open(f"/notices/{noticed.number}/print/")
    page.emulate_media(media="print")

    assert page.locator("svg").count()  # the QR code
    assert noticed.digest in re.sub(r"\s", "", page.locator("body").inner_text())
    sheet = page.pdf(format="A4")
    assert sheet.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1


def test_the_township_sees_why_going_on_is_refused(story, cast):
    page = cast("clerk").open(f"/cases/{story.case.number}/steps/carry_out/")
    fill(page, {"happened_on": FIRST, "outcome": "已经开工", "finished_on": FIRST})
    send(page)
    refused = page.locator("main").inner_text()
    assert "现在应办“村党组织提议”" in refused
    assert page.locator('[name="outcome"]').input_value() == "已经开工"
    page.locator('[name="as_fact"]').check()
    send(page)

    officer = cast("officer").open(f"/cases/{story.case.number}/")
    told = officer.locator("main").inner_text()
    assert "无效力" in told
    assert re.search("现在应办“村党组织提议”.*四议两公开", told)
    assert cast("officer").fits()
    assert cast("officer").barriers() == []
