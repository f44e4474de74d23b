"""The JSON Schema of questionnaire files as it is handed out: made by json_schema.py, written by docs/make.py."""

from importlib.resources import files

NAME = "questionnaire.schema.json"


def schema_text() -> str:
    """The schema. It stands in a file, since making it takes longer than all else that the command does."""
    return files("selfassess.definition").joinpath(NAME).read_text(encoding="utf-8")
