"""What several tests share: builders of seeds and readers of notebooks."""
