"""What the other tests are made of."""

from hypothesis import given

from selfassess.definition.checks import checks
from selfassess.definition.tables import build
from tests.examples import examples
from tests.scoring import made


@examples(60)
@given(made.tables())
def test_the_questionnaires_made_up_for_tests_are_such_as_pass_the_checks(table: made.Table) -> None:
    assert [finding for finding in checks(build(table)) if finding.severity == "error"] == []
