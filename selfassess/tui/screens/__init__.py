"""Screens, each of which returns a value. The navigation modules decide what to show next."""
