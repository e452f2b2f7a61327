"""Does a timeline show the right days, rows and dots?"""

from datetime import date, datetime, timedelta

from domain.calendar import Calendar
from domain.deadlines import NO_DEADLINE, Deadline
from domain.offices import Office
from domain.previews import Mention, Order, Planned
from domain.units import Unit
from messages import timelines
from messages.timelines import Dot, Panel, Phase
from tests.builders import numbered
from tests.messages.samples import NOW, VI, ZONE, a_deadline

OFFICE = Office(Calendar(frozenset({date(2021, 2, 10), date(2021, 2, 11)})), ZONE)
CULTURE, LIBRARY = numbered(1, Unit("Chi bộ Văn hóa")), numbered(2, Unit("Chi bộ Thư viện"))
DEADLINE = a_deadline(date(2021, 2, 21))
"""A Sunday, after Friday the 19th as the last working day."""


def an_order(number: int = 1, deadline: Deadline = DEADLINE, *units: Unit, ref: str | None = None) -> Order:
    return Order(number, ref or f"2.{number}", "Báo cáo khắc phục", deadline, units or (CULTURE, LIBRARY))


def told(order: Order, **steps: date) -> list[Planned]:
    """Bring an order up at eight o'clock of the days, each for a step, whose name begins with a letter here."""
    moments = [(name, datetime(day.year, day.month, day.day, 8, tzinfo=ZONE)) for name, day in steps.items()]
    return [Planned(when, unit, frozenset({unit.id}), (Mention(name, order),)) for name, when in moments for unit in order.units]


def timeline(*planned: Planned) -> tuple[Panel, ...]:
    return timelines.timeline(VI, planned, OFFICE)


def test_a_dot_says_how_far_the_deadline_is_in_working_days() -> None:
    order = an_order()
    days = {"published": date(2021, 2, 1), "a": date(2021, 2, 9), "b": date(2021, 2, 19), "c": date(2021, 2, 23)}

    ((row,),) = (panel.rows for panel in timeline(*told(order, **days)))

    assert row.dots == (
        Dot(days["published"], Phase.PUBLISHED, "•"),
        Dot(days["a"], Phase.BEFORE, "−6"),
        Dot(days["b"], Phase.ON, "0"),
        Dot(days["c"], Phase.AFTER, "+2"),
    )
    assert (row.title, row.aside, row.last_day) == ("2.1 – Báo cáo khắc phục", "2 đơn vị, hạn cuối 21/02/2021", date(2021, 2, 21))


def test_weeks_without_a_message_are_left_out() -> None:
    (panel,) = timeline(*told(an_order(), published=date(2021, 2, 1), a=date(2021, 2, 8), b=date(2021, 2, 23)))

    assert [(week.monday, week.follows) for week in panel.weeks] == [
        (date(2021, 2, 1), True),
        (date(2021, 2, 8), True),
        (date(2021, 2, 22), False),
    ]


def test_a_week_counts_its_messages_and_knows_its_days_off() -> None:
    (panel,) = timeline(*told(an_order(), a=date(2021, 2, 8)))

    (week,) = panel.weeks
    assert week.counts == (2, 0, 0, 0, 0, 0, 0)
    assert week.working == (True, True, False, False, True, False, False)


def test_orders_with_the_same_moments_share_a_row_and_others_do_not() -> None:
    alike = [an_order(1), an_order(2, DEADLINE, LIBRARY), an_order(3, NO_DEADLINE)]
    planned = [one for order in reversed(alike) for one in told(order, published=date(2021, 2, 1))]

    (panel,) = timeline(*planned)

    assert [(row.title, row.aside) for row in panel.rows] == [
        ("Các mục 2.1 và 2.2", "2 đơn vị, hạn cuối 21/02/2021"),
        ("2.3 – Báo cáo khắc phục", "2 đơn vị, chưa có ngày"),
    ]


def test_more_than_six_weeks_go_on_below_with_the_rows_that_go_on() -> None:
    early, late = an_order(1), an_order(2, a_deadline(date(2021, 12, 1)))
    first = date(2021, 2, 1)
    planned = told(early, published=first)
    planned += told(late, **{f"s{number}": first + timedelta(weeks=3 * number) for number in range(8)})

    panels = timeline(*planned)

    assert [len(panel.weeks) for panel in panels] == [6, 2]
    assert [[row.title[:3] for row in panel.rows] for panel in panels] == [["2.1", "2.2"], ["2.2"]]


def test_the_moment_in_the_office_s_zone_decides_the_day() -> None:
    late = NOW.replace(hour=18)  # One o'clock of the next morning in Hà Nội.

    (panel,) = timeline(Planned(late, CULTURE, frozenset({7}), (Mention("published", an_order()),)))

    assert panel.rows[0].dots == (Dot(date(2021, 2, 2), Phase.PUBLISHED, "•"),)
