"""Does a list of units bring other names, and is a name that the register knows already no change?"""

import pytest

from documents.registers import Change, differences, rows_of
from domain.units import Register, Unit
from tests.builders import numbered

LIST = "name,short_name,group,also\nSở Nông nghiệp và Môi trường,,,Sở Tài nguyên và Môi trường; Sở NN&PTNT;\nSở Y tế,,,\n"


def test_other_names_are_divided_by_semicolons() -> None:
    rows = rows_of("units.csv", LIST.encode())
    assert [row.others for row in rows] == [("Sở Tài nguyên và Môi trường", "Sở NN&PTNT"), ()]


@pytest.mark.parametrize(
    ("also", "change"),
    [
        ((), Change.CHANGED),
        (("Sở NN&PTNT",), Change.CHANGED),
        (("SỞ NN&PTNT", "Sở Tài nguyên và Môi trường"), Change.SAME),
        (("Sở NN&PTNT", "Sở Tài nguyên và Môi trường", "Sở TNMT"), Change.SAME),
    ],
)
def test_a_list_changes_a_unit_only_by_names_that_it_does_not_know(also: tuple[str, ...], change: Change) -> None:
    register = Register((numbered(1, Unit("Sở Nông nghiệp và Môi trường", also=also)), numbered(2, Unit("Sở Y tế"))))
    found = differences(rows_of("units.csv", LIST.encode()), register)
    assert [one.change for one in found] == [change, Change.SAME]


def test_a_list_without_the_column_changes_no_names() -> None:
    register = Register((numbered(1, Unit("Sở Y tế", also=("Ty Y tế",))),))
    (found,) = differences(rows_of("units.csv", b"name\nS\xe1\xbb\x9f Y t\xe1\xba\xbf\n"), register)
    assert found.change is Change.SAME
