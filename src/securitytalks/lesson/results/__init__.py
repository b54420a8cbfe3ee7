"""Class results: what students hand in, as one line each, and how a class answered."""
