"""How is a file read? One door for files of every kind and one for pasted text, both giving a Paper."""

from documents.readers.files import admit, read_bytes, read_text

__all__ = ["admit", "read_bytes", "read_text"]
