"""Is it remembered who took which file?"""

from storage import calendar_files
from storage.session import Database
from tests.builders import Cast, a_duty


async def test_who_took_a_file_is_kept_once_with_the_newest_number(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        duty = await a_duty(session, cast)
        for sequence in (0, 0, 2):
            await calendar_files.take(session, duty.assignment.id, cast.lan.id, sequence)

    async with database.transaction() as session:
        taken = await calendar_files.taken(session, cast.lan.id, [duty.assignment.id])
        others = await calendar_files.taken(session, cast.minh.id, [duty.assignment.id])
        none = await calendar_files.taken(session, cast.lan.id, [])

    assert (taken, others, none) == ({duty.assignment.id: 2}, {}, {})
