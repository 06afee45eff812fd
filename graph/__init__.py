"""What is known, where it is kept, and what can be asked."""
