"""All that takes part, each a process of its own at a port that it keeps: killed, frozen and started again at will."""

import base64
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = ROOT / "bootstrap" / "target" / "quick" / "daveloper.jar"
KEY = "an administrators key"
STARTS_WITHIN_SECONDS = 180
ENDS_WITHIN_SECONDS = 60


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def find_java():
    """The virtual machine that the launcher has found: it is asked by starting once."""
    started = subprocess.Popen(
        [ROOT / "daveloper", "--http.port=0", "--management.port=0", "--data.dir=", "--documents.target=none"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for line in started.stdout:
            if line.startswith("listening on"):
                return Path(f"/proc/{started.pid}/cmdline").read_text().split("\0")[0]
        raise SystemExit("the gateway does not start")
    finally:
        started.terminate()
        started.communicate()


class Process:
    """Whoever takes part. What it says is kept in a file of its folder."""

    def __init__(self, name, folder, command, port):
        self.name, self.folder, self.command, self.port = name, folder / name, [str(part) for part in command], port
        self.tmp = self.folder / "tmp"
        self.tmp.mkdir(parents=True)
        self.log = self.folder / "log"
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            environment = {**os.environ, "TMPDIR": str(self.tmp)}
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        return self

    def await_listening(self):
        end = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{self.name} does not listen: {self.said()[-2000:]}")

    def said(self):
        return self.log.read_text(errors="replace")

    def pid(self):
        return self.process.pid

    def kill(self):
        self.process.kill()
        self.process.wait()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        """Asks it to end, and gives its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(ENDS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            return "none: it had to be killed"

    def close(self):
        if self.process and self.process.poll() is None:
            self.thaw()
            self.kill()


def redis(folder):
    executable = os.environ.get("REDIS_EXECUTABLE") or shutil.which("redis-server")
    if not executable:
        raise SystemExit("there is no redis-server on PATH, and REDIS_EXECUTABLE names none")
    port = free_port()
    options = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "always"]
    return Process("redis", folder, [executable, *options], port)


def agent(folder):
    port = free_port()
    return Process("agent", folder, [ROOT / "examples/python-agent/run", "--port", port, "--pause", "0.01"], port)


def receiver(folder, secret):
    port = free_port()
    return Process("receiver", folder, [sys.executable, Path(__file__).with_name("receiver.py"), port, secret], port)


class Java:
    """What is started with a virtual machine."""

    def __init__(self, java, folder):
        self.java, self.folder = java, folder
        self.sealing = base64.b64encode(os.urandom(32)).decode()

    def process(self, name, port, heap, *options):
        further = shlex.split(os.environ.get("DAVELOPER_JAVA_OPTS", ""))
        tmp = f"-Djava.io.tmpdir={self.folder / name / 'tmp'}"
        archive = PROGRAM.with_name("documents.jsa" if options[0] == "documents" else "daveloper.jsa")
        virtual = ["-XX:+UseSerialGC", f"-Xmx{heap}m", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto"]
        virtual += [f"-XX:SharedArchiveFile={archive}", "-Xlog:disable", tmp, *further]
        return Process(name, self.folder, [self.java, *virtual, "-jar", PROGRAM, *options], port)

    def documents(self):
        port = free_port()
        return self.process("documents", port, 192, "documents", f"--port={port}")

    def gateway(self, name, redis, agent, documents):
        port = free_port()
        return self.process(
            name,
            port,
            192,
            f"--http.port={port}",
            "--management.port=0",
            "--log.format=text",
            "--data.dir=",
            f"--redis.url=redis://127.0.0.1:{redis.port}",
            f"--agent.target=dns:///127.0.0.1:{agent.port}",
            f"--documents.target=dns:///127.0.0.1:{documents.port}",
            f"--admin.keys={KEY}",
            f"--data.encryption-keys=one={self.sealing}",
            "--rate-limits.defaults=false",
            "--session.max-per-address=0",
            "--chat.lease=3s",
            "--http.sse-heartbeat=500ms",
            "--webhooks.allow-insecure=true",
            "--webhooks.allowed-networks=127.0.0.0/8",
            "--webhooks.ports=",
            "--webhooks.timeout=5s",
            # A receiver that is away for a while is asked again within this run, not within three days.
            "--webhooks.retries=" + ",".join(["1s", "2s", "3s"] + ["5s"] * 12),
        )
