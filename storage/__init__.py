"""What is remembered? Tables, and functions that each take a session."""
