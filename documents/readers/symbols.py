"""Which sign does a font of pictures print? The signs that papers use of Symbol and of Wingdings, as signs of Unicode."""

# Word writes the signs of such a font into a range of their own, beside the letters whose places they take.
_PRIVATE = range(0xF000, 0xF100)
_SYMBOL = {0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xAE: "→"}
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0x76: "•", 0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xE8: "→",
    0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_UNKNOWN = "•"


def is_pictures(font: str) -> bool:
    """Tell whether a font prints pictures in place of letters."""
    return font.strip().casefold().startswith(("symbol", "wingdings", "webdings"))


def printed(code: int, font: str) -> str:
    """Give the sign that a font prints for a code; a picture without a like in Unicode is a bullet."""
    place = code - _PRIVATE.start if code in _PRIVATE else code
    name = font.strip().casefold()
    if name.startswith("symbol"):
        return _SYMBOL.get(place, _UNKNOWN if code in _PRIVATE else chr(place))
    if is_pictures(name):
        return _WINGDINGS.get(place, _UNKNOWN) if name == "wingdings" else _UNKNOWN
    return chr(place)


def text(words: str, font: str) -> str:
    """Give a text with the signs that a font prints in place of its letters; other fonts' texts stay as they are."""
    pictures = is_pictures(font)
    if not pictures and not any(ord(sign) in _PRIVATE for sign in words):
        return words
    return "".join(printed(ord(sign), font) if ord(sign) in _PRIVATE or (pictures and sign != " ") else sign for sign in words)
