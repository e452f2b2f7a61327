"""What does a digest say? What is due for one person, the most urgent first, in one message, and when it can come again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from channels import Outgoing
from domain import urgency
from domain.digests import News, Reason, Snooze
from domain.duties import Duty
from messages import buttons, tasks
from messages.i18n import N_, Marked, Speech
from messages.tasks import SHOWN, Moment

HEADS = {
    Reason.DUE: N_("Dear comrade {name}, these tasks await your unit:"),
    Reason.WISHED: N_("Dear comrade {name}, as you wished, once more the tasks that are still open:"),
    Reason.PRESSED: N_("Dear comrade {name}, the office asks you kindly to look at these tasks:"),
}
SNOOZES = {Snooze.AFTERNOON: N_("Again this afternoon"), Snooze.MORNING: N_("Again tomorrow morning")}

NOTHING_NEW = News()


@dataclass(frozen=True)
class Digest:
    """What a digest is made of: its delivery's number, its reader, the duties, and what changed since the last one.

    ``snoozes`` are offered below it, until one is taken: then ``again_at`` (UTC) is when the tasks come once more.
    """

    number: int
    reader: str
    duties: Sequence[Duty]
    reason: Reason = Reason.DUE
    news: News = NOTHING_NEW
    snoozes: Sequence[Snooze] = ()
    again_at: datetime | None = None
    repeated: bool = False


def told(speech: Speech, digest: Digest, moment: Moment) -> Outgoing:
    """Bring up what is due for one person, the eight most urgent tasks in full, and a way to the rest."""
    sorted_duties = urgency.by_urgency(digest.duties, moment.now, moment.calendar, speech.zone)
    text, rows = tasks.laid_out(speech, sorted_duties, moment, 0)
    left = len(sorted_duties) - SHOWN
    lines = speech.lines(
        speech.say("(sent again)") if digest.repeated else None,
        speech.say(HEADS[digest.reason], name=digest.reader),
        _news(speech, digest.news),
        text,
        speech.plural("… and {n} more task – see “My tasks”.", "… and {n} more tasks – see “My tasks”.", left)
        if left > 0
        else None,
        speech.say("⏰ They come once more at {moment}.", moment=speech.moment(digest.again_at)) if digest.again_at else None,
    )
    way = ((buttons.my_tasks(speech),),) if left > 0 else ()
    return Outgoing(lines, (*rows, *way, *_choices(speech, digest)))


def _news(speech: Speech, news: News) -> Marked | None:
    """Tell what changed in one line; None when nothing did."""
    parts = [
        speech.plural("new: {n} task", "new: {n} tasks", news.new) if news.new else None,
        speech.plural("returned: {n} task", "returned: {n} tasks", news.returned) if news.returned else None,
        speech.plural("deadline moved: {n} task", "deadline moved: {n} tasks", news.moved) if news.moved else None,
    ]
    said = [part for part in parts if part]
    if not said:
        return None
    return speech.strong(tasks.opening(Marked("; ".join(said))))


def _choices(speech: Speech, digest: Digest) -> buttons.Rows:
    offered = [buttons.button(speech.say(SNOOZES[one]), "snooze", digest.number, one) for one in digest.snoozes]
    return (tuple(offered),) if offered else ()


def nothing_left(speech: Speech) -> Outgoing:
    """Say that nothing of a digest is open any more, so that nothing will come once more."""
    return Outgoing(speech.say("Everything of that message is handed in. Thank you, comrade; nothing comes once more."))
