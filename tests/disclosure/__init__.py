"""What a report shows, measured: how much of a round can be told, beside what must not be told."""
