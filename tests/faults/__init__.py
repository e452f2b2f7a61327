"""Is anybody missed or told twice when the world fails? The real program, as processes that are killed, against the twin."""
