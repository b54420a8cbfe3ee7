"""The coding form: a class codes passages and compares its codes."""
