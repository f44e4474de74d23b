"""The report of a round as a file: the one page or the whole report, in any format."""

from selfassess.documents.blocks import Document
from selfassess.model.reports import RoundReport

DATA = ("json", "csv")
"""The formats of data, beside the media of documents."""


def document(report: RoundReport, *, full: bool) -> Document:
    """The one page for a board; the whole report if `full` or narrowed to a strand."""
    from selfassess.documents.round import board_page
    from selfassess.documents.round import report as whole

    return whole.document(report) if full or report.strand is not None else board_page.document(report)


def content(report: RoundReport, style: str, template: bytes | None = None, *, full: bool) -> str | bytes:
    """The content of the file in a format, by its name. A Word file takes its styles from the template. KeyError for an
    unknown format."""
    match style:
        case "csv":
            from selfassess.documents.export.round import round_csv

            return round_csv(report)
        case "json":
            from selfassess.documents.export.round import round_document
            from selfassess.documents.export.summary import to_json

            return to_json(round_document(report))
        case "xlsx":
            from selfassess.documents.export.round_sheets import sheets
            from selfassess.documents.render_xlsx import to_workbook

            return to_workbook(sheets(report), document(report, full=True))
    from selfassess.documents import media

    return media.write(document(report, full=full), style, template)
