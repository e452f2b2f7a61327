"""How does the office choose when people are reminded? A ladder for everything, for one conclusion, or for one task."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain import ladder_changes
from domain.conclusions import Conclusion, ConclusionState, Task
from domain.errors import Refusal
from domain.ladder_changes import Foresight, Sharing
from domain.ladders import Extent, Ladder, Scope, effective, parse
from domain.names import fold
from domain.people import RoleKind
from handlers.context import Answer, Context, Reply
from messages import ladders as messages
from storage import conclusions, dialogues, ladders

QUESTION = "ladder"
WIDER = {fold(word) for word in ("mặc định", "mac dinh", "default")}
IN_USE = (ConclusionState.DRAFT, ConclusionState.PUBLISHED)


@dataclass(frozen=True)
class Place:
    """Where a ladder stands: its extent with what belongs to it, the one that is set there, and the one that else holds."""

    extent: Extent
    own: Ladder | None
    wider: Ladder
    conclusion: Conclusion | None = None
    task: Task | None = None

    @property
    def holds(self) -> Ladder:
        """The ladder by which people are reminded here."""
        return effective(self.own, self.wider)


async def show(context: Context, scope: str = Scope.OFFICE, number: int = 0) -> Answer:
    """Show a ladder in words, and wait for another one."""
    place = await _place(context, scope, number)
    await _ask(context, place)
    foresight = await _foresee(context, place, place.holds)
    tasks = await conclusions.tasks_of(context.session, number) if place.extent.scope is Scope.CONCLUSION else []
    return [Reply(messages.card(context.speech, _shown(place), foresight, [one for one in tasks if not one.dropped]))]


async def take(context: Context, subject: dict[str, Any], text: str) -> Answer:
    """Take typed steps, and show in words what they bring before they hold."""
    place = await _place(context, subject["scope"], subject["number"])
    typed = None if fold(text) in WIDER else parse(text)
    await _ask(context, place, typed=str(typed or ""))
    after = typed or place.wider
    return [Reply(messages.proposed(context.speech, _shown(place), after, await _foresee(context, place, after)))]


async def apply(context: Context, scope: str, number: int = 0) -> Answer:
    """Let the steps that were shown hold from now on; what they would have said before now stays unsaid."""
    place = await _place(context, scope, number)
    asked = await dialogues.open_with(context.session, context.account.id, context.now)
    known = asked.subject if asked is not None and asked.question == QUESTION else {}
    if (known.get("scope"), known.get("number")) != (scope, number) or "typed" not in known:
        return [context.in_place(messages.holds(context.speech, _shown(place), place.holds))]
    typed = parse(known["typed"]) if known["typed"] else None
    await _set(context, place, typed)
    await dialogues.close(context.session, context.account.id)
    return [context.in_place(messages.holds(context.speech, _shown(place), effective(typed, place.wider)))]


async def _set(context: Context, place: Place, ladder: Ladder | None) -> None:
    session, after = context.session, effective(ladder, place.wider)
    for one in await ladders.sharing(session, place.extent):
        unsaid = ladder_changes.over(one, place.holds, after, context.now, context.office)
        await ladders.overtake(session, place.extent, one, unsaid, context.now)
    if place.task is not None:
        place.task.ladder = ladder
    elif place.conclusion is not None:
        place.conclusion.ladder = ladder
    else:
        await ladders.keep_for_office(session, ladder)
    await ladders.plan_anew(session, place.extent, context.now)


async def _foresee(context: Context, place: Place, after: Ladder) -> Foresight:
    shared = await _shared(context, place)
    return ladder_changes.foresee(shared, place.holds, after, context.now, context.office)


async def _shared(context: Context, place: Place) -> Sequence[Sharing]:
    """Give the deadlines that the ladder is about: of a draft those that it would set, else those of open assignments."""
    if place.conclusion is None or place.conclusion.state is not ConclusionState.DRAFT:
        return await ladders.sharing(context.session, place.extent)
    tasks = [place.task] if place.task else await conclusions.tasks_of(context.session, place.conclusion.id)
    meant = [task for task in tasks if not task.dropped and (place.task or task.ladder is None)]
    return [Sharing(task.deadline) for task in meant if task.deadline.last_day is not None]


async def _place(context: Context, scope: str, number: int) -> Place:
    office = await ladders.of_office(context.session)
    if scope == Scope.OFFICE:
        context.standing.must({RoleKind.ADMIN})
        return Place(Extent(Scope.OFFICE), office, effective())
    if scope not in set(Scope):
        raise Refusal("card-old")
    if scope == Scope.CONCLUSION:
        conclusion = _in_use(await conclusions.one(context.session, number))
        return Place(Extent(Scope.CONCLUSION, number), conclusion.ladder, effective(office), conclusion)
    task, conclusion = await conclusions.held_task(context.session, number)
    wider = effective(_in_use(conclusion).ladder, office)
    return Place(Extent(Scope.TASK, number), task.ladder, wider, conclusion, task)


def _in_use(conclusion: Conclusion) -> Conclusion:
    if conclusion.state not in IN_USE:
        raise Refusal("not-published")
    return conclusion


def _shown(place: Place) -> messages.Shown:
    return messages.Shown(place.extent, place.holds, place.own is not None, place.conclusion, place.task)


async def _ask(context: Context, place: Place, **typed: str) -> None:
    subject = {"scope": place.extent.scope, "number": place.extent.number, **typed}
    await dialogues.ask(context.session, context.account.id, QUESTION, subject, context.now)
