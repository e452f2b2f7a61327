"""What does a person read when something cannot be done? One clear sentence for each refusal and each unreadable paper."""

from channels import Outgoing
from messages.i18n import N_, Speech

REFUSALS = {
    "not-allowed": N_("This is not open to your role. If you need it, please ask the office's administrator."),
    "code-paused": N_("Too many wrong codes. Please wait a quarter of an hour and try again."),
    "own-code": N_("You are registered with this code already. Help: /trogiup"),
    "not-private": N_("Please write to me in a private chat; here everyone would read along."),
    "no-such-task": N_("This task does not exist, or is not your unit's."),
    "no-such-submission": N_("This submission does not exist."),
    "no-such-broadcast": N_("This announcement does not exist."),
    "no-such-conclusion": N_("This conclusion does not exist."),
    "no-such-file": N_("This file does not exist, or is not your unit's."),
    "file-too-large": N_("The file is larger than 20 MB, which the platform does not hand over. Please send a smaller one."),
    "file-on-its-way": N_("The file is still being fetched. Please try again in a moment."),
    "file-not-kept": N_("This file could not be fetched from the sender's chat; please ask them to send it again."),
    "card-old": N_("This card is old, so nothing was changed."),
    "is-submitted": N_("This task has been handed in already and waits for the office. Nothing was changed."),
    "is-accepted": N_("The office has accepted this task already. Nothing more is to be done."),
    "is-cancelled": N_("This task was withdrawn by the office. Nothing more is to be done."),
    "is-superseded": N_("A newer conclusion replaces this task. Nothing more is to be done."),
    "is-assigned": N_("This task awaits its unit again; nothing was changed."),
    "is-returned": N_("This task was returned and awaits its unit; nothing was changed."),
    "submission-accepted": N_("This submission has been accepted already. Nothing was changed."),
    "submission-returned": N_("This submission has been returned already. Nothing was changed."),
    "submission-undone": N_("The unit has taken this submission back. Nothing was changed."),
    "submission-closed": N_("This task is no longer followed up, so there is nothing to decide. Nothing was changed."),
    "undo-too-late": N_("The ten minutes are over. If something is wrong, please ask the office to return the task."),
    "reason-required": N_("Please write a reason in words."),
    "not-a-draft": N_("This is no longer a draft. Nothing was changed."),
    "not-published": N_("This conclusion is not in force. Nothing was changed."),
    "no-tasks": N_("The draft has no task left, so there is nothing to publish."),
    "undecided": N_("The draft cannot be published yet: please decide first what is not sure."),
    "deadline-not-understood": N_(
        "I do not understand this deadline. Please write a day that exists, like 22/02/2021, or “không” for none."
    ),
    "day-not-understood": N_("I do not understand this day. Please write one that exists, like 22/02/2021."),
    "rule-not-understood": N_(
        "I do not understand this rule. Please write it like “trước ngày 20 hằng tháng” or “thứ Sáu hằng tuần”."
    ),
    "rule-is-over": N_("No day of this rule is still to come. Please write one that goes on."),
    "series-ended": N_("This series has ended already. Nothing was changed."),
    "not-a-series": N_("This task does not recur. Nothing was changed."),
    "day-is-over": N_("This day is over already. Please write a day from today on, like 22/02/2021."),
    "ladder-not-understood": N_(
        "I do not understand these steps. Please write working days before and after the deadline, like: 5, 2, 0, +1, +3"
    ),
    "empty-text": N_("Please write at least one word."),
    "too-long": N_("This text is too long for one message: at most 3,000 characters."),
    "broadcast-sending": N_("This announcement is on its way already; it is not sent twice."),
    "broadcast-done": N_("This announcement was sent already; it is not sent twice."),
    "broadcast-cancelled": N_("This announcement was put away. To write a new one: /thongbao"),
    "audience-missing": N_("Please choose first who is to get the announcement."),
    "nobody-to-tell": N_("None of these units has anybody who receives messages, so nothing was sent."),
}
UNREADABLE = {
    "empty": N_("The file has no text in it. Please send the notice itself."),
    "too-large": N_("The file is larger than 20 MB, or far longer than a notice. Please send the notice alone, best as .docx."),
    "unknown-ending": N_(
        "I read .docx, .doc, .odt, .rtf, .pdf, .txt and .md, and pictures (.jpg, .png). "
        "Please save the notice as one of these and send it again."
    ),
    "ending-differs": N_("The file is not what its ending says. Please open it, save it as .docx and send it again."),
    "broken-file": N_("The file is damaged and cannot be opened. Please save it anew as .docx and send it again."),
    "locked": N_("The file is protected by a password. Please remove the password and send it again."),
    "not-text": N_("The file holds no readable text. Please save it as .docx, or as .txt in UTF-8, and send it again."),
    "not-a-notice": N_(
        "I find no conclusion notice in this text: no title and no orders. Nothing was stored. Is it the right file?"
    ),
    "no-name-column": N_("The list has no column “name”. Please give it the columns name, short_name, group, also."),
    "too-slow": N_(
        "Reading this file takes too long, so it was stopped. Please send the notice as .docx, without anything else."
    ),
    "has-macros": N_(
        "The file holds macros, which are never run here. Please save it as .docx without macros and send it again."
    ),
    "needs-tesseract": N_(
        "This is a picture of the notice, and nothing is installed here to read pictures. Please send it as .docx, "
        "or ask the administrator for the packages tesseract-ocr and tesseract-ocr-vie."
    ),
    "needs-libreoffice": N_(
        "Files of this kind need LibreOffice, which is not installed here. Please save the notice as .docx, "
        "or ask the administrator for the package libreoffice-writer-nogui."
    ),
    "lost": N_("The file could not be fetched. Please send it once more."),
}
BUG = N_("Something went wrong here, and the administrator can see it. Please try once more later; nothing was lost.")


def refusal(speech: Speech, reason: str) -> Outgoing:
    """Give the sentence for a refusal."""
    return Outgoing(speech.say(REFUSALS[reason]))


def unreadable(speech: Speech, reason: str, file: str) -> Outgoing:
    """Give the sentence for a paper that cannot be read."""
    return Outgoing(speech.say("“{file}”: {why}", file=file, why=why_unreadable(speech, reason)))


def why_unreadable(speech: Speech, reason: str) -> str:
    """Give the bare reason why a paper cannot be read."""
    return speech.say(UNREADABLE[reason])


def bug(speech: Speech) -> Outgoing:
    """Say that the program failed."""
    return Outgoing(speech.say(BUG))
