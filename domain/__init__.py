"""What are the office's rules? Plain values and their steps, on the standard library alone."""
