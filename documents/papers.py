"""What did a file hold? Its lines in order, as the stages of extraction take them."""

from dataclasses import dataclass

from documents.codes import Doubt


@dataclass(frozen=True)
class Paper:
    """The lines of one file or pasted text, in NFC; a table's row is one line with its cells between bars.

    Footnotes that a file keeps apart stand at the end, each behind the superscript that marks it in the text.
    ``doubt`` tells why nothing in the lines is sure: a machine read them off a picture, or their letters were guessed.
    """

    name: str
    lines: tuple[str, ...]
    doubt: Doubt | None = None
