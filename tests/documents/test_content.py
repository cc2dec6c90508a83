"""What is taken: the content must be what the name says. Every no says what to do."""

import datetime
import io
import struct
import zlib

import pytest
from PIL import Image

from jiceng.core.refusals import Invalid
from jiceng.documents import content, pictures
from jiceng.documents.content import media_type_of
from jiceng.documents.models import Document
from jiceng.documents.queries import open_document
from jiceng.documents.refusals import (
    Broken,
    CarriesProgram,
    EmptyFile,
    KindNotTaken,
    NotWhatItSays,
    Protected,
    TooLarge,
    UnknownRetention,
    WrongWords,
)
from tests.documents.makers import DOCX_TYPE, PDF, bomb, docx, locked_zip, photograph, xlsx

TEXT = "村民代表会议签到\n张三\n".encode()
MACROS = [
    docx(parts=[("word/vbaProject.bin", b"x")]),
    docx(parts=[("other/VBAPROJECT.BIN", b"x")]),
    docx(types=DOCX_TYPE.replace("document.main", "document.macroEnabled.main")),
]


def stored(document):
    with open_document(document) as file:
        return file.read()


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@pytest.mark.parametrize(
    ("body", "name", "media_type"),
    [
        (PDF, "纪要.PDF", "application/pdf"),
        (photograph(), "照片.jpg", "image/jpeg"),
        (photograph("PNG"), "扫描.png", "image/png"),
        (docx(), "纪要.docx", content.DOCX.media_type),
        (xlsx(), "签到.xlsx", content.XLSX.media_type),
        (TEXT, "纪要.txt", "text/plain"),
        (TEXT.decode().encode("gbk"), "名册.csv", "text/csv"),
        (b"\xef\xbb\xbf" + TEXT, "名册.csv", "text/csv"),
        (b"BM is how this text begins", "a.txt", "text/plain"),
    ],
)
def test_takes_what_is_what_its_name_says(keep, body, name, media_type):
    document = keep(body, name)

    assert document.media_type == media_type
    assert document.size == len(stored(document))


@pytest.mark.parametrize(
    ("body", "name", "refusal", "words"),
    [
        (b"", "纪要.pdf", EmptyFile, "文件是空的"),
        (b" \n ", "纪要.txt", EmptyFile, "文件是空的"),
        (photograph(), "纪要.pdf", NotWhatItSays, "文件名说是PDF，内容却不是"),
        (PDF, "纪要.txt", NotWhatItSays, "不要只改文件名"),
        (b"MZ\x90\x00\x03", "纪要.txt", NotWhatItSays, "文件名说是文本"),
        (photograph("PNG"), "照片.jpg", NotWhatItSays, "JPEG"),
        (docx(), "签到.xlsx", NotWhatItSays, "Excel"),
        (xlsx(), "纪要.docx", NotWhatItSays, "Word"),
        (PDF, "纪要.exe", KindNotTaken, "不收“.exe”文件"),
        (PDF, "纪要", KindNotTaken, "没有后缀"),
        (b"\xd0\xcf\x11\xe0", "纪要.doc", KindNotTaken, "另存为 .docx"),
        (b"\0\0\0 ftypheic", "照片.heic", KindNotTaken, "兼容性最佳"),
        (PDF[:-20], "纪要.pdf", Broken, "可能没有传完"),
        (PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "纪要.pdf", Protected, "取消"),
        (
            PDF.replace(b"/Type", b"/OpenAction << /JS (x) >> /Type"),
            "a.pdf",
            CarriesProgram,
            "脚本",
        ),
        (photograph()[:-200], "照片.jpg", Broken, "JPEG 图片文件不完整"),
        (photograph("PNG")[:-200], "扫描.png", Broken, "重新导出或扫描"),
        (docx()[:-30], "纪要.docx", Broken, "可能没有传完"),
        (locked_zip(), "纪要.docx", Protected, "密码"),
        (bomb(), "纪要.docx", TooLarge, "解压后过大"),
        *[(one, "纪要.docx", CarriesProgram, "带有宏") for one in MACROS],
        (b"one\x07two" * 9, "纪要.txt", Broken, "另存为 UTF-8"),
        (b"\xff\xff\xff\xff text", "纪要.txt", Broken, "另存为 UTF-8"),
    ],
)
def test_refuses_in_words_what_is_not(keep, body, name, refusal, words):
    with pytest.raises(refusal, match=words) as refused:
        keep(body, name)

    assert isinstance(refused.value, Invalid)
    assert not Document.objects.exists()


