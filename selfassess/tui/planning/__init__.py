"""The plan on screen: what was decided to do, by whom and until when."""
