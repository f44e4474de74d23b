"""From what may be said to a page: each format is a function of a report."""
