"""What moved between rounds, on screen."""
