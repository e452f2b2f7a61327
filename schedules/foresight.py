"""What does somebody hear as time passes and nobody hands in? Planner and delivery, played forward by their own rules."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time

from domain.digests import SOON, Reason
from domain.offices import Office
from schedules import policy
from schedules.policy import Occasion


@dataclass(frozen=True)
class Errand:
    """What is to be brought up: its occasions in order, the steps that are ``done``, and when it is looked at next (UTC)."""

    occasions: tuple[Occasion, ...]
    look_at: datetime | None
    done: frozenset[str] = frozenset()
    at_once: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every errand that would be brought up otherwise."""
        return self.occasions, tuple(one.over for one in self.occasions), self.look_at, self.done, self.at_once


@dataclass(frozen=True)
class Waiting:
    """A digest that has not left; ``holds`` while something of what is on it already is still open."""

    planned_at: datetime
    due_at: datetime
    reason: Reason
    holds: bool


@dataclass(frozen=True)
class Situation:
    """All that bears on what one person hears; ``got`` are the moments (UTC) at which digests reached them before."""

    errands: tuple[Errand, ...]
    quiet_from: time | None = None
    quiet_until: time | None = None
    got: tuple[datetime, ...] = ()
    waiting: tuple[Waiting, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every situation in which something else is heard."""
        errands = tuple(one.key for one in self.errands)
        return errands, self.quiet_from, self.quiet_until, self.got, self.waiting


@dataclass(frozen=True)
class Heard:
    """A digest at a moment (UTC): the steps that it says, by the places of their errands in the situation."""

    when: datetime
    said: tuple[tuple[int, str], ...]


def play(situation: Situation, now: datetime, office: Office) -> tuple[Heard, ...]:
    """Give every digest that a situation brings from now on, in order."""
    return tuple(_Play(situation, now, office).run())


@dataclass(eq=False)
class _Sheaf:
    """A digest that waits, and what has joined it, of each errand the newest step."""

    planned_at: datetime
    due_at: datetime
    reason: Reason = Reason.DUE
    holds: bool = False
    said: dict[int, str] = field(default_factory=dict)


class _Play:
    """Where planner and delivery stand while time passes."""

    def __init__(self, situation: Situation, now: datetime, office: Office) -> None:
        self._situation, self._now, self._office = situation, now, office
        self._looks = [one.look_at for one in situation.errands]
        self._done = [set(one.done) for one in situation.errands]
        self._waiting = [_Sheaf(one.planned_at, one.due_at, one.reason, one.holds) for one in situation.waiting]
        self._got = list(situation.got)

    def run(self) -> Iterator[Heard]:
        while moments := [*(look for look in self._looks if look is not None), *(one.due_at for one in self._waiting)]:
            self._now = max(self._now, min(moments))
            self._plan()
            yield from self._deliver()

    def _plan(self) -> None:
        """Bring up what is due, all of it on one digest."""
        due: dict[int, str] = {}
        for place, errand in enumerate(self._situation.errands):
            look_at = self._looks[place]
            if look_at is None or look_at > self._now:
                continue
            found = policy.outlook(errand.occasions, self._done[place], self._now, self._office, at_once=errand.at_once)
            self._looks[place] = found.look_at
            self._done[place].update(found.skip, found.missed)
            if found.say is not None:
                self._done[place].add(found.say)
                due[place] = found.say
        if due:
            self._joined().said.update(due)

    def _joined(self) -> _Sheaf:
        """Give the digest that leaves soon, the first one where there are several, or a new one."""
        soon = next((one for one in self._waiting if one.due_at <= self._now + SOON), None)
        if soon is None:
            soon = _Sheaf(self._now, self._now)
            self._waiting.append(soon)
        return soon

    def _deliver(self) -> Iterator[Heard]:
        """Let leave what may leave now, and put off the rest."""
        for sheaf in sorted((one for one in self._waiting if one.due_at <= self._now), key=lambda one: one.due_at):
            if sheaf not in self._waiting:
                continue
            sheaf.due_at = self._leaves(sheaf)
            if sheaf.due_at > self._now and (sheaf.said or sheaf.holds):
                continue
            self._waiting.remove(sheaf)
            if sheaf.said or sheaf.holds:
                self._gather(sheaf)
                self._got.append(self._now)
            if sheaf.said:
                yield Heard(self._now, tuple(sorted(sheaf.said.items())))

    def _gather(self, sheaf: _Sheaf) -> None:
        """Let what is planned and due leave with a digest, so that a round brings one message."""
        for other in [one for one in self._waiting if one.due_at <= self._now and one.reason is Reason.DUE]:
            sheaf.said.update(other.said)
            self._waiting.remove(other)

    def _leaves(self, sheaf: _Sheaf) -> datetime:
        now, office = self._now, self._office
        wishes = self._situation
        rested = policy.rest_ends(now, office, quiet_from=wishes.quiet_from, quiet_until=wishes.quiet_until)
        if rested > now:
            return rested
        if sheaf.reason is Reason.PRESSED:
            return policy.pressed_leaves(now, office)
        is_wished = sheaf.reason is Reason.WISHED
        got_today = 0 if is_wished else sum(office.today(one) == office.today(now) for one in self._got)
        return policy.digest_leaves(sheaf.planned_at, now, office, got_today=got_today)
