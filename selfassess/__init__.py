"""selfassess: partnerships look at how they work, in a terminal."""

__version__ = "0.1.0"
