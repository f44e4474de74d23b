"""What the built program runs."""

from selfassess.cli.main import main

main()
