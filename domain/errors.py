"""How does a rule say no? Refusals and unreadable papers, each of which becomes a message to a person."""

from dataclasses import dataclass


@dataclass(eq=False)
class Refusal(Exception):
    """A person asked for what the rules forbid; the reason names the message that answers them."""

    reason: str


@dataclass(eq=False)
class Unreadable(Exception):
    """A file or text is no paper that can be read; the reason names the message that tells the person what to do."""

    reason: str
    detail: str = ""

    def __post_init__(self) -> None:
        """Keep what pickle makes an exception anew from: it crosses the border of the process that reads."""
        super().__init__(self.reason, self.detail)
