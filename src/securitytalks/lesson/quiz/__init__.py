"""The quiz form: a question with options."""
