"""The charts and tables of the notebooks, one module for each subject."""
