"""How is a reading written down? The JSON form of READING.md, and back without loss."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from domain.calendar import Calendar
from domain.deadlines import Deadline, DeadlineKind
from domain.readings import (
    Amendment,
    AmendmentKind,
    Audience,
    AudienceKind,
    Citation,
    Directive,
    Evidence,
    Finding,
    Header,
    Reading,
)

# A JSON object as the json module gives it: its values are of any JSON type, which no narrower type says.
Form = dict[str, Any]


def to_form(reading: Reading, calendar: Calendar) -> Form:
    """Write a reading as JSON values; effective_workday is the last working day not after last_day."""
    header = reading.header
    return {
        "header": {
            "issuer": header.issuer,
            "number": header.number,
            "symbol": header.symbol,
            "date": _day(header.dated),
            "title": header.title,
        },
        "units": list(reading.units),
        "tasks": [_directive(directive, calendar) for directive in reading.directives],
        "citations": [_citation(citation) for citation in reading.citations],
        "findings": [{"code": str(finding.code), "words": finding.words, "at": finding.at} for finding in reading.findings],
        "paragraphs": list(reading.paragraphs),
        "lines": list(reading.lines),
        "sources": [list(numbers) for numbers in reading.sources],
        "evidence": _evidence(reading.evidence),
        "amendments": [_amendment(one) for one in reading.amendments],
    }


def from_form(form: Mapping[str, Any]) -> Reading:
    """Give back the reading that a form was written from; raises KeyError or ValueError where the form is not one."""
    header = form["header"]
    return Reading(
        Header(header["issuer"], header["number"], header["symbol"], _from_day(header["date"]), header["title"]),
        tuple(form["units"]),
        tuple(_from_directive(task) for task in form["tasks"]),
        tuple(_from_citation(citation) for citation in form["citations"]),
        tuple(Finding(finding["code"], finding["words"], finding["at"]) for finding in form["findings"]),
        tuple(form["paragraphs"]),
        tuple(form["lines"]),
        tuple(tuple(numbers) for numbers in form["sources"]),
        _from_evidence(form["evidence"]),
        tuple(Amendment(AmendmentKind(it.pop("kind")), **it) for it in map(dict, form["amendments"])),
    )


def _amendment(one: Amendment) -> Form:
    """Write what a paper says of an older conclusion."""
    return {
        "kind": one.kind.value,
        "number": one.number,
        "symbol": one.symbol,
        "item": one.item,
        "ref": one.ref,
        "words": one.words,
    }


def _day(day: date | None) -> str | None:
    """Write a day."""
    return day.isoformat() if day else None


def _from_day(words: str | None) -> date | None:
    """Give back a day."""
    return date.fromisoformat(words) if words else None


def _directive(directive: Directive, calendar: Calendar) -> Form:
    """Write a directive as a task."""
    return {
        "ref": directive.ref,
        "text": directive.text,
        "audience": _audience(directive.audience),
        "deadline": _deadline(directive.deadline, calendar),
        "deliverable": directive.deliverable,
        "submit_to": directive.submit_to,
        "unsure": list(directive.unsure),
        "doubts": dict(directive.doubts),
        "evidence": _evidence(directive.evidence),
        "choices": [_deadline(choice, calendar) for choice in directive.choices],
    }


def _from_directive(task: Mapping[str, Any]) -> Directive:
    """Give back a directive."""
    return Directive(
        task["ref"],
        task["text"],
        _from_audience(task["audience"]),
        _from_deadline(task["deadline"]),
        task["deliverable"],
        task["submit_to"],
        tuple(task["unsure"]),
        dict(task["doubts"]),
        _from_evidence(task["evidence"]),
        tuple(_from_deadline(choice) for choice in task["choices"]),
    )


def _evidence(evidence: Mapping[str, Evidence]) -> Form:
    """Write the evidence of each field."""
    return {name: {"words": it.words, "paragraph": it.paragraph, "rule": it.rule} for name, it in evidence.items()}


def _from_evidence(form: Mapping[str, Any]) -> dict[str, Evidence]:
    """Give back the evidence of each field."""
    return {name: Evidence(it["words"], it["paragraph"], it["rule"]) for name, it in form.items()}


def _audience(audience: Audience) -> Form:
    """Write an audience; those who help stand under "with"."""
    return {
        "kind": audience.kind.value,
        "units": list(audience.units),
        "phrase": audience.phrase,
        "with": list(audience.coordinators),
        "complement": audience.complement,
        "excluded": list(audience.excluded),
    }


def _from_audience(form: Mapping[str, Any]) -> Audience:
    """Give back an audience."""
    units, helpers, excluded = (tuple(form[name]) for name in ("units", "with", "excluded"))
    return Audience(AudienceKind(form["kind"]), units, form["phrase"], helpers, form["complement"], excluded)


def _deadline(deadline: Deadline, calendar: Calendar) -> Form:
    """Write a deadline; its clock time as HH:MM."""
    return {
        "kind": deadline.kind.value,
        "literal": deadline.literal,
        "last_day": _day(deadline.last_day),
        "time": f"{deadline.at:%H:%M}" if deadline.at is not None else None,
        "recurrence": deadline.recurrence,
        "basis": deadline.basis,
        "effective_workday": _day(deadline.last_working_day(calendar)),
    }


def _from_deadline(form: Mapping[str, Any]) -> Deadline:
    """Give back a deadline."""
    at = time.fromisoformat(form["time"]) if form["time"] else None
    return Deadline(
        DeadlineKind(form["kind"]), form["literal"], _from_day(form["last_day"]), at, form["recurrence"], form["basis"]
    )


def _citation(citation: Citation) -> Form:
    """Write a citation."""
    return {
        "type": citation.type,
        "number": citation.number,
        "symbol": citation.symbol,
        "dates": [day.isoformat() for day in citation.dates],
        "issuer": citation.issuer,
        "literal": citation.literal,
    }


def _from_citation(form: Mapping[str, Any]) -> Citation:
    """Give back a citation."""
    dates = tuple(date.fromisoformat(day) for day in form["dates"])
    return Citation(form["type"], form["number"], form["symbol"], dates, form["issuer"], form["literal"])
