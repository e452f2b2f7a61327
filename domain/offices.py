"""When does the office work, and when may it write to people? Its calendar, its zone, and the hour of its round."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from domain.calendar import Calendar

ROUND = time(8)
"""The hour of the office's zone at which reminders go out."""
EVENING = time(20)
"""The hour from which a late reminder waits for the next round."""


@dataclass(frozen=True)
class Office:
    """The office's time."""

    calendar: Calendar
    zone: tzinfo

    def today(self, now: datetime) -> date:
        """Give the date in the office's zone."""
        return now.astimezone(self.zone).date()

    def works(self, now: datetime) -> bool:
        """Tell whether the moment lies on a working day."""
        return self.calendar.is_working(self.today(now))

    def is_in_hours(self, now: datetime) -> bool:
        """Tell whether the moment lies between the round and the evening of a working day."""
        return self.works(now) and ROUND <= now.astimezone(self.zone).time() < EVENING

    def round_of(self, day: date) -> datetime:
        """Give the moment (UTC) of a day's round."""
        return datetime.combine(day, ROUND, self.zone).astimezone(UTC)

    def next_round(self, now: datetime) -> datetime:
        """Give the first round (UTC) on a working day that is not before the moment."""
        today = self.today(now)
        first = today if now <= self.round_of(today) else today + timedelta(days=1)
        return self.round_of(self.calendar.first_working_day(first))
