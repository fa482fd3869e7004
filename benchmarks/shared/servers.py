"""The processes that are measured: Redis, gateways, and an agent; each on a port of its own, gone with this program."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = ROOT / "bootstrap" / "target" / "quick"
CLASSPATH = os.pathsep.join([str(PROGRAM / "daveloper.jar"), str(PROGRAM / "lib" / "*")])
SOURCES = ROOT / "benchmarks" / "src" / "main" / "java" / "dev" / "daveloper"
CLASSES = ROOT / "target" / "benchmarks" / "classes"
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """What a process has used so far, with its system calls. Linux only."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Process:
    def __init__(self, command):
        self.said = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.said, text=True
        )

    def await_line(self, pattern):
        for line in self.process.stdout:
            found = re.match(pattern, line)
            if found:
                return found
        self.said.seek(0)
        raise SystemExit(f"it ended: {' '.join(map(str, self.process.args))}\n{self.said.read()[-2000:]}")

    def cpu(self):
        return cpu_seconds(self.process.pid)

    def close(self):
        self.process.terminate()
        self.process.wait(60)


class Redis(Process):
    def __init__(self, *options):
        executable = os.environ.get("REDIS_EXECUTABLE") or shutil.which("redis-server")
        if not executable:
            raise SystemExit("there is no redis-server on PATH, and REDIS_EXECUTABLE names none")
        self.folder = tempfile.TemporaryDirectory()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        super().__init__(
            [executable, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", self.folder.name]
            + ["--save", "", "--appendonly", "no", *options]
        )
        self.await_line(".*Ready to accept connections")
        self.connection = socket.create_connection(("127.0.0.1", self.port))
        self.replies = self.connection.makefile("rb")
        self.url = f"redis://127.0.0.1:{self.port}"

    def ask(self, *command):
        parts = [str(part).encode() for part in command]
        text = b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)
        self.connection.sendall(text)
        return self.reply()

    def reply(self):
        line = self.replies.readline()
        kind, rest = line[:1], line[1:-2]
        if kind == b"$":
            return self.replies.read(int(rest) + 2)[:-2].decode() if int(rest) >= 0 else None
        if kind == b"*":
            return [self.reply() for _ in range(int(rest))]
        if kind == b"-":
            raise RuntimeError(rest.decode())
        return int(rest) if kind == b":" else rest.decode()

    def info(self, section):
        lines = self.ask("INFO", section).split("\r\n")
        return dict(line.split(":", 1) for line in lines if ":" in line)

    def calls(self):
        """How often each command was called so far, by clients and by scripts."""
        return {
            name.removeprefix("cmdstat_"): int(re.search(r"calls=(\d+)", value).group(1))
            for name, value in self.info("commandstats").items()
        }

    def close(self):
        self.connection.close()
        super().close()
        self.folder.cleanup()


def find_java():
    """The virtual machine that the launcher has found: it is asked by starting once."""
    command = [ROOT / "daveloper", "--http.port=0", "--management.port=0", "--data.dir="]
    with contextlib.closing(Process(command)) as started:
        started.await_line("listening on")
        return Path(f"/proc/{started.process.pid}/cmdline").read_text().split("\0")[0]


class Gateway(Process):
    def __init__(self, java, *options, jvm=()):
        started = [java, "-XX:+UseSerialGC", *jvm, "-jar", PROGRAM / "daveloper.jar"]
        super().__init__([*started, "--http.port=0", "--management.port=0", "--session.max-per-address=0"]
                         + ["--rate-limits.defaults=false", *options])
        found = self.await_line(r"listening on http://([^:]+):(\d+)")
        self.host, self.port = found.group(1), int(found.group(2))


def compiled(java):
    """Where the programs among the benchmarks are, made of what is newer than they."""
    sources = [source for folder in ("load", "redis", "http") for source in sorted((SOURCES / folder).glob("*.java"))]
    made = CLASSES / "made"
    newest = max(path.stat().st_mtime for path in [*sources, PROGRAM / "daveloper.jar"])
    if not made.exists() or made.stat().st_mtime < newest:
        shutil.rmtree(CLASSES, ignore_errors=True)
        CLASSES.mkdir(parents=True)
        javac = Path(java).resolve().with_name("javac")
        subprocess.run([javac, "-nowarn", "-proc:none", "-cp", CLASSPATH, "-d", CLASSES, *sources], check=True)
        made.touch()
    return CLASSES


class Source(Process):
    """A program among the benchmarks, run with what the gateway is made of."""

    def __init__(self, java, name, *args, jvm=()):
        classes = os.pathsep.join([str(compiled(java)), CLASSPATH])
        quiet = f"-Dlogback.configurationFile={Path(__file__).resolve().parent / 'quiet.xml'}"
        command = [java, "-XX:+UseSerialGC", *jvm, quiet, "-cp", classes, f"dev.daveloper.{name}", *map(str, args)]
        super().__init__(command)

    def go_on(self, told=""):
        self.process.stdin.write(told + "\n")
        self.process.stdin.flush()
