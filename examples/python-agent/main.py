"""Starts the agent, the document service, or both in one process."""

import argparse
import asyncio
import contextlib
import functools
import os
import pathlib
import shutil

import health
from agent import Agent
from daveloper.agent.v1 import agent_pb2_grpc
from daveloper.documents.v1 import documents_pb2_grpc
from documents import opened

PORTS = {"agent": 50052, "documents": 50054, "both": 50052}


async def start(chosen):
    port = PORTS[chosen.what] if chosen.port is None else chosen.port
    search = None
    parts = []
    async with contextlib.AsyncExitStack() as stack:
        if chosen.what != "agent":
            documents = await stack.enter_async_context(opened(chosen.data))
            parts.append(functools.partial(documents_pb2_grpc.add_DocumentServiceServicer_to_server, documents))
            search = documents.search
        if chosen.what != "documents":
            agent = Agent(chosen.pause, search)
            parts.append(functools.partial(agent_pb2_grpc.add_AgentServiceServicer_to_server, agent))
        await health.serve(chosen.host, port, *parts)


def main():
    # All of it was imported above.
    shutil.rmtree(os.environ.pop("GENERATED", ""), ignore_errors=True)
    options = argparse.ArgumentParser(prog="run", description="An example agent and document service for Daveloper.")
    options.add_argument("what", nargs="?", choices=PORTS, default="agent", help="what to start; agent when not said")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, help=f"0 for any that is free; without it {PORTS}")
    options.add_argument("--pause", type=float, default=0.02, help="seconds between the agent's words")
    options.add_argument("--data", type=pathlib.Path, default="data/python-documents", help="where documents are kept")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(start(options.parse_args()))


if __name__ == "__main__":
    main()
