"""Files of office programs, which are ZIP files of XML: the same bytes whenever they are written."""

import io
import re
import zipfile

FIRST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can say."""
TIMES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)
"""When a file was made, among its properties: a project file does not say when anything happened, nor do these."""


def without_times(content: bytes) -> bytes:
    """The same file without the time at which it was written; nor is that in a workbook within it, as a chart has."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(
                zipfile.ZipInfo(part.filename, FIRST), _part(part.filename, old.read(part)), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _part(name: str, content: bytes) -> bytes:
    if name == "docProps/core.xml":
        return TIMES.sub(b"", content)
    return without_times(content) if name.endswith(".xlsx") else content
