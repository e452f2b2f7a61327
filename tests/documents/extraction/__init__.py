"""Does each stage of extraction do its one thing? Tables of cases and properties."""
