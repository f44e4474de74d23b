"""Documents: values become blocks, and blocks become text, Markdown, HTML or data."""
