"""What a class works with: the plan, guesses, exercises and forms."""
