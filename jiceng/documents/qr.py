"""QR codes that stand in pages and prints, drawn here."""

import segno
from django.utils.safestring import SafeString


def svg_of(text: str) -> str:
    """Return a QR code as an SVG element that takes the size its surroundings give it.

    Medium correction: a board in the rain stays readable. Nothing of `text` is in the markup.
    """
    code = segno.make(text, error="m", micro=False)
    return SafeString(code.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None))
