"""What is drawn on a page besides words? Its level and upright rules, and how much of it pictures cover."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped] # the library ships no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_MOST_RULES, _MOST_SEGMENTS = 3000, 400
_THIN, _SHORT = 2.5, 8.0


class Rule(NamedTuple):
    """A drawn line, level or upright, in points from the left and downwards."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass
class Drawing:
    """What is drawn on a page besides words: rules, paths, other things, and the area of pictures in square points."""

    rules: list[Rule] = field(default_factory=list)
    paths: int = 0
    others: int = 0
    pictured: float = 0.0


def of(page: pypdfium2.PdfPage, count: int) -> Drawing:
    """Look over the objects of a page of an open file."""
    drawing = Drawing()
    for place in range(count):
        thing = pdfium.FPDFPage_GetObject(page.raw, place)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            drawing.paths += 1
            if len(drawing.rules) < _MOST_RULES:
                drawing.rules.extend(_rules(thing))
        elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
            drawing.others += 1
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                bounds = _bounds(thing)
                drawing.pictured += (bounds.right - bounds.left) * (bounds.bottom - bounds.top)
    return drawing


def _bounds(thing: pdfium.FPDF_PAGEOBJECT) -> Rule:
    """Give the box around an object."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    return Rule(left.value, -top.value, right.value, -bottom.value)


def _rules(path: pdfium.FPDF_PAGEOBJECT) -> Iterator[Rule]:
    """Give the level and upright lines of a path; a thin box is a line, too."""
    bounds = _bounds(path)
    if is_level(bounds) or is_upright(bounds):
        yield bounds
        return
    count = pdfium.FPDFPath_CountSegments(path)
    if not 1 < count <= _MOST_SEGMENTS:
        return
    above = first = (0.0, 0.0)
    for segment, point in _points(path, count):
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        else:
            yield from _straight(above, point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _straight(point, first)
        above = point


def _points(path: pdfium.FPDF_PAGEOBJECT, count: int) -> Iterator[tuple[pdfium.FPDF_PATHSEGMENT, tuple[float, float]]]:
    """Give the segments of a path with their ends on the page."""
    matrix, across, upwards = pdfium.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    for place in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, place)
        pdfium.FPDFPathSegment_GetPoint(segment, across, upwards)
        x, y = across.value, upwards.value
        yield segment, (matrix.a * x + matrix.c * y + matrix.e, -(matrix.b * x + matrix.d * y + matrix.f))


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    """Give the line between two points where it is level or upright."""
    rule = Rule(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
    if is_level(rule) or is_upright(rule):
        yield rule


def is_level(rule: Rule) -> bool:
    """Tell whether a rule lies across the page."""
    return rule.bottom - rule.top <= _THIN and rule.right - rule.left >= _SHORT


def is_upright(rule: Rule) -> bool:
    """Tell whether a rule stands upright."""
    return rule.right - rule.left <= _THIN and rule.bottom - rule.top >= _SHORT
