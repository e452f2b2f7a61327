"""Does what was worked on go when it is old, and what was said stay?"""

from sqlalchemy import func, select

from storage import tables
from tests.e2e.conftest import Cast, Lines


async def test_events_of_last_month_are_forgotten_and_every_message_stays(published: Cast, lines: Lines) -> None:
    stage = published.stage
    await published.lan.says("/viec")
    await published.lan.waits_for("việc")
    await stage.app.settle()
    before = await rows(published)
    await stage.passes(days=31)

    stage.app.clockwork.wake("tidy")
    gone = vars(await lines.until("tidy"))["events"]

    events, messages = await rows(published)
    assert (gone, events) == (before[0], 0)
    assert messages >= before[1] > 0


async def rows(cast: Cast) -> tuple[int, int]:
    """Count the rows of the inbox, and of the outbox."""
    async with cast.stage.app.database.transaction() as session:
        counted = [await session.scalar(select(func.count()).select_from(table)) for table in (tables.inbox, tables.outbox)]
    return counted[0] or 0, counted[1] or 0
