"""Which units have nobody who receives messages, and who would?"""

from domain.reach import Reach, Silent, Unreached
from domain.units import Unit
from tests.builders import NOW, numbered

MATHS, PHYSICS, LIBRARY = (numbered(n, Unit(name)) for n, name in enumerate(["Khoa Toán", "Khoa Vật lý", "Thư viện"], 1))
BLOCKED = Unreached("Minh", "Forbidden: bot was blocked by the user", NOW)
REACH = Reach({MATHS.id: {7, 8}}, {MATHS.id: (Unreached("Nga"),), PHYSICS.id: (BLOCKED,)})


def test_a_unit_is_silent_when_nobody_of_it_receives_messages_and_not_when_some_do() -> None:
    assert REACH.silent([MATHS, PHYSICS, LIBRARY]) == (Silent(PHYSICS, (BLOCKED,)), Silent(LIBRARY))


def test_who_answers_for_two_units_is_one_person() -> None:
    assert Reach({MATHS.id: {7, 8}, PHYSICS.id: {8}}, {}).everyone == {7, 8}
    assert Reach({}, {}).everyone == set()
