"""A long report on a terminal."""

import pytest
from rich.text import Text

from selfassess.cli import report


@pytest.fixture
def paged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went through the pager, on a terminal of 80 columns and 24 lines."""
    found: list[str] = []
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setattr("click.echo_via_pager", lambda text, color: found.append(text))
    return found


def test_more_than_a_screen_is_paged_in_plain_text(paged: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    report._show(Text("\n".join(["a line"] * 30), style="bold"), paged=True)
    assert paged == ["a line\n" * 30]
    assert capsys.readouterr().out == ""


def test_what_fits_is_not_and_neither_is_what_is_not_to_be(
    paged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    report._show(Text("a line"), paged=True)
    report._show(Text("\n".join(["a line"] * 30)), paged=False)
    assert paged == []
    assert capsys.readouterr().out.count("a line") == 31
