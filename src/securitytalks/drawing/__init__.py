"""How a chart is drawn: theme, marks, panels, text, and the final check."""
