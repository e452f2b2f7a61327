"""What does a PDF file hold? The lines of its text in reading order, and what a machine reads off pages that are pictures."""

from documents.readers.pdfs.files import MOST_PAGES, MOST_SCANNED, read

__all__ = ["MOST_PAGES", "MOST_SCANNED", "read"]
