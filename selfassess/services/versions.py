"""Hold two versions of a questionnaire against each other."""

from selfassess.model.questionnaire import Edition
from selfassess.model.reports import VersionReport
from selfassess.model.sheet import Form


def version_report(
    names: tuple[str, str], editions: tuple[Edition, Edition], forms: tuple[Form, Form]
) -> VersionReport:
    """Hold two editions against each other, each in the form that was answered."""
    from selfassess.definition.comparability import comparability
    from selfassess.definition.diff import diff, under_the_same_version

    old, new = (edition.questionnaire for edition in editions)
    changes = diff(old, new)
    return VersionReport(
        names=names,
        editions=editions,
        forms=forms,
        changes=changes,
        comparability=comparability(old, new, forms=forms),
        same_version=bool(under_the_same_version(old, new, changes)),
    )
