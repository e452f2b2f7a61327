"""Does a pasted text go to the end of a notice? Told by the closing sentence, its mark, or the recipients."""

from documents.extraction import letters, sections

END_MARK = "./."
"""What a Vietnamese office writes behind the last word of a paper (Annex I of Decree 30/2020/NĐ-CP)."""


def is_whole(text: str) -> bool:
    """Tell whether the text has come to the end of a notice, whatever may stand behind it."""
    return any(_ends(line.strip()) for line in text.splitlines())


def _ends(line: str) -> bool:
    return line.endswith(END_MARK) or letters.fold(line).startswith("noi nhan") or (bool(line) and sections.is_closing(line))
