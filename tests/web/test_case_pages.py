"""Cases on screen: as who acts, as an onlooker, as a stranger."""

import io
import uuid

import pytest
from django.urls import reverse

from jiceng.audit.models import Entry
from jiceng.documents.operations import keep
from jiceng.procedures import catalogue
from jiceng.procedures.catalogue import Shipped
from jiceng.procedures.models import Case, Taken
from jiceng.procedures.operations import open_case, take_step
from jiceng.procedures.operations.taking import How
from jiceng.procedures.reading import procedure_of
from tests.decisions.conftest import AT, staffed, village  # noqa: F401 - fixtures
from tests.procedures.conftest import (  # noqa: F401 - fixtures
    LEAD,
    MONDAY,
    REPS,
    TEXT,
    Run,
    after,
    moment,
    people,
    shipped,
)


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """Let it be a day three weeks after the first."""
    monkeypatch.setattr("jiceng.core.clock.now", lambda: moment(after(21)))


@pytest.fixture
def run(people):  # noqa: F811
    return Run(people)


CHRISTMAS = AT.replace(month=12, day=25)


@pytest.fixture
def helpers(village):  # noqa: F811
    """The secretary and the clerk of a village that is furnished with its bodies."""
    return staffed(village)


def post(client, run, step, **given):
    given |= {"seen": run.now().version, "key": str(uuid.uuid4())}
    return client.post(reverse("web:case_step", args=[run.case.number, step]), given)


def test_a_clerk_takes_a_case_on_in_his_browser(client, people, run):  # noqa: F811
    client.force_login(people("village.clerk"))
    assert post(client, run, "propose", happened_on=MONDAY, plan="修一条路").status_code == 302

    page = client.get(reverse("web:case", args=[run.case.number])).content.decode()
    assert "召集村民代表会议" in page
    assert "修一条路" in page


def test_what_is_missing_is_said_and_the_form_stays_filled(client, people, run):  # noqa: F811
    run.propose()
    client.force_login(people("village.clerk"))
    given = {
        "happened_on": MONDAY,
        "meets_on": after(LEAD - 1),
        "place": "村部大会议室",
        "agenda": "修路",
        "roll_test_reps": REPS,
    }
    answer = post(client, run, "convene", **given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "村部大会议室" in page
    assert str(after(LEAD)) in page
    assert "只登记事实" in page
    assert post(client, run, "convene", **given, as_fact="on").status_code == 302
    assert not Taken.objects.get(step="convene").effective


def test_a_wrong_number_stands_at_its_field(client, people, run):  # noqa: F811
    run.propose()
    run.convene()
    client.force_login(people("village.clerk"))
    answer = post(
        client, run, "meet", happened_on=after(LEAD), present=REPS + 1, chair="甲", minutes="记录"
    )

    assert answer.status_code == 422
    assert "超过应到" in answer.content.decode()


def test_an_entry_is_corrected_with_what_was_entered_already_there(client, people, run):  # noqa: F811
    old = run.propose(plan="修一条露")
    client.force_login(people("village.clerk"))
    address = reverse("web:case_correct", args=[run.case.number, old.sequence])
    assert "修一条露" in client.get(address).content.decode()
    given = {"seen": run.now().version, "key": str(uuid.uuid4()), "happened_on": MONDAY}
    answer = client.post(address, given | {"plan": "修一条路", "reason": "错字"})

    assert answer.status_code == 302
    assert Taken.objects.standing().get().data["plan"] == "修一条路"


@pytest.mark.parametrize("act", ["return", "withdraw"])
def test_acts_need_a_reason(client, people, run, act):  # noqa: F811
    run.propose()
    client.force_login(people("village.clerk"))
    address = reverse(f"web:case_{act}", args=[run.case.number])
    given = {"seen": run.now().version, "step": "propose"}
    empty = client.post(address, given | {"reason": "", "key": str(uuid.uuid4())})
    done = client.post(address, given | {"reason": "方案要改", "key": str(uuid.uuid4())})

    assert (empty.status_code, done.status_code) == (422, 302)


def test_a_limit_that_a_rule_lets_extend_is_extended_with_a_reason(client, people, monkeypatch):  # noqa: F811
    within = "within: {rule: inquiry.answer, of: vote}"
    text = TEXT.replace("version: 1", "version: 2")
    text = text.replace(within, f"{within}\n    extension: disclosure.answer")
    entry = Shipped("test_motion@2", text, procedure_of(text))
    monkeypatch.setitem(catalogue.SHIPPED.entries, entry.code, entry)
    run = Run(people)
    run.to_vote()
    run.vote()
    before = run.now().due_on
    client.force_login(people("village.supervisor"))
    address = reverse("web:case_extend", args=[run.case.number])
    assert "只能延一次" in client.get(address).content.decode()
    given = {"seen": run.now().version, "key": str(uuid.uuid4())}

    assert client.post(address, given | {"reason": "要核实"}).status_code == 302
    assert run.now().due_on > before


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        ("village.clerk", "upper", 200),
        ("town.officer", "town", 200),
        ("village.clerk", "lower", 404),  # another village: not even its existence
        ("grid.worker", "upper", 404),
    ],
)
def test_who_may_see_a_case(client, people, county, run, role, place, status):  # noqa: F811
    client.force_login(people(role, getattr(county, place)))

    assert client.get(reverse("web:case", args=[run.case.number])).status_code == status


