"""How is a number of a list written? In digits, letters or Roman numerals, as Word writes them."""

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_ALPHABET = 26
# No list is longer; beyond it a damaged file would have millions of letters drawn.
_LARGEST = 999


def written(form: str, number: int) -> str:
    """Write a number in a form of Word's ("lowerLetter": a to z without "đ", then aa); digits where the form is another."""
    if form == "none":
        return ""
    if form.startswith("lower"):
        return written(form.replace("lower", "upper", 1), number).lower()
    if 0 < number <= _LARGEST and form == "upperLetter":
        return chr(ord("A") + (number - 1) % _ALPHABET) * ((number - 1) // _ALPHABET + 1)
    if 0 < number <= _LARGEST and form == "upperRoman":
        return _roman(number)
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    """Write a number in Roman numerals."""
    signs = []
    for value, sign in _ROMAN:
        signs.append(sign * (number // value))
        number %= value
    return "".join(signs)
