"""Until when, do the words say? The grammar of deadlines, and what an officer types."""

from documents.extraction.deadlines.meanings import Anchor
from documents.extraction.deadlines.places import Found, find, left_out
from documents.extraction.deadlines.rules import Strength
from documents.extraction.deadlines.typed import parse_typed

__all__ = ["Anchor", "Found", "Strength", "find", "left_out", "parse_typed"]
