"""Reports as data: JSON and CSV."""
