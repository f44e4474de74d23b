"""Addresses as QR codes, to be scanned with a phone. The library comes with the extra “host”."""

import io

import segno

ALTERNATIVE = "The same address as a code to scan"


def svg(address: str) -> str:
    """The QR code as SVG, as wide as the space it is put in."""
    made = _code(address).svg_inline(border=2, omitsize=True, dark="#000", light="#fff", title=ALTERNATIVE)
    return str(made)


def png(address: str) -> bytes:
    """The QR code as PNG."""
    drawn = io.BytesIO()
    _code(address).save(drawn, kind="png", scale=8, border=2)
    return drawn.getvalue()


def lines(address: str) -> list[str]:
    """The QR code as text, two rows in a line; to be shown dark on light."""
    rows = [list(row) for row in _code(address).matrix_iter(border=2)]
    rows += [[0] * len(rows[0])] * (len(rows) % 2)
    return [
        "".join(" ▀▄█"[bool(above) + 2 * bool(below)] for above, below in zip(*rows[at : at + 2], strict=True))
        for at in range(0, len(rows), 2)
    ]


def _code(address: str) -> segno.QRCode:
    # The least correction: a code on a screen or a clean sheet needs none, and each step makes it finer.
    return segno.make(address, error="l", micro=False, boost_error=False)
