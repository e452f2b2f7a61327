"""How are domain values kept in columns? Moments with their zone, enums by name, and frozen values as JSON."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import JSON, DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

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


class Stored(TypeDecorator[T]):
    """A frozen value kept as JSON, by a pair of functions that take it apart and put it together."""

    impl = JSON
    cache_ok = True

    def __init__(self, apart: Callable[[T], Any], together: Callable[[Any], T]) -> None:
        super().__init__(none_as_null=True)
        self.apart, self.together = apart, together

    def process_bind_param(self, value: T | None, dialect: Dialect) -> Any:
        """Give the JSON form."""
        return None if value is None else self.apart(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> T | None:
        """Give the value."""
        return None if value is None else self.together(value)


def _audience(kept: dict[str, Any]) -> Audience:
    names = {key: tuple(kept[key]) for key in ("units", "coordinators", "excluded")}
    return Audience(AudienceKind(kept["kind"]), phrase=kept["phrase"], complement=kept["complement"], **names)


def _citation(kept: dict[str, Any]) -> Citation:
    return Citation(**{**kept, "dates": tuple(date.fromisoformat(day) for day in kept["dates"])})


def _citation_apart(citation: Citation) -> dict[str, Any]:
    return {**asdict(citation), "dates": [day.isoformat() for day in citation.dates]}


def audience() -> Stored[Audience]:
    """Give the column type of an audience."""
    return Stored(asdict, _audience)


def findings() -> Stored[tuple[Finding, ...]]:
    """Give the column type of a paper's findings."""
    return Stored(lambda found: [asdict(one) for one in found], lambda kept: tuple(Finding(**one) for one in kept))


def citations() -> Stored[tuple[Citation, ...]]:
    """Give the column type of a paper's citations."""
    return Stored(lambda cited: [_citation_apart(one) for one in cited], lambda kept: tuple(map(_citation, kept)))


def words() -> Stored[tuple[str, ...]]:
    """Give the column type of a tuple of words."""
    return Stored(list, tuple)
