"""What residents do with a query code: tell with a photo, add, withdraw."""

import io
import uuid

import pytest
from PIL import Image

from jiceng.documents.models import Document
from jiceng.documents.queries import document_for, open_document
from jiceng.documents.refusals import NoSuchDocument, NotWhatItSays
from jiceng.orders import public
from jiceng.orders.models import Order, Telling
from jiceng.orders.refusals import NotAPhoto, OffTheMap, PhotoTooLarge
from jiceng.registry.models import Boundary, Position
from tests.orders.cast import LAMP, moment

HOME = (28_020_000, 120_650_000)


def photo(name="灯.jpg", *, size=None, content=None):
    if content is None:
        file = io.BytesIO()
        exif = Image.Exif()
        exif[0x8825] = {1: "N", 2: (28.0, 1.0, 2.0), 3: "E", 4: (120.0, 39.0, 0.0)}
        Image.new("RGB", (40, 30), "navy").save(file, "JPEG", exif=exif)
        content = file.getvalue()
    return public.Photo(io.BytesIO(content), name, size or len(content))


def tell(**told):
    told = {"kind": LAMP, "text": "村口的路灯不亮了"} | told
    return public.place(public.Told(**told), at=moment(), key=uuid.uuid4())


def drawn(county):
    """Outline the county as one square around the upper village."""
    square = "[[[120.5,28.0],[120.8,28.0],[120.8,28.2],[120.5,28.2],[120.5,28.0]]]"
    Boundary.objects.create(
        unit_id=county.county,
        outline=f'{{"type":"Polygon","coordinates":{square}}}',
        source="虚构",
        valid_from=county.start,
    )
    for unit, longitude in ((county.upper, 120.651), (county.lower, 120.70)):
        Position.objects.create(
            unit_id=unit, longitude=longitude, latitude=28.02, valid_from=county.start
        )


def test_a_place_picked_a_point_or_words_alone_are_enough(posts, county):
    drawn(county)

    def placed(**where):
        return Order.objects.get(case__number=tell(**where).number).place_id

    assert placed(place=county.lower, where="村口") == county.lower
    assert placed(latitude=HOME[0], longitude=HOME[1], text="灯灭") == county.upper
    assert placed(where="老街口", text="又灭了") == county.county  # its officers find out


def test_a_point_outside_is_refused(posts, county):
    drawn(county)

    with pytest.raises(OffTheMap, match="不在本地范围"):
        tell(place=county.upper, latitude=39_900_000, longitude=116_400_000)
    assert not Order.objects.exists()


def test_a_photo_is_kept_for_the_handler_without_what_the_camera_wrote(posts, county):
    received = tell(place=county.upper, photo=photo())

    telling = Telling.objects.get(order__case__number=received.number)
    assert telling.photo.subject == f"orders.order:{telling.order_id}"
    assert telling.photo.klass == Document.Class.PERSONAL
    with open_document(telling.photo) as file, Image.open(file) as picture:
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        ({"name": "x.exe", "content": b"MZ\x90\x00"}, NotAPhoto),
        ({"name": "x.pdf", "content": b"%PDF-1.7"}, NotAPhoto),
        ({"name": "x.jpg", "content": b"MZ\x90\x00" + b"\x00" * 99}, NotWhatItSays),
        ({"size": 50 << 20}, PhotoTooLarge),
    ],
)
def test_what_is_no_photo_is_refused_and_no_order_placed(posts, county, sent, refused):
    with pytest.raises(refused):
        tell(place=county.upper, photo=photo(**sent))
    assert not Order.objects.exists()
    assert not Document.objects.exists()


def test_a_complaint_about_conduct_names_the_unit_it_is_kept_from(posts, county):
    received = tell(kind="conduct.person", text="干部态度恶劣", place=county.upper)

    order = Order.objects.get(case__number=received.number)
    assert received.conduct
    assert received.receiver == "乙县"
    assert order.telling.concerns_id == county.upper
    assert order.place_id == county.county


def test_says_in_words_where_it_stands_and_what_may_be_done(run):
    found = public.follow(run.code, at=moment(hour=9))
    assert (found.kind, found.tone, found.may_judge, found.overdue) == (
        "路灯不亮",
        "idle",
        False,
        False,
    )
    run.done()
    found = public.follow(run.code, at=moment(hour=11))
    assert (found.state, found.may_judge) == ("已办结，等您评价", True)
    public.judge(run.code, solved=True, satisfied=True, at=moment(hour=12))
    found = public.follow(run.code, at=moment(hour=13))
    assert (found.state, found.may_judge, found.may_add) == ("已结案", False, False)


def test_withdrawn_it_says_so(run):
    public.withdraw(run.code, at=moment(hour=12))

    assert public.follow(run.code, at=moment(hour=13)).state == "您已撤回"


def test_what_is_not_dealt_with_here_says_where_to_go(run, posts):
    run.do("exclude", posts.town, exclusion="other_channel", reason="正在打官司")

    answer = public.follow(run.code, at=moment(hour=11)).status.answer

    assert "正在打官司" in answer
    assert "法律咨询 12348" in answer


def test_a_photo_is_read_by_those_who_read_what_was_told(posts, county):
    received = tell(place=county.upper, photo=photo())
    document = Telling.objects.get(order__case__number=received.number).photo

    for sees in (posts.town, posts.county_officer):
        assert document_for(sees, document.pk) == document
    for stranger in (posts.west, posts.other_village):
        with pytest.raises(NoSuchDocument):
            document_for(stranger, document.pk)


def test_a_photo_of_conduct_is_kept_from_the_unit_concerned(posts, county):
    tell(kind="conduct.person", text="态度恶劣", place=county.upper, photo=photo())
    document = Document.objects.get()

    for kept_from in (posts.village, posts.town):
        with pytest.raises(NoSuchDocument):
            document_for(kept_from, document.pk)
