"""The report of a round, section by section."""
