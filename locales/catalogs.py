"""Are the catalogs in step with the code? What the code says is extracted, and each language is brought up to it."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("en", "vi")
SOURCE_LANGUAGE = "en"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"say": None, "plural": (1, 2), "N_": None}
TRANSLATOR_NOTE = "Translators:"

_ROOT = Path(__file__).parents[1]
_SOURCES = "messages"
_TEMPLATE_HEADER = r"""msgid ""
msgstr ""
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
_HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"Plural-Forms: {plural_forms}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def template_path(root: Path = _ROOT) -> Path:
    """Give the file that holds every message of the code."""
    return root / "locales" / "messages.pot"


def catalog_path(language: str, root: Path = _ROOT) -> Path:
    """Give the file that holds the messages of one language."""
    return root / "locales" / language / "LC_MESSAGES" / "messages.po"


def read(language: str, root: Path = _ROOT) -> Catalog:
    """Read the catalog of a language."""
    with catalog_path(language, root).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def extracted(root: Path = _ROOT) -> Catalog:
    """Collect the messages that the code marks with ``say``, ``plural`` and ``N_``."""
    found = Catalog()
    sources = extract_from_dir(
        root / _SOURCES,
        method_map=[("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=(TRANSLATOR_NOTE,),
        strip_comment_tags=True,
    )
    for name, line, message, comments, context in sources:
        found.add(message, locations=[(f"{_SOURCES}/{name}", line)], auto_comments=comments, context=context)
    return found


def template(root: Path = _ROOT) -> bytes:
    """Write the template as it should be now; it changes only when a message does."""
    return _TEMPLATE_HEADER.encode() + _entries(extracted(root))


def refresh(root: Path = _ROOT) -> None:
    """Write the template, and bring each language up to it; no translation is guessed, and none that is unused is kept."""
    template_path(root).write_bytes(template(root))
    for language in LANGUAGES:
        catalog = read(language, root)
        catalog.update(extracted(root), no_fuzzy_matching=True)
        if language == SOURCE_LANGUAGE:
            _fill(catalog)
        header = _HEADER.format(language=language, plural_forms=catalog.plural_forms)
        catalog_path(language, root).write_bytes(header.encode() + _entries(catalog))


def is_translated(message: Message) -> bool:
    """Tell whether every form of the message has words that a person has agreed to."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return all(forms) and not message.fuzzy


def _fill(catalog: Catalog) -> None:
    for message in catalog:
        if message.id and not is_translated(message):
            message.string = message.id
            message.flags.discard("fuzzy")


def _entries(catalog: Catalog) -> bytes:
    # Babel's own header is left out: its dates and its version would change the files when no message did.
    written = BytesIO()
    write_po(written, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return written.getvalue()


if __name__ == "__main__":
    refresh()
