"""Groups side by side on the screen, however wide it is."""

import pytest

from selfassess.documents.blocks import HeatCell, HeatMap
from selfassess.tui.widgets.heat_map import lines

MAP = HeatMap(
    "Skills",
    ("All", "Board members", "External partners"),
    (
        ("Asking before deciding", (HeatCell("missing", "low"), HeatCell("53"), HeatCell("covered", "reached"))),
        ("Making contacts", (HeatCell("covered", "reached"), HeatCell("–"), HeatCell("short", "low"))),
    ),
)


def drawn(width: int) -> list[str]:
    found = lines(MAP, width)
    assert all(line.cell_length <= width for line in found)
    return [line.plain.rstrip() for line in found]


def test_in_a_wide_window_each_group_has_its_name_on_one_line() -> None:
    head, first, second = drawn(80)
    assert head.split() == ["All", "Board", "members", "External", "partners"]
    assert first.split() == ["Asking", "before", "deciding", "missing", "▼", "53", "covered", "▲"]
    assert second.split() == ["Making", "contacts", "covered", "▲", "–", "short", "▼"]
    assert first.index("missing") == second.index("covered") != -1


@pytest.mark.parametrize("width", [60, 48])
def test_in_a_narrow_one_names_of_groups_break_first(width: int) -> None:
    first, second, *rows = drawn(width)
    assert "Board" in first
    assert second.split() == ["All", "members", "partners"]
    assert any("Making contacts" in row and "short ▼" in row for row in rows)


def test_where_there_is_no_room_each_group_is_named_below() -> None:
    assert drawn(36) == [
        "Asking before deciding",
        "  All: missing ▼ · Board members: 53",
        "  · External partners: covered ▲",
        "Making contacts",
        "  All: covered ▲ · Board members: –",
        "  · External partners: short ▼",
    ]
