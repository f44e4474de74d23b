"""Files of office programs, which are ZIP files of XML: the same bytes whenever they are written."""

import io
import zipfile

FIRST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can say."""


def settled(content: bytes) -> bytes:
    """The same file without the time at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename, FIRST), old.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()
