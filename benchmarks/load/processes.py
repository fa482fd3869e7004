"""What is measured by the paired loads: gateways, the agent, a constant, a proxy; and the driver that loads them."""

import array
import re
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from figures import percentile
from machine import Others, cpu_seconds, program, resident_bytes
from servers import Process, Source

PERCENTS = {"p50": 50, "p99": 99, "p999": 99.9}
NGINX = """
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log stderr crit;
events {{ worker_connections 20000; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  http2_max_concurrent_streams 20000;
  keepalive_requests 100000000;
  upstream agent {{ server 127.0.0.1:{agent}; keepalive 256; keepalive_requests 100000000; }}
  server {{
    listen 127.0.0.1:{port} http2;
    location / {{ grpc_pass grpc://agent; }}
  }}
}}
"""


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Nginx(Process):
    """Passes gRPC on to the agent, by one worker."""

    def __init__(self, agent_port):
        executable = program("nginx")
        self.folder = tempfile.TemporaryDirectory()
        self.port = free_port()
        configuration = Path(self.folder.name) / "nginx.conf"
        configuration.write_text(NGINX.format(folder=self.folder.name, agent=agent_port, port=self.port))
        super().__init__([executable, "-p", self.folder.name, "-c", configuration])
        self.await_open()
        self.pids = [self.process.pid, *self.workers()]

    def await_open(self):
        until = time.monotonic() + 20
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        self.said.seek(0)
        raise SystemExit(f"nginx did not start: {self.said.read()}")

    def workers(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return list(map(int, children.split()))

    def close(self):
        super().close()
        self.folder.cleanup()


class Driver(Source):
    """Puts load on others, one task after the other."""

    def __init__(self, java):
        super().__init__(java, "load.LoadDriver", jvm=["-Xmx2g"])
        self.folder = tempfile.TemporaryDirectory()
        self.times = Path(self.folder.name) / "times"

    def prepare(self, *task):
        self.go_on(",".join(map(str, task)))
        self.await_line("ready")

    def finish(self):
        self.go_on()
        return int(self.await_line(r"done (\d+)").group(1))

    def measure(self, task, pids, ours):
        """Does a task and tells what it took: of time, by percentiles, and of the processors of those processes."""
        self.prepare(*(self.times if part == "FILE" else part for part in task))
        others, before, began = Others(ours), sum(map(cpu_seconds, pids)), time.monotonic()
        count = self.finish()
        seconds = time.monotonic() - began
        used, share = sum(map(cpu_seconds, pids)) - before, others.share()
        told = {"count": count, "seconds": round(seconds, 3), "cpu": used / count * 1e6, "others": round(share, 3)}
        return told | self.percentiles()

    def percentiles(self):
        times = array.array("q")
        times.frombytes(self.times.read_bytes())
        ordered = sorted(times)
        return {name: percentile(ordered, percent) / 1e6 for name, percent in PERCENTS.items()}

    def close(self):
        super().close()
        self.folder.cleanup()


def memory_of(java, pid):
    """Resident bytes, and those of objects that are in use, after everything else was given back."""
    jcmd = Path(java).resolve().with_name("jcmd")
    for _ in range(2):
        subprocess.run([jcmd, str(pid), "GC.run"], check=True, capture_output=True, timeout=120)
    told = subprocess.run([jcmd, str(pid), "GC.heap_info"], check=True, capture_output=True, text=True, timeout=60)
    # A line for the young and one for the old, by the serial collector; the spaces within them tell no "used".
    used = [int(found) for found in re.findall(r"^(?:DefNew|Tenured) .*?used (\d+)K", told.stdout, re.MULTILINE)]
    if len(used) != 2:
        raise SystemExit(f"the heap cannot be told from: {told.stdout}")
    return {"resident": resident_bytes(pid), "heap": sum(used) * 1024}
