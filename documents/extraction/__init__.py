"""How does text become a reading? Pure stages: noise, footnotes, paragraphs, outline, clauses, tasks."""
