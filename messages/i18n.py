"""How are words found in a reader's language? Catalogs read once, and a ``Speech`` that is handed around."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from html import escape
from importlib.resources import files
from io import BytesIO

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import Translations

LANGUAGES = ("vi", "en")


class Marked(str):
    """Text whose special characters are escaped already."""

    __slots__ = ()


def N_(msgid: str) -> str:  # noqa: N802  # the name by which extraction tools know a message that is said later
    """Mark a message for the catalogs where it is only named."""
    return msgid


@dataclass(frozen=True)
class Speech:
    """A reader's language, and the office's zone for the moments that are told.

    Every field of a message is escaped for the channel's markup, but ``Marked`` text.
    """

    language: str
    zone: tzinfo

    def say(self, msgid: str, **fields: object) -> Marked:
        """Give a message with its named fields filled in."""
        return self._fill(_catalog(self.language).gettext(msgid), fields)

    def plural(self, one: str, many: str, n: int, **fields: object) -> Marked:
        """Give a message by a number, which fills the field ``n``."""
        text = _catalog(self.language).ngettext(one, many, n)
        return self._fill(text, {"n": self.number(n), **fields})

    def number(self, number: int) -> str:
        """Write a number."""
        return format_decimal(number, locale=self.language)

    def percent(self, number: int) -> str:
        """Write so many percent."""
        return format_percent(number / 100, locale=self.language)

    def day(self, day: date) -> str:
        """Write a day with its weekday, like "thứ Sáu, 19/02/2021"."""
        # Within a sentence an office writes "thứ Sáu" and "Chủ nhật", where CLDR has the names for headings.
        weekday = format_date(day, "EEEE", locale=self.language).replace("Thứ ", "thứ ").replace("Chủ Nhật", "Chủ nhật")
        return f"{weekday}, {self.date(day)}"

    def date(self, day: date) -> str:
        """Write a day in figures."""
        return format_date(day, "dd/MM/yyyy", locale=self.language)

    def moment(self, moment: datetime) -> str:
        """Write a moment in the office's zone, like "08:00 thứ Sáu, 19/02/2021"."""
        local = moment.astimezone(self.zone)
        return f"{format_time(local, 'HH:mm', locale=self.language)} {self.day(local.date())}"

    def series(self, items: Iterable[str]) -> Marked:
        """Join words the way the language does."""
        return Marked(format_list([self._marked(item) for item in items], locale=self.language))

    def strong(self, text: str) -> Marked:
        """Set a text in bold."""
        return Marked(f"<b>{self._marked(text)}</b>")

    def lines(self, *lines: str | None) -> str:
        """Put marked lines under each other, leaving out what is None."""
        return "\n".join(line for line in lines if line is not None)

    @staticmethod
    def _marked(value: object) -> str:
        return value if isinstance(value, Marked) else escape(str(value), quote=False)

    def _fill(self, text: str, fields: dict[str, object]) -> Marked:
        return Marked(text.format(**{name: self._marked(value) for name, value in fields.items()}))


@cache
def _catalog(language: str) -> Translations:
    """Read a language's catalog; compiled in memory, so that no built file can be out of date."""
    source = files("locales").joinpath(language, "LC_MESSAGES", "messages.po")
    with source.open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)
