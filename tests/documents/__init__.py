"""Is a paper read as it was written? Tests of readers, stages and whole readings."""
