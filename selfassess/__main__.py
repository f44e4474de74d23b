"""python -m selfassess"""

from selfassess.cli.main import main

if __name__ == "__main__":
    main()
