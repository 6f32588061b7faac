#!/usr/bin/env python3
"""quotations.py FILE... - who said what on news pages, with libkhabar through ctypes.

Nothing but Python's own library is needed; KHABAR_LIBRARY names the shared library when it is not where the
system looks for libraries.
"""
import ctypes
import json
import os
import sys


class Khabar:
    """A context of khabar.h. One thread at a time."""

    def __init__(self, data_folder=None):
        self.lib = ctypes.CDLL(os.environ.get("KHABAR_LIBRARY", "libkhabar.so.0"))
        self._declare("khabar_open", ctypes.c_void_p, ctypes.c_char_p)
        self._declare("khabar_close", None, ctypes.c_void_p)
        self._declare("khabar_read", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)
        self._declare("khabar_ok", ctypes.c_int, ctypes.c_void_p)
        self._declare("khabar_json", ctypes.c_char_p, ctypes.c_void_p)
        self._declare("khabar_message", ctypes.c_char_p, ctypes.c_void_p)
        self._declare("khabar_free", None, ctypes.c_void_p)
        self.context = self.lib.khabar_open(os.fsencode(data_folder) if data_folder else None)
        if not self.context:
            raise RuntimeError(f"khabar: the data folder {data_folder} cannot be read")

    def _declare(self, name, result, *arguments):
        function = getattr(self.lib, name)
        function.restype, function.argtypes = result, arguments

    def read(self, page, label):
        """The article of the bytes PAGE, as docs/JSON.md describes it; ValueError with the reason when it cannot be read."""
        result = self.lib.khabar_read(self.context, page, len(page), label.encode())
        try:
            if not self.lib.khabar_ok(result):
                raise ValueError(self.lib.khabar_message(result).decode())
            return json.loads(self.lib.khabar_json(result))
        finally:
            self.lib.khabar_free(result)

    def close(self):
        self.lib.khabar_close(self.context)
        self.context = None


def main(paths):
    khabar = Khabar()
    for path in paths:
        with open(path, "rb") as page:
            article = khabar.read(page.read(), os.path.basename(path))
        for quotation in article["quotations"]:
            print(path, quotation.get("speaker") or "-", quotation["stance"], quotation["text"], sep="\t")
    khabar.close()


if __name__ == "__main__":
    main(sys.argv[1:])
