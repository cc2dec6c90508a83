"""What is made here: PDF without a network, bundles that are the same each time, QR codes."""

import io
import json
import re
import subprocess
import zipfile
import zlib

import pytest

from jiceng.documents import bundle, pdf, qr

PAGE = "<html lang=zh><style>body {font-family: 'Noto Sans CJK SC'}</style><p>村民代表会议决议</p>"


def unpacked(made):
    """Return a PDF's streams, unpacked, one after the other."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", made, re.S)
    return b"".join(zlib.decompress(one) for one in streams if one.startswith(b"x"))


def test_a_pdf_has_its_title_and_carries_its_fonts():
    made = unpacked(pdf.render(PAGE, title="决议"))

    assert "决议".encode("utf-16-be").hex().encode() in made.lower()
    assert b"CJK" in made
    assert b"/FontFile" in made
    for letter in "村民代表会议决议":  # each is drawn from a font that has it
        assert f"<{letter.encode('utf-16-be').hex()}>".encode() in made.lower()


def test_a_pdf_is_the_same_each_time():
    assert pdf.render(PAGE, title="决议") == pdf.render(PAGE, title="决议")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "file:///etc/hostname",
        "//example.org/static/x.png",
        "/static/../../etc/hostname",
        "/static/%2e%2e/%2e%2e/etc/hostname",
        "ftp://example.org/x",
        "data:text/css,body{}",
    ],
)
def test_a_pdf_asks_for_nothing_outside_the_house(address, monkeypatch):
    asked = []
    monkeypatch.setattr("socket.socket.connect", lambda *where: asked.append(where))
    html = f'<link rel=stylesheet href="{address}"><img src="{address}"><p>文</p>'

    assert pdf.render(html, title="文").startswith(b"%PDF-")
    assert asked == []
    assert pdf.static_file(address) is None


def test_a_pdf_finds_the_static_files_of_the_house():
    found = pdf.static_file("house:///static/ui/mark.svg")
    assert found is not None
    assert found.name == "mark.svg"


def test_a_pdf_is_drawn_with_the_styles_that_a_page_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "sheet.css").write_text("@page { size: 300pt 200pt }")

    page = '<link rel=stylesheet href="/static/sheet.css"><p>文</p>'
    made = unpacked(pdf.render(page, title="文"))

    assert b"MediaBox [0 0 300 200" in made


def test_a_missing_library_is_told_in_words(monkeypatch):
    pdf._weasyprint.cache_clear()

    def without_pango(name, *rest, **more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return original(name, *rest, **more)

    original = __import__
    monkeypatch.setattr("builtins.__import__", without_pango)
    with pytest.raises(pdf.PdfNotAvailable, match="请系统管理员安装 Pango"):
        pdf.render(PAGE, title="决议")


def test_a_bundle_is_the_same_each_time_and_can_be_checked(tmp_path):
    (tmp_path / "纪要.pdf").write_bytes(b"%PDF")
    entries = [("材料/纪要.pdf", tmp_path / "纪要.pdf"), ("决议.txt", b"passed")]
    with bundle.zip_of(entries, {"case": "2017-1"}) as one:
        first = one.read()
    with bundle.zip_of(entries, {"case": "2017-1"}) as two:
        assert first == two.read()

    folder = tmp_path / "out"
    zipfile.ZipFile(io.BytesIO(first)).extractall(folder)
    subprocess.run(["sha256sum", "--check", "--strict", "manifest.txt"], cwd=folder, check=True)
    told = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert told["case"] == "2017-1"
    assert [one["name"] for one in told["files"]] == ["材料/纪要.pdf", "决议.txt"]
    assert told["files"][0]["size"] == 4


def test_names_of_a_bundle_stay_inside_and_apart():
    entries = [(name, b"x") for name in ("../a.txt", "/A.txt", "C:\\b\\c.txt", "manifest.txt", "")]
    with bundle.zip_of(entries, {}) as file:
        names = zipfile.ZipFile(file).namelist()

    assert names[:2] == ["a.txt", "A（2）.txt"]
    assert names[2:5] == ["C：/b/c.txt", "manifest（2）.txt", "_"]
    assert names[5:] == ["manifest.json", "manifest.txt"]


def test_a_qr_code_is_markup_without_script_or_style():
    drawn = qr.svg_of("https://jiceng.example/notices/x?<script>")

    assert drawn.startswith("<svg")
    assert "script" not in drawn
    assert "style=" not in drawn
    assert 'viewBox="' in drawn
