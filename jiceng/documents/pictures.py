"""Photographs and scans without what cameras write into them: place, time, device. Pure.

The picture itself is not encoded anew: segments are left out, the rest stays bit for bit.
"""

import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from jiceng.documents.content import BROKEN, TOO_MANY_PIXELS, Faulty

PIXELS = 64_000_000  # an A3 page at 600 dpi has 70 million, a telephone's picture 12 to 50
_EXIF, _ICC = b"Exif\x00\x00", b"ICC_PROFILE\x00"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # markers that give width and height
_APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_SCAN, _END = 0xDA, 0xD9
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_CHUNKS = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM"),
    *(b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD", b"hIST"),
}
_PNG = b"\x89PNG\r\n\x1a\n"
_UNDECODABLE = (OSError, SyntaxError, ValueError, struct.error, zlib.error, EOFError, IndexError)


@dataclass(frozen=True, slots=True)
class _Segment:
    marker: int
    body: bytes  # without marker and length
    whole: bytes  # as it stood, with the coded data that follows a scan


def stripped(content: bytes) -> bytes:
    """Return a JPEG or PNG without its metadata; which way is up is kept.

    Raises:
        Faulty: cut short or damaged, or with more than PIXELS.
    """
    clean = _strip_png(content) if content.startswith(_PNG) else _strip_jpeg(content)
    _decode(clean)
    return clean


def _decode(content: bytes) -> None:
    """Make sure that the picture can be shown: a small copy of it is decoded from end to end."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
                picture.draft(picture.mode, (picture.width // 8, picture.height // 8))
                picture.load()
    except _UNDECODABLE as error:
        raise Faulty(BROKEN) from error


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Faulty(BROKEN)
    if width * height > PIXELS:
        raise Faulty(TOO_MANY_PIXELS)


def _strip_jpeg(content: bytes) -> bytes:
    kept, turned = [b"\xff\xd8"], 1
    for segment in _segments(content):
        if segment.marker in _FRAMES:
            height, width = _unpack(">xHH", segment.body)
            _check_size(width, height)
        if segment.marker == _APP1 and segment.body.startswith(_EXIF):
            turned = _orientation(segment.body.removeprefix(_EXIF))
        elif _is_picture(segment):
            kept.append(segment.whole)
    if turned != 1:
        kept.insert(1, _only_orientation(turned))
    return b"".join(kept)


def _is_picture(segment: _Segment) -> bool:
    if segment.marker == _APP2:
        return segment.body.startswith(_ICC)
    described = _APP1 <= segment.marker <= _APP15 and segment.marker != _APP14
    return not described and segment.marker != _COMMENT


def _segments(content: bytes) -> Iterator[_Segment]:
    """Yield the segments up to the end of the picture; what follows it is left out."""
    place = 2
    while True:
        while content[place : place + 2] == b"\xff\xff":
            place += 1
        if content[place : place + 1] != b"\xff" or place + 4 > len(content) + 2:
            raise Faulty(BROKEN)
        marker = content[place + 1] if place + 1 < len(content) else 0
        if marker == _END:
            yield _Segment(marker, b"", b"\xff\xd9")
            return
        (length,) = _unpack(">H", content[place + 2 : place + 4])
        stop = place + 2 + length
        if length < 2 or stop > len(content):
            raise Faulty(BROKEN)
        body, begin = content[place + 4 : stop], place
        if marker == _SCAN:
            stop = _end_of_scan(content, stop)
        yield _Segment(marker, body, content[begin:stop])
        place = stop


def _end_of_scan(content: bytes, place: int) -> int:
    found = _NEXT_MARKER.search(content, place)
    if found is None:
        raise Faulty(BROKEN)
    return found.start()


def _orientation(tiff: bytes) -> int:
    """Return 1 to 8 as the camera wrote it; 1 where it cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(count):
            tag, value = struct.unpack_from(f"{order}H6xH", tiff, start + 2 + 12 * number)
            if tag == 0x0112:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _only_orientation(turned: int) -> bytes:
    body = _EXIF + b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01"
    body += struct.pack(">HHI", turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _strip_png(content: bytes) -> bytes:
    kept, place = [_PNG], len(_PNG)
    while True:
        length, name = _unpack(">I4s", content[place : place + 8])
        stop = place + 12 + length
        if stop > len(content):
            raise Faulty(BROKEN)
        if name == b"IHDR":
            _check_size(*_unpack(">II", content[place + 8 : place + 16]))
        if name in _CHUNKS:
            kept.append(content[place:stop])
        if name == b"IEND":
            return b"".join(kept)
        place = stop


def _unpack(form: str, taken: bytes) -> tuple:
    try:
        return struct.unpack_from(form, taken)
    except struct.error as error:
        raise Faulty(BROKEN) from error
