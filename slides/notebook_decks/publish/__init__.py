"""Publish a folder of notebooks: pages, decks, students' notebooks, an index and zips."""
