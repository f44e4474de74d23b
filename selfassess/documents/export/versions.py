"""What changed between two versions of a questionnaire, as JSON."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from selfassess.model.reports import VersionReport

if TYPE_CHECKING:
    from selfassess.documents.export.summary import Document


def as_document(report: VersionReport) -> "Document":
    """The whole of it as data."""
    sides = [
        {
            "name": name,
            "questionnaire": edition.questionnaire.id,
            "version": edition.questionnaire.version,
            "sha256": edition.sha256,
            "form": form,
        }
        for name, edition, form in zip(report.names, report.editions, report.forms, strict=True)
    ]
    whole = report.comparability
    return {
        "format": 1,
        "before": sides[0],
        "after": sides[1],
        "touched": report.touched,
        "same_version": report.same_version,
        "changes": [asdict(change) for change in report.changes],
        "items": [asdict(item) for item in whole.items],
        "overall": asdict(whole.overall),
        "strands": [asdict(node) for node in whole.strands],
        "benchmarks": [asdict(node) for node in whole.benchmarks],
    }
