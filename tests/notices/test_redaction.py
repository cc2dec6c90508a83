"""What the public reads: allowed fields only, names masked by role, finds hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.notices.fingerprint import (
    digest_of,
    foot_of,
    grouped,
    holds,
    numbers_in,
    plain,
    text_of,
)
from jiceng.notices.kinds import Field, Kind, faults_of, kinds
from jiceng.notices.masking import MINOR, shown_name, without_names
from jiceng.notices.redaction import HIDDEN, findings_in, view_of, yuan

RELIEF = {
    "programme": "临时救助",
    "beneficiaries": [
        {"name": "张小明", "group": "三组", "amount": 50000},
        {"name": "李明", "group": "一组", "amount": 120050},
        {"name": "王小小", "group": "一组", "amount": 80000, "minor": True},
    ],
    "total": 250050,
    "inquiry": "张小明患病，卡号6222020000111122222",
    "contact": "0577-62345678",
}


def shown(kind, title, body, **options):
    """Return everything of a view as one text."""
    view = view_of(kinds()[kind], title, body, **options)
    cells = [cell for line in view.lines for row in line.people for cell in row]
    return "\n".join([view.title, *(line.text for line in view.lines), *cells])


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("张小明", "张*明"),
        ("李明", "李*"),
        ("欧阳明", "欧阳*"),
        ("欧阳小明", "欧阳*明"),
        ("欧阳", "欧*"),
        ("阿依古丽", "阿*丽"),
        ("王", "*"),
    ],
)
def test_a_beneficiary_is_named_by_surname_and_last_character(name, published):
    assert shown_name(name, "beneficiary") == published
    assert shown_name(name, "official") == name
    assert shown_name(name, "beneficiary", minor=True) == MINOR
    assert shown_name(name, "official", minor=True) == MINOR


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12))
def test_a_masked_name_never_tells_the_whole(name):
    masked = shown_name(name, "beneficiary")

    assert name not in masked
    assert len(masked.replace("*", "")) < len(name)


def test_a_name_of_the_list_is_masked_wherever_the_text_repeats_it():
    names = {"张小明": "张*明", "张小": "张*", "王": "*"}

    assert without_names("张小明、张 小 明和张小，王村", names) == "张*明、张*明和张*，王村"


def test_relief_names_the_people_and_the_sums_and_nothing_else():
    text = shown("relief", "关于张小明等三户的公示", RELIEF)

    for hidden in ("张小明", "李明", "王小小", "患病", "6222"):
        assert hidden not in text
    for said in (
        "张*明",
        "李*",
        MINOR,
        "三组",
        "1,200.50",
        "2,500.50 元",
        "0577-62345678",
    ):
        assert said in text


def test_how_many_receive_something_is_said_with_the_list():
    labels = [line.label for line in view_of(kinds()["relief"], "救助公示", RELIEF).lines]

    assert "拟救助名单（共3人）" in labels


def test_officials_are_named_in_full():
    body = {"matter": "修路", "proposal": "修", "officials": [{"name": "赵小刚", "duty": "主任"}]}

    assert "赵小刚" in shown("plan", "修路方案", body)


def test_a_find_is_hidden_until_somebody_decides_that_it_is_not_personal():
    body = {"matter": "修路", "proposal": "请致电13800000000或13900000000"}
    one, two = findings_in(kinds()["plan"], "修路方案", body)
    assert (one.key, one.text, one.before) == ("proposal-1", "13800000000", "请致电")

    assert shown("plan", "修路方案", body).count(HIDDEN) == 2
    kept = shown("plan", "修路方案", body, kept={two.key})
    assert "13800000000" not in kept
    assert "13900000000" in kept


def test_the_office_line_is_found_in_a_text_and_not_in_its_own_field():
    body = {"matter": "修路", "proposal": "电话0577-62345678", "contact": "0577-62345678"}
    (found,) = findings_in(kinds()["plan"], "修路方案", body)
    assert (found.field, found.kind) == ("proposal", "landline")

    mobile = {"matter": "修路", "proposal": "修", "contact": "13800000000"}
    assert [one.kind for one in findings_in(kinds()["plan"], "修", mobile)] == ["phone"]


def test_the_title_is_scanned_too():
    (found,) = findings_in(kinds()["plan"], "浙C12345", {})
    assert (found.key, found.kind) == ("title-1", "plate")
    assert shown("plan", "浙C12345", {}) == HIDDEN


def test_a_list_hides_what_does_not_belong_into_it_without_asking():
    people = [{"name": "张三13800000000", "group": "三组12号", "phone": "13800000000"}]
    text = shown("relief", "公示", {"beneficiaries": people})

    assert "138" not in text
    assert "12号" not in text


values = st.text(min_size=8, max_size=20).map(lambda text: f"secret-{text}")
codes = st.sampled_from(sorted(kinds()))


@given(codes, st.dictionaries(st.text(min_size=1, max_size=12), values, max_size=5))
def test_a_field_that_is_not_listed_never_reaches_the_public(code, extra):
    kind = kinds()[code]
    public = {field.code for field in kind.public_fields}
    body = {name: value for name, value in extra.items() if name not in public}
    body |= {field.code: "secret-inside" for field in kind.fields if not field.public}

    assert view_of(kind, "标题", body).lines == ()


people = st.lists(
    st.fixed_dictionaries(
        {"name": st.text(st.sampled_from("张李王明小芳刚"), min_size=2, max_size=4)},
        optional={"phone": values, "id": values, "cause": values, "amount": st.integers(1, 10**9)},
    ),
    min_size=1,
    max_size=5,
)


@given(people, st.text(st.sampled_from("张李王明小芳刚，的户 "), max_size=30))
def test_no_listed_name_and_no_unlisted_column_reaches_the_public(listed, text):
    text = shown("other", text, {"matter": text, "content": text, "beneficiaries": listed})

    assert "secret" not in text
    assert not any(person["name"] in text for person in listed)


def test_every_kind_of_the_file_is_in_order():
    assert list(kinds()) == [
        "plan", "resolution", "result", "disclosure", "relief", "star", "other",
    ]  # fmt: skip
    for kind in kinds().values():
        assert not kind.field("note").public


def test_a_faulty_kind_is_named():
    fields = (
        Field("a", "甲", "people"),
        Field("a", "甲", "line", columns=("name",)),
        Field("b", "乙", "choice"),
        Field("c", "丙", "photo"),
    )
    faults = faults_of(Kind("odd", "怪", "", "", "", False, fields))

    assert faults == [
        "odd: a stands twice",
        "odd.a: a list of people, and nothing else, has a role",
        "odd.a: a list of people, and nothing else, has columns",
        "odd.a: a list of people, and nothing else, has columns",
        "odd.b: a choice, and nothing else, has choices",
        "odd.c: no type photo",
    ]


@pytest.mark.parametrize(("fen", "text"), [(5, "0.05"), (1234560, "12,345.60"), (0, "0.00")])
def test_money_is_written_in_yuan(fen, text):
    assert yuan(fen) == text


def test_a_copied_notice_is_recognised_and_a_changed_one_is_not():
    view = view_of(kinds()["relief"], "救助公示", RELIEF)
    foot = foot_of(number="20260301-ACDEFG", kind="救助公示", place="上村委会")
    text = text_of(view, foot)
    digest, length = digest_of(text), len(plain(text))
    copied = "公告\n\n" + text.replace("\n", " \r\n  ").replace("：", ":") + "\n打印"

    checked = {"foot": foot, "digest": digest, "length": length}
    assert numbers_in(copied) == ["20260301-ACDEFG"]
    assert holds(copied, **checked)
    for changed in (copied.replace("500.00", "900.00"), copied.replace("上村", "下村"), "", foot):
        assert not holds(changed, **checked)
    assert len(grouped(digest).split()) == 8
