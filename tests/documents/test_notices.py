"""Are papers of many offices read as people labelled them? Our compositions, held to figures that must not fall."""

import pytest

from domain.calendar import Calendar
from storage import calendars
from tests.documents import labels, papers

LABELLED = sorted(path.with_suffix(".txt") for path in papers.NOTICES.glob("*.json"))
SHOWN = papers.ROOT.parent / "shared" / "notices"


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return calendars.around(2024)


def test_the_compositions_are_read_as_labelled(calendar: Calendar) -> None:
    figures = labels.Figures()

    for paper in LABELLED:
        labels.compare(paper, calendar, figures)

    assert len(LABELLED) >= 10
    shares = {name: round(figures.share(name), 3) for name in figures.of} | {"task f1": round(figures.task_f1, 3)}
    assert shares["header"] == 1
    assert shares["no cited date"] == 1
    assert shares["task f1"] >= 0.985, figures.wrong
    assert shares["deadline"] >= 0.97, figures.wrong
    assert shares["audience"] >= 0.96, figures.wrong
    assert shares["unit named"] >= 0.955, figures.wrong
    assert shares["sure deadline"] >= 0.985, figures.wrong
    assert shares["sure"] >= 0.85


@pytest.mark.skipif(not SHOWN.exists(), reason="the notices lie beside the repository, not in it")
def test_the_notices_beside_the_repository_are_read_as_labelled(calendar: Calendar) -> None:
    figures = labels.Figures()

    for paper in sorted(SHOWN.glob("*.txt")):
        labels.compare(paper, calendar, figures)

    names = ("header", "no cited date", "task found", "found is a task", "deadline", "audience", "unit named", "sure deadline")
    assert {name: figures.share(name) for name in names} == dict.fromkeys(names, 1.0), figures.wrong
