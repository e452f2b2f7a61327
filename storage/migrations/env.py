"""How does Alembic reach the database? On the connection that ``migrate`` hands over."""

from typing import Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from storage import tables


def as_kept(kind: str, value: object, _: object) -> str | Literal[False]:
    """Write a column type into a step as the plain type that is kept, so that old steps need no class of today."""
    if kind == "type" and isinstance(value, TypeDecorator):
        return f"sa.{value.impl_instance!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    compare_type=True,
    render_as_batch=True,
    transactional_ddl=True,
    render_item=as_kept,
)
context.run_migrations()
