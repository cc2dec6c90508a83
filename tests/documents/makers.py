"""Files as people bring them, whole ones and spoiled ones."""

import io
import zipfile

import xlsxwriter
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

PDF = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    b"trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
)
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def photograph(form="JPEG", *, turned=6, size=(32, 24)):
    """A picture as a telephone writes it: place, time, device, and which way it was held."""
    exif = Image.Exif()
    exif[Base.Make] = "Maker of telephones"
    exif[Base.Orientation] = turned
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (28.0, 7.0, 30.0)
    file = io.BytesIO()
    image = Image.effect_noise(size, 80).convert("RGB")
    image.save(file, form, exif=exif, comment="GPS 28.125")
    return file.getvalue()


def docx(*, parts=(), types=DOCX_TYPE):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<Types><Override ContentType="{types}"/></Types>')
        package.writestr("word/document.xml", "<w:document/>")
        for name, content in parts:
            package.writestr(name, content)
    return file.getvalue()


def xlsx():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.add_worksheet().write_string(0, 0, "签到")
    book.close()
    return file.getvalue()


def locked_zip():
    """A package whose parts say that they are encrypted."""
    content = bytearray(docx())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def bomb():
    return docx(parts=[("word/media/one.xml", b"\0" * (60 << 20))])
