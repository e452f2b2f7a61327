"""Is one question open with each account, and does it survive the process?"""

from storage import dialogues, people
from storage.session import Database
from tests.builders import NOW


async def account_of(database: Database, address: str = "101") -> int:
    async with database.transaction() as session:
        return (await people.account(session, "telegram", address)).id


async def ask(database: Database, account_id: int, question: str, **subject: object) -> None:
    async with database.transaction() as session:
        await dialogues.ask(session, account_id, question, subject, NOW)


async def asked(database: Database, account_id: int) -> tuple[str, dict[str, object]] | None:
    async with database.transaction() as session:
        open_one = await dialogues.open_with(session, account_id, NOW)
        return (open_one.question, open_one.subject) if open_one else None


async def test_a_question_is_remembered_with_what_it_is_about(database: Database, replica: Database) -> None:
    account_id = await account_of(database)
    await ask(database, account_id, "reason", submission=7, words=["thiếu phụ lục"])
    assert await asked(replica, account_id) == ("reason", {"submission": 7, "words": ["thiếu phụ lục"]})


async def test_a_new_question_takes_the_place_of_the_old(database: Database) -> None:
    account_id = await account_of(database)
    await ask(database, account_id, "reason", submission=7)
    await ask(database, account_id, "deadline", task=3)
    assert await asked(database, account_id) == ("deadline", {"task": 3})


async def test_each_account_has_its_own_question(database: Database) -> None:
    lan, minh = await account_of(database, "101"), await account_of(database, "102")
    await ask(database, lan, "reason")
    assert (await asked(database, lan), await asked(database, minh)) == (("reason", {}), None)


async def test_a_closed_question_is_forgotten_and_closing_again_does_nothing(database: Database) -> None:
    account_id = await account_of(database)
    await ask(database, account_id, "reason")
    for _ in range(2):
        async with database.transaction() as session:
            await dialogues.close(session, account_id)
    assert await asked(database, account_id) is None
