"""Runs DVC commands for a client that would otherwise start Python once for each of them.

Reads a JSON object from each line, {"id": 1, "cwd": "/repo", "argv": ["add", "data"]}, and answers with
{"id": 1, "code": 0, "output": "..."} when that command has ended; commands run beside each other. Each runs in a fork
of its own, so that no state of one is seen by another. What a command had to import, this process imports as well:
the next fork has it already. With "paths" instead of "argv" it says what DVC reads in these files (reading.py), as the
last line of the output.
"""

import gc
import importlib
import json
import os
import select
import signal
import sys
import tempfile
import traceback
import warnings


def run(request, output, learned):
    """Never returns: it is the life of a fork."""
    code = 255
    known = set(sys.modules)
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
        os.chdir(request["cwd"])
        code = read(request) if "paths" in request else command(request)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    try:
        # In the order of their import: one that is meant to be part of another does not come first.
        learned.write(json.dumps([name for name in sys.modules if name not in known]).encode())
        learned.flush()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def command(request):
    from dvc.cli import main

    return main(request["argv"]) or 0


def read(request):
    from reading import read_files

    print(json.dumps(read_files(request["cwd"], request["paths"])))
    return 0


def learn(learned):
    for name in json.loads(content(learned) or "[]"):
        try:
            importlib.import_module(name)
        except Exception:  # a module that cannot be loaded alone is loaded by the commands that need it
            pass
    gc.freeze()  # what a fork does not look through, it does not have to copy


def content(file):
    with file:
        file.seek(0)
        return file.read().decode("utf-8", "replace")


class Server:
    def __init__(self, answers):
        self.answers = answers
        self.running = {}

    def say(self, **answer):
        self.answers.write(json.dumps(answer) + "\n")
        self.answers.flush()

    def start(self, request):
        output, learned = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        child = os.fork()
        if child == 0:
            run(request, output, learned)
        self.running[child] = request["id"], output, learned

    def reap(self):
        while self.running:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            identity, output, learned = self.running.pop(child)
            learn(learned)
            self.say(id=identity, code=os.waitstatus_to_exitcode(status), output=content(output))

    def serve(self, requests, ended):
        """Until the client closes its end and the last command has ended."""
        rest, is_open = b"", True
        while is_open or self.running:
            ready, _, _ = select.select([requests, ended] if is_open else [ended], [], [])
            if ended in ready:
                os.read(ended, 4096)
                self.reap()
            if requests in ready:
                piece = os.read(requests, 65536)
                is_open = piece != b""
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    self.start(json.loads(line))


def main():
    warnings.simplefilter("ignore")
    # The answers go to where standard output was; nothing that a module prints gets among them.
    server = Server(os.fdopen(os.dup(1), "w", encoding="utf-8"))
    os.dup2(2, 1)
    ended, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    importlib.import_module("dvc.cli.parser").get_main_parser()
    server.serve(0, ended)


if __name__ == "__main__":
    main()
