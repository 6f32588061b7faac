"""A plugin of Datasette that reads packed texts: datasette --plugins-dir examples/datasette khabar.db

It gives SQL the function that the sqlite3 shell has of its own. In a program of yours the last lines of `functions` are all that is needed.
"""
import zlib


def functions(connection):
    connection.create_function("sqlar_uncompress", 2, lambda packed, size: zlib.decompress(packed))


try:
    from datasette import hookimpl

    @hookimpl
    def prepare_connection(conn):
        functions(conn)
except ImportError:
    pass
