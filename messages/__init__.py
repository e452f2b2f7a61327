"""What does the bot say? Functions from domain values to messages, in the reader's language."""
