"""What did a file hold? Its lines in order, as the stages of extraction take them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """The lines of one file or pasted text, in NFC; a table's row is one line with its cells between bars.

    Footnotes that a file keeps apart stand at the end, each behind the superscript that marks it in the text.
    """

    name: str
    lines: tuple[str, ...]
