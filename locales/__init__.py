"""In which languages does the bot speak? The catalogs, and what keeps them in step with the code."""
