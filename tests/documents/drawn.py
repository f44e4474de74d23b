"""Any report as the page and the Markdown that the commands give out of it."""

from rich.console import RenderableType

from selfassess.documents import paper_form, personal, plan, render_markdown, render_rich
from selfassess.documents.blocks import Document
from selfassess.documents.comparison import personal as own_change
from selfassess.documents.comparison import report as comparison
from selfassess.documents.render_text import FORM, to_plain
from selfassess.documents.round import report as round_report
from selfassess.model.plan_report import PlanReport
from selfassess.model.reports import ComparisonReport, OwnChange, OwnReport, PaperForm, RoundReport


def page(report: object) -> RenderableType:
    return render_rich.page(personal.brief(report) if isinstance(report, OwnReport) else document(report))


def markdown(report: object) -> str:
    return render_markdown.to_markdown(document(report))


def plain(form: PaperForm) -> str:
    return to_plain(document(form), FORM)


def document(report: object) -> Document:
    match report:
        case RoundReport():
            return round_report.document(report)
        case OwnReport():
            return personal.document(report)
        case PlanReport():
            return plan.document(report)
        case PaperForm():
            return paper_form.document(report)
        case ComparisonReport():
            return comparison.document(report)
        case OwnChange():
            return own_change.document(report)
    raise TypeError(report)
