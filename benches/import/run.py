"""Runs a program and measures it."""

import json
import subprocess
import sys

# The memory of a program is counted from that of the process that starts it, so a small one does.
STARTER = """
import json, os, signal, sys, time
limit, command = int(sys.argv[1]), sys.argv[2:]
started = time.monotonic()
child = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
signal.alarm(limit)
_, status, usage = os.wait4(child, 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "seconds": time.monotonic() - started,
                  "megabytes": usage.ru_maxrss / 1024}))
"""


def measured(command, folder, limit):
    """Runs a command: its exit code, what it said, seconds, the most memory in MiB (from 10 on)."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", STARTER, str(limit), *command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    outcome = json.loads(done.stdout)
    outcome["message"] = done.stderr.decode("utf-8", "replace").strip()
    return outcome
