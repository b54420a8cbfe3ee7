"""What follows from the records: verdicts, comparisons, agreement."""
