"""What the machine is, and who else uses it while something is measured."""

import contextlib
import os
import platform
import re
import shutil
import subprocess
import time
from pathlib import Path

from servers import PROGRAM, TICKS

QUIET_SHARE = 0.10
LOOK_SECONDS = 0.5


def cpu_seconds(pid):
    """User and system time of a process, as the system's clock of it has it: to the nanosecond. Linux only."""
    return time.clock_gettime((~pid << 3) | 2)


def compiler_seconds(pid):
    """Of the threads of a virtual machine that compile, as far as they live; of anything else 0."""
    seconds = 0.0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            name, fields = (thread / "stat").read_text().split("(", 1)[1].rsplit(") ", 1)
            if "CompilerThre" in name:
                user, system = fields.split()[11:13]
                seconds += (int(user) + int(system)) / TICKS
    return seconds


def busy_seconds():
    """Of all processors together since the start of the machine, without those that waited."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _, _, irq, soft, steal = map(int, fields[:8])
    return (user + nice + system + irq + soft + steal) / TICKS


class Others:
    """Which part of the machine was used by processes that are not ours."""

    def __init__(self, ours):
        self.ours = list(ours)
        self.began, self.busy, self.used = time.monotonic(), busy_seconds(), self.by_us()

    def by_us(self):
        return sum(cpu_seconds(pid) for pid in [os.getpid(), *self.ours])

    def share(self):
        taken = busy_seconds() - self.busy - (self.by_us() - self.used)
        return max(0.0, taken / (time.monotonic() - self.began) / os.cpu_count())


def await_quiet(ours, patience_seconds):
    """Waits until others leave the machine alone, but not for ever; whoever measures tells how it was meanwhile."""
    until = time.monotonic() + patience_seconds
    while time.monotonic() < until:
        others = Others(ours)
        time.sleep(LOOK_SECONDS)
        if others.share() <= QUIET_SHARE:
            return


def resident_bytes(pid):
    return int(re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text()).group(1)) * 1024


def jar_version(name):
    for jar in sorted((PROGRAM / "lib").glob(f"{name}-[0-9]*.jar")):
        return jar.stem[len(name) + 1:]
    raise SystemExit(f"there is no {name} in {PROGRAM / 'lib'}")


def program(name):
    """Where it is; a server may stand where only administrators look."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if not found:
        raise SystemExit(f"there is no {name}: install it, such as by apt-get install nginx-light redis-server")
    return found


def said_by(*command):
    """What a program says of its version, on whichever of its two outputs."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    return (done.stdout + done.stderr).strip().split("\n")[0]


def describe(java):
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1))
    return {
        "date": time.strftime("%Y-%m-%d %H:%M", time.gmtime()) + " UTC",
        "processor": f"{os.cpu_count()} × {model.group(1) if model else platform.machine()}",
        "memory": f"{memory / 1024 / 1024:.0f} GiB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}, {platform.machine()}",
        "JDK": said_by(java, "--version"),
        "gRPC": jar_version("grpc-netty"),
        "Jetty": jar_version("jetty-server"),
        "Javalin": jar_version("javalin"),
        "nginx": said_by(program("nginx"), "-v").rpartition("/")[2],
        "Redis": re.search(r"v=(\S+)", said_by(program("redis-server"), "--version")).group(1),
        "load": f"{os.getloadavg()[0]:.1f}",
    }
