"""Runs `python -m notebook_decks.publish`."""

import sys

from notebook_decks.publish.cli import main

if __name__ == "__main__":
    sys.exit(main())
