"""What can reading find odd or leave to a person? The codes of findings and of doubts; messages words each of them."""

from enum import StrEnum


class Oddity(StrEnum):
    """What the office should look at; the value is a Finding's code."""

    CITATION_DATES_DIFFER = "citation-dates-differ"
    TYPE_DIFFERS_FROM_SYMBOL = "type-differs-from-symbol"
    AUDIENCE_DIFFERS_FROM_HEADING = "audience-differs-from-heading"
    AUTHORITY_DIFFERS = "authority-differs"
    UNIT_COUNT_DIFFERS = "unit-count-differs"
    FOOTNOTE_MISSING = "footnote-missing"
    TEXT_DAMAGED = "text-damaged"
    HEADER_INCOMPLETE = "header-incomplete"
    AMENDS_UNKNOWN = "amends-unknown"
    AMENDS_WITHOUT_DAY = "amends-without-day"
    UNIT_SPELLED_TWICE = "unit-spelled-twice"
    DEADLINE_CONTRADICTS = "deadline-contradicts"
    DEADLINE_IMPOSSIBLE = "deadline-impossible"
    DEADLINE_BEFORE_NOTICE = "deadline-before-notice"


class Doubt(StrEnum):
    """Why a field of a directive is left to a person; the value stands in Directive.doubts."""

    DEADLINE_CONTRADICTS = "deadline-contradicts"
    DEADLINE_WORDING_CONTRADICTS = "deadline-wording-contradicts"
    DEADLINE_IMPOSSIBLE = "deadline-impossible"
    DEADLINE_BEFORE_NOTICE = "deadline-before-notice"
    DEADLINE_YEAR_MISSING = "deadline-year-missing"
    DEADLINE_AMBIGUOUS = "deadline-ambiguous"
    DEADLINE_EVENT = "deadline-event"
    DEADLINE_LEFT_OUT = "deadline-left-out"
    DEADLINE_NOTICE_UNDATED = "deadline-notice-undated"
    DEADLINE_TENTATIVE = "deadline-tentative"
    AUDIENCE_MISSING = "audience-missing"
    AUDIENCE_UNRESOLVED = "audience-unresolved"
    AUDIENCE_COUNT_DIFFERS = "audience-count-differs"
    SCANNED = "scanned"
    LETTERS_GUESSED = "letters-guessed"
