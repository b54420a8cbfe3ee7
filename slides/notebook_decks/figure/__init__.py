"""A Plotly figure, read from an output and written into a page or a deck."""
