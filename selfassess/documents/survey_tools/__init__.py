"""A questionnaire as other programs read it, so that people can be asked there."""
