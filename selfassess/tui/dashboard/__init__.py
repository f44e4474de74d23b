"""A round's results on screen: what a facilitator brings to the meeting."""
