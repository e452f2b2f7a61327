"""What do administrators read when something went wrong? What it is, since when, what it means for people, and what to do."""

from collections.abc import Sequence
from datetime import datetime

from channels import Outgoing
from domain.incidents import Cause, Incident
from domain.quotas import ALL, LOW, RESTS, Quota, stage
from messages import quotas as quota_messages
from messages.i18n import N_, Marked, Speech

WHAT = {
    Cause.UNSENT: N_("Messages cannot leave"),
    Cause.UNKNOWN: N_("It is not known whether messages arrived"),
    Cause.SET_ASIDE: N_("What people did could not be worked on"),
    Cause.FILE_LOST: N_("Files that people sent could not be kept"),
    Cause.GAP: N_("Reminders or announcements were missing"),
    Cause.DATABASE: N_("The database could not be reached"),
    Cause.QUOTA: N_("The messages of this month are running out"),
}
MEANS = {
    Cause.UNSENT: N_("They wait and are not lost. A reminder that leaves later says what is true then."),
    Cause.UNKNOWN: N_(
        "Each was sent twice, or once as its author wished, and no answer came. It may have arrived each time, or never."
    ),
    Cause.SET_ASIDE: N_("It failed three times and was put aside. The person was told that it did not work."),
    Cause.FILE_LOST: N_("The person was asked to send the file once more."),
    Cause.GAP: N_("They were put back by themselves and go out now, later than they should have."),
    Cause.DATABASE: N_("Nothing was sent or answered meanwhile. What people wrote is worked on now."),
}
USED = {
    LOW: N_("From {rests} on announcements wait until the month is over. Reminders and answers go on."),
    RESTS: N_("Announcements wait until the month is over. What is left is kept for reminders and answers."),
    ALL: N_("Announcements wait until the month is over. The platform may refuse reminders and answers, too."),
}
TO_DO = {
    Cause.UNSENT: N_(
        "“dondoc status” on the server says why, “dondoc check” whether the platform is within reach. In a pause, wait."
    ),
    Cause.UNKNOWN: N_("On the server, “dondoc status” names them. Ask those people where it matters."),
    Cause.SET_ASIDE: N_("On the server, “dondoc status” lists it. Keep the log, and report the lines with action=handle."),
    Cause.FILE_LOST: N_(
        "See whether there is room on the server's disk. The log tells the reason in the lines with action=fetch."
    ),
    Cause.GAP: N_("This is a fault of the program. Keep the log, and report the lines with action=incident."),
    Cause.DATABASE: N_("See whether there is room on the server's disk, and whether the database server ran on."),
    Cause.QUOTA: N_(
        "Where the platform allows more, raise the quota in the settings and restart the bot. "
        "On the server, “dondoc status” tells how many are used."
    ),
}


def told(
    speech: Speech, incident: Incident, *, until: datetime | None, repeated: bool = False, quotas: Sequence[Quota] = ()
) -> Outgoing:
    """Tell an incident as it is now, with the ``quotas`` that it is about, or from its beginning ``until`` its end."""
    again = speech.say("(sent again)") if repeated else None
    if until is None:
        head = speech.say("⚠️ <b>{what}</b>", what=speech.say(WHAT[incident.cause]))
        used = (quota_messages.used(speech, quota) for quota in quotas)
        return Outgoing(speech.lines(again, head, _since(speech, incident), *used, "", *_advice(speech, incident)))
    head = speech.say("✅ <b>Over: {what}</b>", what=speech.say(WHAT[incident.cause]))
    return Outgoing(speech.lines(again, head, _span(speech, incident, until), *_after(speech, incident)))


def _since(speech: Speech, incident: Incident) -> Marked:
    since = speech.moment(incident.since)
    if incident.cause is Cause.UNSENT:
        return speech.plural(
            "Since {since}; {n} message waits.", "Since {since}; {n} messages wait.", incident.count, since=since
        )
    if incident.cause is Cause.QUOTA:
        return speech.say("{low} are used since {since}.", low=speech.percent(LOW), since=since)
    return speech.plural("Since {since}; {n} case.", "Since {since}; {n} cases.", incident.count, since=since)


def _span(speech: Speech, incident: Incident, until: datetime) -> Marked:
    since, end = speech.moment(incident.since), speech.moment(until)
    if incident.cause is Cause.UNSENT:
        return speech.say("From {since} to {until}. What waited leaves now, one after another.", since=since, until=end)
    if incident.cause in (Cause.DATABASE, Cause.QUOTA):
        return speech.say("From {since} to {until}.", since=since, until=end)
    return speech.plural(
        "From {since} to {until}; {n} case. Nothing more has happened since.",
        "From {since} to {until}; {n} cases. Nothing more has happened since.",
        incident.count,
        since=since,
        until=end,
    )


def _advice(speech: Speech, incident: Incident) -> tuple[str, ...]:
    means = USED[stage(incident.count) or LOW] if incident.cause is Cause.QUOTA else MEANS[incident.cause]
    return speech.say(means, rests=speech.percent(RESTS)), speech.say("👉 {todo}", todo=speech.say(TO_DO[incident.cause]))


def _after(speech: Speech, incident: Incident) -> tuple[str, ...]:
    """Give the advice with the end of what was not told while it lasted, since the database itself was away."""
    return ("", *_advice(speech, incident)) if incident.cause is Cause.DATABASE else ()
