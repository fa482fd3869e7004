"""An agent for Daveloper, written from daveloper/agent/v1/agent.proto alone.

It answers word by word, cites, uses tools, counts words as tokens, and stops when told to. For tests, some messages
have effects of their own: "count N" answers N numbered words, "fail" breaks down in the middle, "hang" begins and falls
silent, "time" and "dice" use a tool.
"""

import argparse
import asyncio
import contextlib
import datetime
import json
import random
import signal

import grpc
from daveloper.agent.v1 import agent_pb2 as pb
from daveloper.agent.v1 import agent_pb2_grpc
import health_pb2
import health_pb2_grpc

MAX_COUNT = 100_000
MAX_ANSWERS = 1_000
DRAIN_SECONDS = 20

TOOLS = {
    "current_time": {
        "description": "The current time in UTC.",
        "parameters": {"type": "object", "properties": {}, "additionalProperties": False},
    },
    "dice": {
        "description": "Rolls dice and adds them up.",
        "parameters": {
            "type": "object",
            "properties": {"count": {"type": "integer", "minimum": 1, "maximum": 100}},
            "additionalProperties": False,
        },
    },
}


class BadArguments(Exception):
    pass


def use_tool(name, arguments):
    """What the tool gives back. The arguments are checked by hand: there are few of them."""
    unknown = set(arguments) - set(TOOLS[name]["parameters"]["properties"])
    if unknown:
        raise BadArguments("unknown arguments")
    if name == "current_time":
        return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    count = arguments.get("count", 1)
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= 100:
        raise BadArguments("count must be an integer from 1 to 100")
    return str(sum(random.randint(1, 6) for _ in range(count)))


def text(delta):
    return pb.ChatResponse(text_delta=pb.TextDelta(text=delta))


def words(sentence):
    """The sentence in parts that join to it again, spaces included."""
    parts = sentence.split(" ")
    return [part + " " for part in parts[:-1]] + parts[-1:]


class Agent(agent_pb2_grpc.AgentServiceServicer):
    def __init__(self, pause):
        self.pause = pause

    async def Chat(self, request, context):
        said = 0
        # Cancelling the call cancels this coroutine: what is awaited ends, and so does the answer.
        async for event in self.answer(request, context):
            yield event
            if event.WhichOneof("event") == "text_delta":
                said += 1
                if self.pause:
                    await asyncio.sleep(self.pause)
        heard = sum(len(m.text.split()) for m in request.history) + len(request.message.split())
        yield pb.ChatResponse(usage_reported=pb.UsageReported(input_tokens=heard, output_tokens=said))

    async def answer(self, request, context):
        command, _, argument = request.message.partition(" ")
        if command == "count" and argument.isdecimal():
            for number in range(1, min(int(argument), MAX_COUNT) + 1):
                yield text(f"{number} ")
        elif command == "fail":
            for word in words("This answer breaks "):
                yield text(word)
            await context.abort(grpc.StatusCode.INTERNAL, "asked to fail")
        elif command == "hang":
            yield text("Wait ")
            await asyncio.Event().wait()
        elif command in ("time", "dice") and request.use_tools:
            async for event in self.with_tool("current_time" if command == "time" else "dice"):
                yield event
        else:
            async for event in self.echo(request):
                yield event

    async def with_tool(self, name):
        yield pb.ChatResponse(tool_started=pb.ToolStarted(call_id="call-1", name=name, arguments_json="{}"))
        output = use_tool(name, {})
        yield pb.ChatResponse(tool_finished=pb.ToolFinished(call_id="call-1", ok=True, output=output))
        for word in words(f"The tool {name} says {output}."):
            yield text(word)

    async def echo(self, request):
        turn = sum(1 for m in request.history if m.role == pb.ROLE_USER) + 1
        for word in words(f"This is a Python agent [1]. In turn {turn} you said: {request.message}"):
            yield text(word)
        citation = pb.Citation(
            index=1,
            url="https://grpc.io/docs/languages/python/",
            title="gRPC for Python",
            quote="Python",
        )
        yield pb.ChatResponse(citation_added=pb.CitationAdded(citation=citation))

    async def ListTools(self, request, context):
        tools = [
            pb.Tool(name=name, description=tool["description"], parameters_json=json.dumps(tool["parameters"]))
            for name, tool in TOOLS.items()
        ]
        return pb.ListToolsResponse(tools=tools)

    async def TestTool(self, request, context):
        if request.name not in TOOLS:
            await context.abort(grpc.StatusCode.NOT_FOUND, "no such tool")
        try:
            arguments = json.loads(request.arguments_json or "{}")
            if not isinstance(arguments, dict):
                raise BadArguments("the arguments must be an object")
            return pb.TestToolResponse(ok=True, output=use_tool(request.name, arguments))
        except (ValueError, BadArguments) as wrong:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(wrong))


class Health(health_pb2_grpc.HealthServicer):
    """Serving until told otherwise."""

    def __init__(self):
        self.leaving = asyncio.Event()

    def status(self):
        state = health_pb2.HealthCheckResponse
        return state(status=state.NOT_SERVING if self.leaving.is_set() else state.SERVING)

    async def Check(self, request, context):
        if request.service:
            await context.abort(grpc.StatusCode.NOT_FOUND, "only the whole has a status here")
        return self.status()

    async def Watch(self, request, context):
        if request.service:
            yield health_pb2.HealthCheckResponse(status=health_pb2.HealthCheckResponse.SERVICE_UNKNOWN)
            await asyncio.Event().wait()
        yield self.status()
        await self.leaving.wait()
        yield self.status()


async def serve(host, port, pause):
    server = grpc.aio.server(maximum_concurrent_rpcs=MAX_ANSWERS)
    health = Health()
    agent_pb2_grpc.add_AgentServiceServicer_to_server(Agent(pause), server)
    health_pb2_grpc.add_HealthServicer_to_server(health, server)
    port = server.add_insecure_port(f"{host}:{port}")
    await server.start()
    print(f"listening on {host}:{port}", flush=True)
    loop = asyncio.get_running_loop()
    for stop in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(stop, health.leaving.set)
    await health.leaving.wait()
    # The health watchers have been told: no new answers come, those at hand may finish.
    await server.stop(DRAIN_SECONDS)


def main():
    options = argparse.ArgumentParser(description="An example agent for Daveloper.")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=50052, help="0 for any that is free")
    options.add_argument("--pause", type=float, default=0.02, help="seconds between words")
    chosen = options.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(chosen.host, chosen.port, chosen.pause))


if __name__ == "__main__":
    main()
