"""Does it do what it says? The tests mirror the tree."""
