"""What the scan finds in a text before it is published, and what it leaves alone."""

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.notices.redaction import HIDDEN, hide
from jiceng.notices.scanning import scan

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(region="110101", day="19900307", order="771"):
    """Return a made-up identity number with its right check."""
    body = region + day + order
    total = sum(int(one) * weight for one, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def card(body):
    """Return a made-up card number with its right check."""
    doubled = [int(one) * (2 - place % 2) for place, one in enumerate(reversed(body))]
    total = sum(one - 9 if one > 9 else one for one in doubled)
    return body + str(-total % 10)


def wide(text):
    """Return a text in full width, as input methods write it."""
    return "".join(chr(ord(one) + 0xFEE0) for one in text)


def kinds_in(text):
    return [found.kind for found in scan(text)]


@pytest.mark.parametrize(
    ("text", "kind", "taken"),
    [
        (f"身份证{identity()}。", "id", identity()),
        (f"身份证{identity(order='773')}", "id", identity(order="773")),
        ("身份证 110101199003077716", "number", "110101199003077716"),  # mistyped: still hidden
        ("110101 19900307 7716 号", "number", "110101 19900307 7716"),
        (identity("330304", "20030102", "006") + "A", "id", "33030420030102006X"),
        ("330304 20030102 006 X", "id", "330304 20030102 006 X"),
        ("旧证110101900307771。", "id", "110101900307771"),
        ("手机13800000000", "phone", "13800000000"),
        ("手机 138-0000-0000", "phone", "138-0000-0000"),
        (f"手机{wide('138')} {wide('00000000')}", "phone", f"{wide('138')} {wide('00000000')}"),
        ("手机一三八零零零零零零零零", "phone", "一三八零零零零零零零零"),
        ("手机138\u200b0000\u200b0000", "phone", "138\u200b0000\u200b0000"),
        ("手机+86 13800000000", "phone", "13800000000"),
        ("手机8613800000000", "phone", "8613800000000"),
        ("手机①③⑧00000000", "phone", "①③⑧00000000"),
        ("电话0577-62345678", "landline", "0577-62345678"),
        ("电话057762345678", "landline", "057762345678"),
        (f"卡号{card('622202000011112222')}", "card", card("622202000011112222")),
        ("卡号6222 0000 1111 2222 333", "number", "6222 0000 1111 2222 333"),  # wrong check
        ("账号 20201004567890123456789", "number", "20201004567890123456789"),
        ("电话138****0000", "masked", "138****0000"),
        ("身份证110101********7715", "masked", "110101********7715"),
        ("车牌浙C·12345", "plate", "浙C·12345"),
        ("车牌京AD12345和", "plate", "京AD12345"),
        (f"车牌粤z{wide('1234')}港", "plate", f"粤z{wide('1234')}港"),
        ("住上村三组12号", "address", "三组12号"),
        ("建设路18弄3号", "address", "路18弄"),
        ("系肢体残疾人", "health", "残疾"),
        ("应信访人要求", "complainant", "信访人"),
    ],
)
def test_finds(text, kind, taken):
    found = scan(text)[0]

    assert (found.kind, text[found.start : found.end]) == (kind, taken)


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月1日至2026年3月16日，共13户，金额13,800.00元",
        "2017-01-01 2018-12-31 之间，每户500元，1200元，900元",
        "2017 2018 2019 2020 四个年度",
        "国办函〔2026〕12号、浙政发〔2026〕3号",
        "浙江省、苏州、京津冀；A栋不改",
        "第三十六条，三分之二以上，一户一票",
        "二〇二六年三月一日",
        "100000000元",
        "1380\n2000\n300",  # a column of amounts
        "",
    ],
)
def test_leaves_alone(text):
    assert scan(text) == []


def test_finds_each_of_several_and_none_twice():
    text = f"张三 {identity()} 13800000000 {card('622848000000000000')} 浙C12345"

    assert kinds_in(text) == ["id", "phone", "card", "plate"]


days = st.dates(datetime.date(1901, 1, 1), datetime.date(2025, 12, 31))
regions = st.sampled_from(["110101", "330304", "820000", "659001"])
gaps = st.sampled_from(["", " ", "  ", "-", "·", "　", "－", " - ", "\u200b", "/", "—"])
forms = st.sampled_from([str, wide])
around = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "N"]), max_size=20)
identities = st.builds(
    lambda region, day, order: identity(region, f"{day:%Y%m%d}", f"{order:03d}"),
    regions, days, st.integers(0, 999),
)  # fmt: skip
phones = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
cards = st.from_regex(r"\A6[0-9]{14,17}\Z").map(card)
plates = st.from_regex(r"\A[京浙苏][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4}[0-9]\Z")


@st.composite
def written(draw):
    """A number in one of the forms people write it, with what stands around it."""
    number = draw(identities | phones | cards)
    form = draw(forms)
    gap = draw(gaps)
    cuts = sorted(draw(st.sets(st.integers(1, len(number) - 1), max_size=4)))
    parts = [number[a:b] for a, b in zip([0, *cuts], [*cuts, len(number)], strict=True)]
    return number, draw(around) + gap.join(map(form, parts)) + draw(around)


def figures_of(text):
    """Return the figures of a text as they are read, nothing between them."""
    read = unicodedata.normalize("NFKC", text).upper()
    return "".join(one for one in read if one.isdigit() or one == "X")


@given(written())
def test_no_number_gets_through_however_it_is_written(given_number):
    number, text = given_number
    clean = hide(text, scan(text))

    assert number not in figures_of(clean)
    assert HIDDEN in clean


@given(plates, around)
def test_no_plate_gets_through(plate, text):
    assert plate not in hide(f"{text}，{plate}，", scan(f"{text}，{plate}，"))


@given(st.text(max_size=200) | st.text("0123456789Xx -·\n京A*号组村", max_size=80))
def test_what_was_hidden_once_is_not_found_again(text):
    clean = hide(text, scan(text))

    assert [found.kind for found in scan(clean)] == []


@given(st.text("0123456789 ", max_size=60))
def test_no_eleven_figures_in_a_row_ever_stay(text):
    clean = hide(text, scan(text))

    assert not any(clean[at : at + 11].isdigit() for at in range(len(clean) - 10))
