"""The official series: read, checked, and given as tables."""
