"""Stores of tests, sooner opened: what SQLAlchemy derives from our tables and statements, it derives once for all of them."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, create_mock_engine

from custom_components.encore.history.database import sqlite
from custom_components.encore.history.database.schema import metadata


def open_sooner() -> None:
    """Let all SQLite stores share their compiled statements, and new ones the text of their tables."""
    vars(sqlite).update(create_engine=_engine)
    vars(metadata).update(create_all=_create_all)


@cache
def _first() -> Engine:
    first = create_engine("sqlite://")
    first.connect().close()  # now its dialect knows SQLite's version
    return first


def _engine(*arguments: Any, **options: Any) -> Engine:
    engine = create_engine(*arguments, **options)
    engine.dialect = engine.pool._dialect = _first().dialect
    engine._compiled_cache = _first()._compiled_cache
    return engine


def _create_all(connection: Connection) -> None:
    """Make the tables; in an empty SQLite store by the statements that were compiled before."""
    if connection.dialect is not _first().dialect or _holds_anything(connection):
        MetaData.create_all(metadata, connection)
        return
    for statement in _statements():
        connection.exec_driver_sql(statement)


def _holds_anything(connection: Connection) -> bool:
    return bool(
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    )


@cache
def _statements() -> list[str]:
    statements: list[str] = []

    def note(statement: Any, *_: Any, **__: Any) -> None:
        statements.append(str(statement.compile(dialect=_first().dialect)))

    MetaData.create_all(
        metadata, create_mock_engine("sqlite://", note), checkfirst=False
    )
    return statements
