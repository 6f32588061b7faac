#!/usr/bin/env python3
"""warnings.py [-j N] BUILD COMPILER [FLAG...] - what COMPILER says of every source of ours, without making code.

Takes from BUILD/compile_commands.json how each file is compiled (definitions, folders, warnings, -Werror) and shows the file to
COMPILER with these flags, those given and -fsyntax-only. Files that the build makes are left out: they are tables. Says what the compiler
says; the exit status is 1 where it refused a file.
"""
import collections
import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

FILES_AT_ONCE = 12
KEPT = ('-D', '-I', '-W', '-std=', '-f')
DROPPED = ('-fsanitize', '-fno-sanitize', '-fdiagnostics')


def flags_of(words):
    """Those that matter to a front end, in their order."""
    flags = []
    for i, word in enumerate(words):
        if word == '-isystem':
            flags += words[i:i + 2]
        elif word.startswith(KEPT) and not word.startswith(DROPPED):
            flags.append(word)
    return tuple(flags)


def batches(build):
    """Files that are compiled alike, some together."""
    alike = collections.defaultdict(dict)
    for entry in json.load(open(os.path.join(build, 'compile_commands.json'))):
        if not os.path.abspath(entry['file']).startswith(os.path.abspath(build) + os.sep):
            alike[flags_of(shlex.split(entry['command']))][entry['file']] = None
    for flags, files in alike.items():
        files = list(files)
        for i in range(0, len(files), FILES_AT_ONCE):
            yield flags, files[i:i + FILES_AT_ONCE]


def main():
    args = sys.argv[1:]
    jobs = int(args[1]) if args[0] == '-j' else 1
    build, compiler, *more = args[2:] if args[0] == '-j' else args

    def look(batch):
        return subprocess.run([compiler, *batch[0], *more, '-fsyntax-only', *batch[1]]).returncode
    with ThreadPoolExecutor(jobs) as pool:
        codes = list(pool.map(look, batches(build)))
    print(f'{len(codes)} calls of {compiler}, {sum(map(bool, codes))} failed')
    sys.exit(any(codes) or not codes)


if len(sys.argv) < 3:
    sys.exit(__doc__.splitlines()[0])
main()
