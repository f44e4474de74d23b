"""One person's pass through a questionnaire, as values: no screen, no file, no clock."""
