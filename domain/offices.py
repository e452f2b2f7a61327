"""When does the office work, and when may it write to people? Its calendar, its zone, its two rounds and its quiet hours."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from domain.calendar import Calendar

ROUND = time(8)
AFTERNOON = time(14)
EVENING = time(20)
DAWN = time(7)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Office:
    """The office's time; its hours are times of the day in its zone.

    Reminders go out at the ``morning`` round, and some again at the ``afternoon`` one. Quiet hours begin with ``quiet_from``
    and end before ``quiet_until``, mostly over midnight; there are none when both are the same. Rounds lie outside them.
    ``urgent_at_night`` lets an officer send an urgent announcement within them.
    """

    calendar: Calendar
    zone: tzinfo
    morning: time = ROUND
    afternoon: time = AFTERNOON
    quiet_from: time = EVENING
    quiet_until: time = DAWN
    urgent_at_night: bool = False

    def today(self, now: datetime) -> date:
        """Give the date in the office's zone."""
        return now.astimezone(self.zone).date()

    def midnight(self, now: datetime) -> datetime:
        """Give the moment (UTC) at which the day of a moment began in the office's zone."""
        return self._moment(self.today(now), time.min)

    def works(self, now: datetime) -> bool:
        """Tell whether the moment lies on a working day."""
        return self.calendar.is_working(self.today(now))

    def is_in_hours(self, now: datetime) -> bool:
        """Tell whether the moment lies between the morning round and the quiet hours of a working day."""
        return self.works(now) and self.morning <= self._clock(now) and not self.is_quiet(now)

    def is_quiet(self, now: datetime) -> bool:
        """Tell whether the moment lies within the quiet hours, of whatever day."""
        return self._is_rest(self._clock(now))

    def next_allowed(self, now: datetime) -> datetime:
        """Give the first moment, not before now, that lies outside the quiet hours; it may lie on a day off."""
        if not self.is_quiet(now):
            return now
        today = self.today(now)
        ends = today if self._clock(now) < self.quiet_until else today + ONE_DAY
        return self._moment(ends, self.quiet_until)

    def quieter(self, *, quiet_from: time | None, quiet_until: time | None) -> "Office":
        """Give the same office with quiet hours as long as a person wishes them; an end that is None, or shorter, stays."""
        if quiet_from is None and quiet_until is None:
            return self
        begins = quiet_from if quiet_from and not self._is_rest(quiet_from) else self.quiet_from
        ends = quiet_until if quiet_until and not self._is_rest(quiet_until) else self.quiet_until
        return replace(self, quiet_from=begins, quiet_until=ends)

    def round_of(self, day: date, *, afternoon: bool = False) -> datetime:
        """Give the moment (UTC) of a day's morning round, or of its afternoon round."""
        return self._moment(day, self.afternoon if afternoon else self.morning)

    def next_round(self, now: datetime) -> datetime:
        """Give the first morning round (UTC) on a working day that is not before the moment."""
        today = self.today(now)
        first = today if now <= self.round_of(today) else today + ONE_DAY
        return self.round_of(self.calendar.first_working_day(first))

    def tells_at(self, now: datetime) -> datetime:
        """Give when units hear of what is published or changed now: at once, but not in quiet hours or on a day off."""
        return now if self.works(now) and not self.is_quiet(now) else self.next_round(now)

    def _is_rest(self, clock: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until

    def _clock(self, now: datetime) -> time:
        return now.astimezone(self.zone).time()

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)
