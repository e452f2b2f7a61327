"""What is remembered? Tables, and functions that each take a session."""

from storage import mapping  # noqa: F401  # lays the domain's classes onto their tables, whichever module comes first
