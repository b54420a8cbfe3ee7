"""The table form: sorted, searched and filtered by a reader."""
