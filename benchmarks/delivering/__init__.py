"""What does the benchmark of delivery consist of? Figures, each in a module, and what they measure with."""
