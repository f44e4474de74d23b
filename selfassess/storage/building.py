"""How a project file comes into being, and how one of an older version is brought up to date."""

import secrets
from contextlib import closing
from pathlib import Path

from selfassess.model.sheet import ProjectKind
from selfassess.storage import schema, soundness, tables
from selfassess.storage.database import Database, connect
from selfassess.storage.trouble import Trouble


def build(path: Path, kind: ProjectKind, *, made_up: bool) -> None:
    """Make an empty file a project file."""
    with closing(connect(path, "rw", 0)) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        schema.build(connection)
        tables.set_up(connection, kind, secrets.token_hex(16), made_up=made_up)
        soundness.put_sum(connection)
        connection.execute("COMMIT")


def bring_up_to_date(database: Database) -> None:
    """Change a file of an older version into one of this, and keep the file as it was beside it. ProjectError where it
    may only be read."""
    if database.first(int, "PRAGMA user_version") == schema.VERSION:
        return
    if database.read_only:
        raise Trouble.OLDER.at(database.path)
    with database.transaction() as connection:
        version = schema.version_of(connection)
        if version < schema.VERSION:  # else another process was quicker
            database.copy(database.path.with_name(f"{database.path.name}.version-{version}"), overwrite=True)
            schema.migrate(connection)
