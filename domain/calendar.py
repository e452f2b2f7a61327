"""Which days does the office work? A calendar as a value that reading and reminding are given."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Weekends and the days off are not worked, but the working Saturdays and Sundays of a swap are.

    Days are dates in the office's zone. Days off hold the public holidays and the compensatory days of
    Article 112 of the Labour Code (45/2019/QH14); a day in both sets is worked. ``expected`` are those days off
    that no decision has announced yet.
    """

    days_off: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = frozenset()
    expected: frozenset[date] = frozenset()

    def overlaid(self, *, off: Collection[date], working: Collection[date]) -> "Calendar":
        """Give the calendar with days that the office itself has set: they hold, whatever stood there."""
        if not off and not working:
            return self
        days_off, working_days = frozenset(off), frozenset(working)
        return Calendar(
            (self.days_off - working_days) | days_off,
            (self.working_weekends - days_off) | working_days,
            self.expected - days_off - working_days,
        )

    def is_working(self, day: date) -> bool:
        """Tell whether the office works on the day."""
        if day in self.working_weekends:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def working_days_from(self, day: date) -> Iterator[date]:
        """Give the working days in order, the given day first when it is one."""
        while True:
            if self.is_working(day):
                yield day
            day += ONE_DAY

    def working_days_back_from(self, day: date) -> Iterator[date]:
        """Give the working days in reverse order, the given day first when it is one."""
        while True:
            if self.is_working(day):
                yield day
            day -= ONE_DAY

    def last_working_day(self, day: date) -> date:
        """Give the last working day not after the day."""
        return next(self.working_days_back_from(day))

    def rests_on_expected(self, day: date) -> bool:
        """Tell whether the last working day not after the day would be another one without days off that are only expected."""
        last = self.last_working_day(day)
        return any(last < one <= day for one in self.expected)

    def first_working_day(self, day: date) -> date:
        """Give the first working day not before the day."""
        return next(self.working_days_from(day))

    def shift(self, day: date, working_days: int) -> date:
        """Give the working day that lies so many working days after the day, or before it when negative.

        The day itself is not counted (Article 147 of the Civil Code, 91/2015/QH13). Shifting by zero gives the day.
        """
        if working_days == 0:
            return day
        onward = working_days > 0
        days = self.working_days_from(day + ONE_DAY) if onward else self.working_days_back_from(day - ONE_DAY)
        for _ in range(abs(working_days) - 1):
            next(days)
        return next(days)

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after the start, up to and including the end; zero when the end is not later."""
        count, day = 0, start + ONE_DAY
        while day <= end:
            count += self.is_working(day)
            day += ONE_DAY
        return count
