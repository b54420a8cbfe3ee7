"""HTML that an exported file may contain: escaped text, cleaned HTML, Markdown, formulas, tables."""