def test_what_is_in_a_stream_of_a_pdf_is_no_script(keep):
    text = PDF.replace(b"trailer", b"stream\n/JS /Encrypt /Launch\nendstream\ntrailer")
    assert keep(text, "纪要.pdf").media_type == "application/pdf"


def test_stops_reading_at_the_limit(keep, settings):
    settings.UPLOAD_LIMIT_BYTES = 1 << 20
    assert keep(TEXT * 100, "a.txt").size == len(TEXT) * 100
    with pytest.raises(TooLarge, match="超过 1 兆字节"):
        keep(b"x" * ((1 << 20) + 1), "b.txt")


@pytest.mark.parametrize(
    ("words", "refusal", "sentence"),
    [
        ({"name": "x" * 157 + ".pdf"}, WrongWords, "文件名超过 160 个字"),
        ({"title": " "}, WrongWords, "请填写标题"),
        ({"title": "长" * 121}, WrongWords, "标题超过 120 个字"),
        ({"retention": "5_years"}, UnknownRetention, "没有这一档保管期限"),
    ],
)
def test_refuses_words_that_are_missing_or_too_long(keep, words, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        keep(PDF, **{"name": "a.pdf"} | words)


def test_a_name_is_never_a_path_and_hides_nothing(keep):
    assert keep(PDF, "../../etc/\u202efdp.纪要\x00.pdf").name == "fdp.纪要.pdf"
    assert keep(PDF, "C:\\资料\\纪要.pdf").name == "纪要.pdf"


@pytest.mark.parametrize(("form", "name"), [("JPEG", "照片.jpg"), ("PNG", "扫描.png")])
def test_a_photograph_loses_place_and_device_and_nothing_else(keep, form, name):
    taken = photograph(form, turned=1)
    kept = stored(keep(taken, name))

    assert b"telephones" in taken
    assert b"telephones" not in kept
    assert b"28.125" not in kept
    with Image.open(io.BytesIO(kept)) as after, Image.open(io.BytesIO(taken)) as before:
        assert dict(after.getexif()) == {}
        assert after.tobytes() == before.tobytes()


def test_a_photograph_still_knows_which_way_is_up(keep):
    kept = stored(keep(photograph(turned=6), "照片.jpg"))
    with Image.open(io.BytesIO(kept)) as after:
        assert dict(after.getexif()) == {0x0112: 6}


def test_what_a_telephone_hangs_on_a_photograph_is_left_out(keep):
    kept = stored(keep(photograph() + b"\0\0\0\x18ftypmp42 a film", "照片.jpg"))
    assert kept.endswith(b"\xff\xd9")


@pytest.mark.parametrize("name", ["照片.jpg", "扫描.png"])
def test_a_picture_of_too_many_points_is_not_unpacked(keep, name):
    if name.endswith("jpg"):
        body = photograph(turned=1).replace(struct.pack(">HH", 24, 32), b"\xff\x00\xff\x00")
    else:
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
        body = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    with pytest.raises(TooLarge, match="6400 万像素"):
        keep(body, name)


def test_the_orientation_is_read_in_both_orders_and_never_from_nonsense():
    little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0"
    assert pictures._orientation(little) == 8
    assert [pictures._orientation(part) for part in (b"", b"II*\0\xff", little[:12])] == [1, 1, 1]


def test_name_and_head_must_agree():
    assert media_type_of(PDF, "a.pdf") == "application/pdf"
    assert media_type_of(PDF, "a.png") is None
    assert media_type_of(PDF, "a.zip") is None


@pytest.mark.parametrize(
    ("retention", "until"),
    [
        ("permanent", None),
        ("30_years", datetime.date(2048, 1, 1)),
        ("10_years", datetime.date(2028, 1, 1)),
    ],
)
def test_is_kept_from_the_next_year_on_for_the_years_of_its_class(keep, retention, until):
    assert keep(PDF, "a.pdf", retention=retention).retain_until == until
