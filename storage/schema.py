"""What do all tables share? Their metadata, the names of their keys and indexes, and how a row is numbered and referred to."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# SQLite numbers rows by itself only where the key is INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")


def number() -> Column[int]:
    """Give the column that numbers a table's rows."""
    return Column("id", Number, primary_key=True)


def ref(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    """Give a column that refers to a row of another table."""
    return Column(name, Number, ForeignKey(f"{target}.id"), nullable=nullable, index=True)
