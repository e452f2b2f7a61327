"""Who got an announcement how often, and does the program know it? The count after a fault."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.deliveries import Delivery, DeliveryState
from sandbox.telegram import Message

AGAIN = "(gửi lại)"
NOBODY: frozenset[int] = frozenset()
ENDS = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.CANCELLED)


@dataclass(frozen=True)
class Census:
    """The copies that the platform took and the rows that tell of them, by the person's number; and the 429s there were.

    ``ended`` are the processes that ended without being told to.
    """

    copies: Mapping[int, list[Message]]
    rows: Mapping[int, Delivery]
    too_fast: int
    ended: Collection[str] = ()

    @property
    def doubled(self) -> set[int]:
        """Who got more than one copy."""
        return {person for person, messages in self.copies.items() if len(messages) > 1}

    @property
    def listed(self) -> set[int]:
        """Whose row says that a first copy, or the only one, may have arrived unseen."""
        return {person for person, row in self.rows.items() if row.repeated} | self.unknown

    @property
    def unknown(self) -> set[int]:
        """Whose row says that nobody knows."""
        return {person for person, row in self.rows.items() if row.state is DeliveryState.UNKNOWN}

    @property
    def failed(self) -> set[int]:
        """Whose row says that the message was not brought to them."""
        return {person for person, row in self.rows.items() if row.state is DeliveryState.FAILED}

    def complaints(
        self,
        *,
        doubt: Collection[int] = NOBODY,
        doubt_again: Collection[int] = NOBODY,
        unreachable: Collection[int] = NOBODY,
        too_fast: int = 0,
    ) -> dict[str, object]:
        """Give what should not have been, empty when all is well.

        ``doubt`` are those whose message was in flight when the fault struck: they may get a second copy, marked as such.
        Who was so twice, ``doubt_again``, may get none, and is then told as unknown. The ``unreachable`` may be missed, and
        must then be told as failed. ``too_fast`` are the 429s that the fault itself gave.
        """
        arrived = {person for person, messages in self.copies.items() if messages}
        told = {person for person, row in self.rows.items() if row.state is DeliveryState.SENT}
        found: dict[str, object] = {
            "never told of": set(self.copies) - set(self.rows),
            "not ended": {person for person, row in self.rows.items() if row.state not in ENDS},
            "lost": set(self.copies) - arrived - set(unreachable) - (self.unknown & set(doubt_again)),
            "missed and not told as failed": set(unreachable) - arrived - self.failed,
            "told as sent and not arrived": told - arrived,
            "told as failed and arrived": self.failed & arrived,
            "doubled beyond what was in flight": self.doubled - set(doubt),
            "more than doubled": {person for person, messages in self.copies.items() if len(messages) > 2},
            "doubled and not listed": self.doubled - self.listed,
            "doubled and the reader not told": {person for person in self.doubled if not self._says_so(person)},
            "in doubt without a cause": self.listed - set(doubt),
            "refused as too fast": max(0, self.too_fast - too_fast),
            "processes ended": set(self.ended),
        }
        return {name: sorted(what) if isinstance(what, set) else what for name, what in found.items() if what}

    def _says_so(self, person: int) -> bool:
        # What stalled on its way may arrive after its own repetition.
        return sum(AGAIN not in message.text for message in self.copies[person]) <= 1
