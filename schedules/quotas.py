"""How is it counted what bots send in a month? Before it leaves, so that all workers together keep to what is left in bulk."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self

from channels import ChannelError, OutcomeUnknown, ServerFailed
from domain.deliveries import Lane
from domain.quotas import Limits, Quota, Ways
from schedules.letters import Letter
from schedules.outcomes import Held, Outcome
from storage import claims, quotas
from storage.session import Session


@dataclass
class Count:
    """What one transaction knows of quotas at a moment, and what it has to put on them, by month and bot.

    They are held as late as can be, and once: after incidents, which the watch holds before them, too, and before paces.
    Where no bot has one, nothing is asked.
    """

    limits: Limits
    now: datetime
    untold: dict[date, Counter[str]] = field(default_factory=dict)
    _ways: Ways | None = None

    @classmethod
    def of(cls, limits: Limits, now: datetime, recorded: Sequence[Outcome], answers: Mapping[str, int]) -> Self:
        """Count the answers that bots gave, and take back what was counted and not taken, from the month it was counted in."""
        count = cls(limits, now)
        if limits.months:
            count._more(limits.month(now)).update(answers)
            for outcome in recorded:
                if outcome.account is not None and _was_refused(outcome.result):
                    count._more(limits.month(outcome.at))[outcome.account.channel] -= 1
        return count

    def _more(self, month: date) -> Counter[str]:
        return self.untold.setdefault(month, Counter())

    async def ways(self, session: Session) -> Ways:
        """Tell by which bots what may leave, by the rows and by what they do not tell yet."""
        if self._ways is None:
            known = await quotas.of(session, self.limits, self.now)
            for quota in known:
                quota.used += self._more(self.limits.month(self.now))[quota.bot]
            self._ways = self.limits.ways(known)
        return self._ways

    async def reserved(self, session: Session, owner: str, found: Sequence[Letter]) -> Sequence[Letter]:
        """Count letters that are about to leave, and give those that may: announcements without room are given back."""
        if not self.limits.months:
            return found
        held = await self.settle(session, {letter.account.channel for letter in found})
        going = []
        for letter in found:
            quota = held.get(letter.account.channel)
            if quota is not None and quota.rests and letter.delivery.lane == Lane.BROADCAST:
                continue
            going.append(letter)
            if quota is not None:
                quota.used += 1
        if len(going) < len(found):
            kept = {letter.delivery.id for letter in going}
            await claims.release(session, owner, {letter.delivery.id for letter in found} - kept)
        return going

    async def settle(self, session: Session, bots: Collection[str] = ()) -> Mapping[str, Quota]:
        """Put on the quotas what they do not tell yet, and give those of ``bots`` in this month, held."""
        if not self.limits.months:
            return {}
        month, held = self.limits.month(self.now), dict[str, Quota]()
        told, self.untold = self.untold, {}
        for one in sorted({*told, month}):  # in one order, so that two workers never wait for each other
            more = {bot: count for bot, count in told.get(one, {}).items() if count}
            wanted = dict.fromkeys(bots, 0) if one == month else {}
            kept = await quotas.count(session, self.limits, one, {**wanted, **more})
            held = kept if one == month else held
        return held


def _was_refused(result: str | Exception) -> bool:
    """Tell whether the platform has not taken a message, most likely; of what nobody knows it is supposed that it has."""
    is_unknown = isinstance(result, OutcomeUnknown) and not isinstance(result, ServerFailed)
    return isinstance(result, (ChannelError, Held)) and not is_unknown
