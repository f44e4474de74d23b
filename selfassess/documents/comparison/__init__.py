"""What changed between rounds, or between one person's own sittings."""
