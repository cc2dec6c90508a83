"""What a file is, by its first bytes and by its name together. Pure."""

from dataclasses import dataclass
from pathlib import PurePosixPath

HEAD = 4096  # bytes that decide what a file seems to be


class Faulty(ValueError):
    """The content is not as it should be; `kind` names the fault for who puts it into words."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


BROKEN = "broken"  # cut short or damaged
LOCKED = "locked"  # opens with a password only
MACROS = "macros"
ACTIVE = "active"  # a PDF with script
SWELLS = "swells"  # small as it comes, huge when unpacked
TOO_MANY_PIXELS = "pixels"
UNREADABLE = "unreadable"  # text in no encoding that is known
OTHER = "other"  # whole, but not what the name says


@dataclass(frozen=True, slots=True)
class Type:
    """A type of file that is taken."""

    media_type: str
    endings: tuple[str, ...]
    starts: tuple[bytes, ...] = ()  # empty: text


PDF = Type("application/pdf", (".pdf",), (b"%PDF-",))
JPEG = Type("image/jpeg", (".jpg", ".jpeg"), (b"\xff\xd8\xff",))
PNG = Type("image/png", (".png",), (b"\x89PNG\r\n\x1a\n",))
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = Type(f"{_OFFICE}wordprocessingml.document", (".docx",), (b"PK\x03\x04",))
XLSX = Type(f"{_OFFICE}spreadsheetml.sheet", (".xlsx",), (b"PK\x03\x04",))
TXT = Type("text/plain", (".txt",))
CSV = Type("text/csv", (".csv",))
TAKEN = (PDF, JPEG, PNG, DOCX, XLSX, TXT, CSV)
BY_MEDIA_TYPE = {type_.media_type: type_ for type_ in TAKEN}

# What is no text, though some of it might be read as such.
_NO_TEXT = (
    *(start for type_ in TAKEN for start in type_.starts),
    b"\xd0\xcf\x11\xe0",  # Office before 2007
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"\x7fELF",
    b"GIF8",
    b"RIFF",
    b"II*\x00",
    b"MM\x00*",
)


def media_type_of(head: bytes, name: str) -> str | None:
    """Return the media type that name and first bytes agree on; None when they do not, or when
    the type is not taken. Whether the rest keeps the promise is looked at elsewhere.
    """
    type_ = type_by_name(name)
    return type_.media_type if type_ is not None and _begins_as(head, type_) else None


def type_by_name(name: str) -> Type | None:
    """Return the type that a file's name promises."""
    ending = ending_of(name)
    return next((type_ for type_ in TAKEN if ending in type_.endings), None)


def ending_of(name: str) -> str:
    """Return `.pdf`; empty for a name without one."""
    return PurePosixPath(name).suffix.lower()


def _begins_as(head: bytes, type_: Type) -> bool:
    if type_.starts:
        return head.startswith(type_.starts)
    return b"\x00" not in head and not head.startswith(_NO_TEXT)
