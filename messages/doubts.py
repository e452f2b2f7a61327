"""How is it told what reading found odd, or left to a person? Words for the codes of findings and doubts."""

from domain.questions import Question
from domain.readings import Finding
from messages.i18n import N_, Speech

FINDINGS = {
    "citation-dates-differ": N_("One paper is cited with different dates"),
    "type-differs-from-symbol": N_("A paper's name does not fit its symbol"),
    "audience-differs-from-heading": N_("The item names others than its heading does"),
    "authority-differs": N_("The signature does not fit the authority that the text names"),
    "unit-count-differs": N_("The number of units does not fit the list"),
    "footnote-missing": N_("A footnote is referred to and is not there"),
    "text-damaged": N_("The text seems damaged"),
    "header-incomplete": N_("The letterhead is incomplete"),
    "amends-unknown": N_("The paper changes a notice that is not in force here; please look whether something must be done"),
    "amends-without-day": N_("The paper moves a deadline and no task of it has the new day; please look what must be done"),
    "unit-spelled-twice": N_("Two units are spelled almost alike and may be one"),
    "deadline-contradicts": N_("The words of a deadline contradict each other"),
    "deadline-impossible": N_("A deadline names a day that does not exist"),
    "deadline-before-notice": N_("A deadline lies before the notice"),
}
DOUBTS = {
    "deadline-contradicts": N_("the words of the deadline contradict each other"),
    "deadline-wording-contradicts": N_("the words of the deadline contradict each other"),
    "deadline-impossible": N_("there is no such day"),
    "deadline-before-notice": N_("the deadline lies before the notice"),
    "deadline-year-missing": N_("the year is missing"),
    "deadline-ambiguous": N_("the words of the deadline can be read in several ways"),
    "deadline-event": N_("the deadline counts from an event whose day was not found in the paper"),
    "deadline-left-out": N_("words of time were found that could not be understood"),
    "deadline-notice-undated": N_("the deadline counts from the notice's date, which the paper does not give"),
    "deadline-tentative": N_("the deadline depends on a day that is only planned"),
    "audience-missing": N_("the paper does not say whom the task binds"),
    "audience-unresolved": N_("it is not clear which units are meant"),
    "audience-count-differs": N_("the number of units does not fit the list"),
    "unit-unknown": N_("a name that the paper gives comes near a registered unit's"),
    "scanned": N_("it was read off a picture"),
    "letters-guessed": N_("the letters of the file are of an old kind and were guessed"),
}
ODD = N_("To be looked at")
UNSURE = N_("the reading is not sure")
HEADER_PARTS = {
    "issuer": N_("the issuer"),
    "number": N_("the number"),
    "symbol": N_("the symbol"),
    "date": N_("the date"),
    "title": N_("the title"),
}


def finding(speech: Speech, found: Finding) -> str:
    """Tell a finding with the words in question and the item where they stand."""
    what = speech.say(FINDINGS.get(found.code, ODD))
    words = found.words
    if found.code == "header-incomplete":
        words = speech.series(speech.say(HEADER_PARTS[part]) for part in found.words.split(", "))
    if found.at:
        return speech.say("⚠️ {what} (item {item}): {words}", what=what, item=found.at, words=words)
    return speech.say("⚠️ {what}: {words}", what=what, words=words)


def is_asked(found: Finding) -> bool:
    """Tell whether a draft asks about a finding anyway, as a question of its task."""
    return found.code in DOUBTS


def question(speech: Speech, asked: Question) -> str:
    """Tell what a person must decide, and why."""
    why = speech.say(DOUBTS.get(asked.reason, UNSURE))
    if len(asked.fields) > 1:
        return speech.say("❓ To be compared with the paper: {why}.", why=why)
    if asked.fields == ("deadline",):
        return speech.say("❓ The deadline must be decided: {why}.", why=why)
    if asked.fields == ("audience",):
        return speech.say("❓ The units must be decided: {why}.", why=why)
    return speech.say("❓ To be decided: {why}.", why=why)
