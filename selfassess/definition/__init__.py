"""From TOML to a Questionnaire, or to every problem at once."""
