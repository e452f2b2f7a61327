"""Is anybody missed or told twice while an old and a new version of the program run together?

The new version is this one with one more step, which adds to the tables that a message travels through. So this proves that a
process lives through a step that only adds, that both share the work, and that an old one does not start on a newer database.
It cannot prove anything of a step that takes away or renames: such a one needs two releases.
"""

import shutil
from pathlib import Path

from storage.migrations import newest
from tests.architecture import rules
from tests.faults.offices import an_office
from tests.faults.programs import run

ROOT = Path(__file__).parents[2]
STEP = '''
"""Keep one thing more."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{before}", None, None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("more", sa.String(20)))
    op.add_column("inbox", sa.Column("more", sa.String(20)))
    op.create_index("ix_outbox_more", "outbox", ["more"])


def downgrade() -> None:
    op.drop_index("ix_outbox_more", "outbox")
    op.drop_column("inbox", "more")
    op.drop_column("outbox", "more")
'''


def new_version(folder: Path) -> Path:
    """Give a tree of this version with one more step."""
    tree = folder / "new"
    tree.mkdir()
    for package in rules.packages(ROOT):
        if package == "storage":
            shutil.copytree(ROOT / package, tree / package)
        else:
            (tree / package).symlink_to(ROOT / package)
    (tree / "storage" / "migrations" / "versions" / "9999_keep_more.py").write_text(STEP.format(before=newest()))
    return tree


async def test_old_and_new_share_an_announcement_while_the_database_is_brought_up_to_date(
    tmp_path: Path, blank_postgresql: str
) -> None:
    tree = new_version(tmp_path)
    async with an_office(tmp_path, blank_postgresql, readers=300) as office:
        old = await office.starts()
        await old.is_ready()
        broadcast = await office.announces(held=200)
        await office.taken(10)
        new = await office.starts(command=run(), PYTHONPATH=str(tree))
        await new.is_ready()
        alone = old.log.count("outcome=sent")
        await office.lets_go()
        census = await office.finished(broadcast)
        assert "step=9999" in new.log
        assert "outcome=sent" in new.log
        assert old.log.count("outcome=sent") > alone
        assert census.complaints() == {}


async def test_an_old_version_does_not_start_on_a_newer_database(tmp_path: Path, blank_postgresql: str) -> None:
    tree = new_version(tmp_path)
    async with an_office(tmp_path, blank_postgresql, readers=20) as office:
        new = await office.starts(command=run(), PYTHONPATH=str(tree))
        await new.is_ready()
        old = await office.starts()
        assert await old.ends() != 0
        assert "Traceback" not in old.log
        census = await office.finished(await office.announces())
        assert census.complaints() == {}
