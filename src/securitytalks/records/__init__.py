"""The records of the articles: read, checked, and given as tables."""
