"""How numbers, dates, citations and sentences are written."""