def test_the_list_shows_what_runs_and_what_has_ended(client, people, run):  # noqa: F811
    client.force_login(people("town.officer", people.county.town))

    assert run.case.number in client.get(reverse("web:cases")).content.decode()
    assert run.case.number not in client.get(reverse("web:cases") + "?state=ended").content.decode()
    assert run.case.number in client.get(reverse("web:cases") + "?q=修路").content.decode()


def test_a_dossier_is_a_paper_and_a_bundle_with_hashes(client, people, run):  # noqa: F811
    run.to_vote()
    client.force_login(people("village.clerk"))
    paper = client.get(reverse("web:case_dossier", args=[run.case.number]))
    bundle = client.get(reverse("web:case_bundle", args=[run.case.number]))

    assert paper.content.startswith(b"%PDF")
    packed = b"".join(bundle.streaming_content)
    assert b"manifest.json" in packed
    assert b"sha256" in packed


def test_a_bundle_leaves_sensitive_documents_out_unless_a_reason_is_given(
    client,
    people,  # noqa: F811
    run,
    settings,
    tmp_path,
):
    settings.MEDIA_ROOT = tmp_path
    case = run.case
    for name, klass in (("纪要.txt", "internal"), ("低保.txt", "sensitive")):
        keep(
            io.BytesIO(f"{name}：内容".encode()),
            name=name,
            title=name,
            subject=case.subject,
            unit=case.unit_id,
            klass=klass,
            retention="permanent",
            by="system",
            at=moment(MONDAY),
        )
    client.force_login(people("village.clerk"))

    def packed(answer):
        return b"".join(answer.streaming_content)

    usual = packed(client.get(reverse("web:case_bundle", args=[case.number])))
    assert "纪要.txt：内容".encode() in usual
    assert "低保.txt：内容".encode() not in usual
    assert b"left_out" in usual
    page = client.get(reverse("web:case", args=[case.number])).content.decode()
    assert reverse("web:case_whole_bundle", args=[case.number]) in page

    def whole(reason):
        given = {"reason": reason, "key": str(uuid.uuid4())}
        return client.post(reverse("web:case_whole_bundle", args=[case.number]), given)

    assert whole("").status_code == 422
    assert "低保.txt：内容".encode() in packed(whole("归档移交"))
    assert Entry.objects.filter(action="documents.document.opened").count() == 1


def test_procedures_are_shown_with_their_picture(client, people):  # noqa: F811
    client.force_login(people("village.clerk"))
    assert "测试议事" in client.get(reverse("web:procedures")).content.decode()
    page = client.get(reverse("web:procedure", args=["test_motion"])).content.decode()

    assert "<svg" in page
    assert "监督委员会审查" in page
    assert reverse("web:rule", args=["village_reps.quorum"]) in page  # which rules bind it
    assert Case.objects.count() == 0


def test_a_deadline_in_a_year_without_a_calendar_is_marked_as_provisional(
    client,
    village,  # noqa: F811
    helpers,
    monkeypatch,
):
    """Received at Christmas 2026: the fifteenth day lies in 2027, whose holidays are not known."""
    monkeypatch.setattr("jiceng.core.clock.now", lambda: CHRISTMAS)
    case = open_case(
        "interpellation",
        unit=village.number,
        title="问账目",
        opened_on=CHRISTMAS.date(),
        by=helpers.clerk,
        at=CHRISTMAS,
    )
    asked = {"by_whom": "representatives", "signatures": 5, "asked": "主任", "question": "账目"}
    take_step(
        case.number,
        "receive",
        asked,
        happened_on=CHRISTMAS.date(),
        seen=1,
        by=helpers.clerk,
        at=CHRISTMAS,
        how=How(despite=True),
    )

    client.force_login(helpers.secretary)
    for address in (reverse("web:case", args=[case.number]), reverse("web:cases"), "/"):
        page = client.get(address).content.decode()
        assert "2027" in page, address
        assert "暂定" in page, address
