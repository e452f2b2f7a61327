"""Does the tree keep its shape? Layers, the one committer, the few clocks, sizes and docstrings."""
