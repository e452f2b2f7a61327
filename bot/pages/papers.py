"""How is the paper itself shown? Line for line as printed, with its marks, and with signs where a sentence goes on elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import pairwise

from bot.pages.marks import TASK_FIELDS, Mark, Piece, Places, first_line
from channels.markup import plain
from documents import printing
from domain.readings import Reading
from messages import pages, readings
from messages.i18n import Speech

# A paper of plain text sets two columns beside each other with many spaces.
_BETWEEN_COLUMNS = re.compile(r"(?<=\S)(?:[ \u00a0]{3,}|\s*\t\s*)(?=\S)")


def legend(speech: Speech) -> str:
    """Show what each colour means."""
    return " ".join(f'<mark class="{field}">{readings.name(speech, field)}</mark>' for field in (*TASK_FIELDS, "finding"))


def paper(reading: Reading, speech: Speech, places: Places) -> str:
    """Show all lines."""
    sheet = _Sheet(reading, speech, places)
    return "\n".join(sheet.line(number) for number in range(len(reading.lines)))


@dataclass(frozen=True)
class _Sheet:
    """The lines of a paper, with what is shown at them."""

    reading: Reading
    speech: Speech
    places: Places

    def line(self, number: int) -> str:
        """Show a line, counted from 0: beside it its number and the tasks that begin there."""
        text = self.reading.lines[number]
        anchor = f'id="line-{number + 1}"'
        if not text.strip():
            return f'<div class="blank" {anchor}></div>'
        kind = "line title" if number in self._title else "line"
        begun = (self._leading(task, f' id="task-{task}-text"') for task in self._begun.get(number, ()))
        beside = "".join(begun) or f'<span class="count">{number + 1}</span>'
        body = "".join(self._columns(text, number)) + self._joint(number)
        return f'<div class="{kind}" {anchor}><div class="beside">{beside}</div><div class="words">{body}</div></div>'

    @cached_property
    def _title(self) -> tuple[int, ...]:
        evidence = self.reading.evidence.get("title")
        return self.reading.sources[evidence.paragraph] if evidence else ()

    @cached_property
    def _begun(self) -> dict[int, list[int]]:
        """The tasks that begin on each line."""
        found: dict[int, list[int]] = {}
        for task, one in enumerate(self.reading.directives, 1):
            if (line := first_line(self.reading, one)) is not None:
                found.setdefault(line, []).append(task)
        return found

    @cached_property
    def _joints(self) -> dict[int, int]:
        """The line on which the sentence of another goes on, where something else is printed between them."""
        healed = (lines for number, lines in enumerate(self.reading.sources) if printing.healed(self.reading, number))
        return {earlier: later for lines in healed for earlier, later in pairwise(lines) if later - earlier > 1}

    def _leading(self, task: int, anchor: str = "") -> str:
        """Show a task's number, which leads to its card."""
        title = escape(plain(pages.item(self.speech, self.reading.directives[task - 1].ref)))
        return f'<a class="task-number"{anchor} href="#task-{task}" title="{title}">{task}</a>'

    def _columns(self, text: str, line: int) -> Iterator[str]:
        edges = [0, *(edge for gap in _BETWEEN_COLUMNS.finditer(text) for edge in gap.span()), len(text)]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            yield f"<p>{''.join(self._piece(piece) for piece in self.places.pieces(text, line, start=start, end=end))}</p>"

    def _piece(self, piece: Piece) -> str:
        """Show a piece under its marks, which lead to the card of the narrowest; behind it the tasks that share its words."""
        shown = escape(piece.text, quote=False)
        if not piece.marks:
            return shown
        shown = f'<a href="#{piece.marks[-1].card}">{shown}</a>'
        for mark in reversed(piece.marks):
            shown = self._marked(mark, shown, begins=mark in piece.begun)
        tasks = sorted({mark.task for mark in piece.ended if mark.task})
        return shown + "".join(self._leading(task) for task in tasks if len(tasks) > 1)

    def _marked(self, mark: Mark, shown: str, *, begins: bool) -> str:
        anchor = f' id="{mark.anchor}"' if begins else ""
        kind = f"{mark.field} unsure" if mark.unsure else mark.field
        title = escape(plain(pages.mark(self.speech, mark.field, mark.ref)))
        return f'<mark class="{kind}"{anchor} title="{title}">{shown}</mark>'

    def _joint(self, line: int) -> str:
        if line not in self._joints:
            return ""
        later = self._joints[line] + 1
        return f'<a class="joint" href="#line-{later}">{pages.goes_on(self.speech, later)}</a>'
