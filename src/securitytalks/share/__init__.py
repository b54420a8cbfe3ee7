"""The data for other programs: a description of every file, tables as CSV, the codebook, and how to cite all of it."""
