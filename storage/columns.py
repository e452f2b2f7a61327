"""How are domain values kept in columns? Moments with their zone, enums by name, and frozen values as JSON."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import JSON, Column, Date, DateTime, Dialect, String, Text, Time
from sqlalchemy.types import TypeDecorator

from domain import ladders
from domain.assignments import PastDeadline
from domain.deadlines import Deadline, DeadlineKind
from domain.ladders import Ladder
from domain.readings import Audience, AudienceKind, Citation, Finding

T = TypeVar("T")


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone, so a naive value is refused on the way in and UTC is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment in UTC; raise ValueError when it has no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Named(TypeDecorator[StrEnum]):
    """A member of a string enum, kept by its value, so that a new member needs no migration."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Give the member's value."""
        return None if value is None else str(self.kind(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Give the member."""
        return None if value is None else self.kind(value)


class Steps(TypeDecorator[Ladder]):
    """A ladder, kept as it is typed; NULL where a wider one holds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Ladder | None, dialect: Dialect) -> str | None:
        """Give the ladder as it is typed."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Ladder | None:
        """Give the ladder."""
        return None if value is None else ladders.parse(value)


class Stored(TypeDecorator[T]):
    """A frozen value kept as JSON, by a pair of functions that take it apart and put it together.

    ``absent`` is the value that is kept as NULL, which a column has that was added to rows that were there.
    """

    impl = JSON
    cache_ok = True

    def __init__(self, apart: Callable[[T], Any], together: Callable[[Any], T], *, absent: T | None = None) -> None:
        super().__init__(none_as_null=True)
        self.apart, self.together, self.absent = apart, together, absent

    def process_bind_param(self, value: T | None, dialect: Dialect) -> Any:
        """Give the JSON form."""
        return None if value is None or value == self.absent else self.apart(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> T | None:
        """Give the value."""
        return self.absent if value is None else self.together(value)


def _audience(kept: dict[str, Any]) -> Audience:
    names = {key: tuple(kept[key]) for key in ("units", "coordinators", "excluded")}
    return Audience(AudienceKind(kept["kind"]), phrase=kept["phrase"], complement=kept["complement"], **names)


def _citation(kept: dict[str, Any]) -> Citation:
    return Citation(**{**kept, "dates": tuple(date.fromisoformat(day) for day in kept["dates"])})


def _citation_apart(citation: Citation) -> dict[str, Any]:
    return {**asdict(citation), "dates": [day.isoformat() for day in citation.dates]}


def _deadline_apart(deadline: Deadline) -> dict[str, Any]:
    days = {"last_day": deadline.last_day and deadline.last_day.isoformat(), "at": deadline.at and deadline.at.isoformat()}
    return {**asdict(deadline), **days}


def _deadline(kept: dict[str, Any]) -> Deadline:
    last_day, at = kept["last_day"], kept["at"]
    days = {"last_day": last_day and date.fromisoformat(last_day), "at": at and time.fromisoformat(at)}
    return Deadline(**{**kept, "kind": DeadlineKind(kept["kind"]), **days})


def _past_apart(past: PastDeadline) -> dict[str, Any]:
    return {"deadline": _deadline_apart(past.deadline), "until": past.until.astimezone(UTC).isoformat()}


def _past(kept: dict[str, Any]) -> PastDeadline:
    return PastDeadline(_deadline(kept["deadline"]), datetime.fromisoformat(kept["until"]))


def audience() -> Stored[Audience]:
    """Give the column type of an audience."""
    return Stored(asdict, _audience)


def deadline(*, default: DeadlineKind | None = None) -> list[Column[Any]]:  # Any: six columns of several types
    """Give the columns of a deadline; ``default`` is the kind that rows have which were there before these columns."""
    kind: Column[Any] = Column("deadline_kind", Named(DeadlineKind), nullable=False, server_default=default)
    parts = {"literal": Text, "last_day": Date, "at": Time, "recurrence": Text, "basis": Text}
    return [kind, *(Column(f"deadline_{part}", type_) for part, type_ in parts.items())]


def findings() -> Stored[tuple[Finding, ...]]:
    """Give the column type of a paper's findings."""
    return Stored(lambda found: [asdict(one) for one in found], lambda kept: tuple(Finding(**one) for one in kept))


def citations() -> Stored[tuple[Citation, ...]]:
    """Give the column type of a paper's citations."""
    return Stored(lambda cited: [_citation_apart(one) for one in cited], lambda kept: tuple(map(_citation, kept)))


def words() -> Stored[tuple[str, ...]]:
    """Give the column type of a tuple of words."""
    return Stored(list, tuple)


def numbers() -> Stored[tuple[int, ...]]:
    """Give the column type of a tuple of numbers."""
    return Stored(list, tuple)


def some_numbers() -> Stored[tuple[int, ...]]:
    """Give the column type of numbers that most rows have none of."""
    return Stored(list, tuple, absent=())


def some_words() -> Stored[tuple[str, ...]]:
    """Give the column type of words that most rows have none of."""
    return Stored(list, tuple, absent=())


def some_deadlines() -> Stored[tuple[Deadline, ...]]:
    """Give the column type of deadlines that most rows have none of."""
    return Stored(lambda some: list(map(_deadline_apart, some)), lambda kept: tuple(map(_deadline, kept)), absent=())


def some_past() -> Stored[tuple[PastDeadline, ...]]:
    """Give the column type of the deadlines that held before, of which most rows have none."""
    return Stored(lambda past: list(map(_past_apart, past)), lambda kept: tuple(map(_past, kept)), absent=())
