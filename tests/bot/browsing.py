"""What would a reader's browser make of a page? Its anchors, links, marks and words, and how wide Chromium lays it out."""

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from pathlib import Path

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MEASURES = """
addEventListener("load", () => {
  const page = document.querySelector("iframe").contentDocument;
  const wide = (one) => one.scrollWidth - one.clientWidth;
  const most = Math.max(...[page.documentElement, ...page.querySelectorAll("section")].map(wide));
  document.body.dataset.overflow = most;
});
"""
EMPTY = frozenset({"meta", "br", "img", "input", "link"})
BLOCKS = frozenset({"article", "dd", "div", "dt", "h1", "h2", "h3", "li", "p"})


@dataclass
class Element:
    """An element of a page, with the words in it."""

    tag: str
    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, with single spaces."""
        return " ".join("".join(self.words).split())


class Page(HTMLParser):
    """The elements of a page in order; raises AssertionError where tags are crossed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        if tag not in EMPTY:
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self._open.pop().tag == tag
        if tag in BLOCKS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        """Give words to every open element; the number of a task, which the paper does not hold, to its own alone."""
        numbers = [element for element in self._open if element.attributes.get("class") == "task-number"]
        for element in numbers or self._open:
            element.words.append(data)

    def those(self, tag: str, **attributes: str) -> list[Element]:
        """Give the elements of a tag whose attributes hold these words; ``class_`` is the class."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            one
            for one in self.elements
            if one.tag == tag and all(value in one.attributes.get(name, "").split() for name, value in wanted.items())
        ]

    def at(self, anchor: str) -> Element:
        """Give the one element of an anchor."""
        (found,) = [one for one in self.elements if one.attributes.get("id") == anchor]
        return found


def overflow(html: str, width: int, folder: Path) -> int:
    """Give by how many pixels a page and its columns are wider than a window of this width, as Chromium lays them out."""
    assert CHROMIUM
    frame = f'<iframe style="width:{width}px;height:800px;border:0" srcdoc="{escape(html)}"></iframe>'
    wrapper = folder / "wrapper.html"
    wrapper.write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{frame}<script>{MEASURES}</script>", encoding="utf-8")
    command = [CHROMIUM, *QUIET, f"--user-data-dir={folder}/profile", "--dump-dom", wrapper.as_uri()]
    dumped = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)  # noqa: S603 - a page of ours
    found = re.search(r'data-overflow="(-?\d+)"', dumped.stdout)
    assert found, dumped.stderr[-500:]
    return int(found[1])
