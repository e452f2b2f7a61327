"""Is anybody missed or told twice when the process is killed while an announcement goes out?"""

from collections import Counter
from pathlib import Path
from random import Random

from tests.faults.offices import an_office

READERS = 500
KILLS = 20


async def test_killed_at_twenty_points_of_an_announcement_to_five_hundred(tmp_path: Path, sqlite: str, seed: int) -> None:
    points = sorted(Random(seed).sample(range(1, READERS), KILLS))  # noqa: S311 - points of a test, no secret
    async with an_office(tmp_path, sqlite, readers=READERS) as office:
        replica = await office.starts()
        broadcast = await office.announces()
        doubt: Counter[int] = Counter()
        for point in points:
            await office.taken(point)
            await replica.is_killed()
            doubt.update(await office.sending(broadcast))
            await replica.starts()
        census = await office.finished(broadcast)
        again = {number for number, times in doubt.items() if times > 1}
        assert census.complaints(doubt=doubt, doubt_again=again) == {}
