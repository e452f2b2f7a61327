"""What does a phone's calendar get to know of a task? One event, which a later file with the same UID replaces."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event, vRecur

from channels import Attachment, Outgoing
from channels.markup import plain
from domain import series
from domain.assignments import Assignment
from domain.duties import Duty
from domain.offices import Office
from messages import buttons, deadlines, tasks
from messages.i18n import Speech

MAKER = "-//Don Doc//dondoc//VI"
LENGTH = timedelta(minutes=30)
SHOWN = 8
ONE_DAY = timedelta(days=1)
SALTED_LENGTH = 16


def sequence(assignment: Assignment) -> int:
    """Give the number by which a calendar tells a newer event from an older one: it grows with each deadline and at the end."""
    return assignment.version - 1 + assignment.has_ended


def uid(assignment: Assignment, salt: str) -> str:
    """Give the name that an assignment's event keeps for good; it tells offices apart and holds nothing of a person."""
    office = sha256(f"calendar:{salt}".encode()).hexdigest()[:SALTED_LENGTH]
    return f"{assignment.id}-{office}@dondoc"


def told(speech: Speech, duty: Duty, office: Office, now: datetime, *, salt: str, repeated: bool = False) -> Outgoing:
    """Hand out the file of one task; the text says the date for channels that take no files."""
    text = speech.lines(
        speech.say("(sent again)") if repeated else None,
        speech.say("📅 For your calendar: {name}", name=tasks.name(duty.task)),
        deadlines.line(speech, duty.deadline, office.calendar),
        speech.say("When the deadline changes you are told, and the event is brought up to date."),
    )
    rows = ((buttons.details(speech, duty.assignment), buttons.my_tasks(speech)),)
    return Outgoing(text, rows, attachment=attachment(speech, [duty], office, now, salt=salt))


def renewed(
    speech: Speech, duties: Sequence[Duty], office: Office, now: datetime, *, salt: str, repeated: bool = False
) -> Outgoing:
    """Hand out the files of a person's tasks anew, since days off have changed; the text says each last working day.

    An event with the same number replaces an older one by when it was made (RFC 5546, 2.1.5).
    """
    more = len(duties) - SHOWN
    text = speech.lines(
        speech.say("(sent again)") if repeated else None,
        speech.say("📅 The office's days off have changed. The tasks in your calendar are brought up to date:"),
        *(_line(speech, duty, office) for duty in duties[:SHOWN]),
        speech.plural("… and {n} more task.", "… and {n} more tasks.", more) if more > 0 else None,
    )
    rows = ((buttons.my_tasks(speech),),)
    return Outgoing(text, rows, attachment=attachment(speech, duties, office, now, salt=salt))


def _line(speech: Speech, duty: Duty, office: Office) -> str:
    day = speech.day(_day(duty, office))
    return speech.say("• {name}: last working day {day}", name=tasks.name(duty.task), day=day)


def attachment(speech: Speech, duties: Sequence[Duty], office: Office, now: datetime, *, salt: str) -> Attachment:
    """Give the file (RFC 5545) of tasks, each an event; one that is no longer followed up is cancelled."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for duty in duties:
        calendar.add_component(_event(speech, duty, office, now, uid(duty.assignment, salt)))
    return Attachment(f"viec-{duties[0].assignment.id}.ics", calendar.to_ical())


def _event(speech: Speech, duty: Duty, office: Office, now: datetime, name: str) -> Event:
    event = Event()
    values = {
        "uid": name,
        "sequence": sequence(duty.assignment),
        "dtstamp": now,
        "last-modified": now,
        "summary": tasks.name(duty.task),
        "description": _description(speech, duty, office),
        "status": "CANCELLED" if duty.assignment.has_ended else "CONFIRMED",
        "transp": "TRANSPARENT",
    }
    for key, value in (*values.items(), *_times(duty, office)):
        event.add(key, value)
    trigger = _trigger(duty, office)
    if not duty.assignment.has_ended and (isinstance(trigger, timedelta) or trigger > now):
        event.add_component(_alarm(tasks.name(duty.task), trigger))
    return event


def _description(speech: Speech, duty: Duty, office: Office) -> str:
    task = duty.task
    conclusion = tasks.conclusion_name(speech, duty.conclusion)
    ended = speech.say(tasks.STATES[duty.assignment.state]) if duty.assignment.has_ended else None
    lines = (
        ended,
        speech.say("“{text}”", text=task.text),
        tasks.submit_to(speech, task),
        deadlines.line(speech, duty.deadline, office.calendar),
        speech.say("Item {ref} of: {conclusion}", ref=task.ref, conclusion=conclusion),
    )
    return plain(speech.lines(*lines))


def _times(duty: Duty, office: Office) -> Iterator[tuple[str, object]]:
    """Give when the event is: the last working day, from the clock time on where the paper gives one, else the whole day."""
    deadline, day = duty.deadline, _day(duty, office)
    if deadline.last_day is not None and deadline.at is not None:
        start = datetime.combine(day, deadline.at, office.zone).astimezone(UTC)
        yield from (("dtstart", start), ("dtend", start + LENGTH))
    else:
        yield from (("dtstart", day), ("dtend", day + ONE_DAY))
    if deadline.last_day is None and deadline.recurrence is not None:
        yield "rrule", vRecur.from_ical(deadline.recurrence)


def _day(duty: Duty, office: Office) -> date:
    """Give the last working day; of a series the first of its strict last days, since no rule can spare the days off."""
    deadline, given = duty.deadline, office.today(duty.conclusion.published_at or duty.assignment.remind_from)
    working = deadline.last_working_day(office.calendar)
    if working is not None or deadline.recurrence is None:
        return working or given
    return series.next_day(deadline, given) or given


def _trigger(duty: Duty, office: Office) -> datetime | timedelta:
    """Give when a phone rings: at the morning round one working day before; for a series, of the day before each time."""
    day = _day(duty, office)
    if duty.deadline.last_day is not None:
        return office.round_of(office.calendar.shift(day, -1))
    return office.round_of(day - ONE_DAY) - datetime.combine(day, time(), office.zone)


def _alarm(words: str, trigger: datetime | timedelta) -> Alarm:
    alarm = Alarm()
    for key, value in (("action", "DISPLAY"), ("description", words), ("trigger", trigger)):
        alarm.add(key, value)
    return alarm
