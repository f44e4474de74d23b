"""The content of the pages about rounds: from a report to blocks, which the document view draws."""
