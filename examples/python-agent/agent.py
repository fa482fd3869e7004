"""An agent for Daveloper, written from daveloper/agent/v1/agent.proto alone.

It answers word by word, cites, uses tools, counts words as tokens, and stops when told to. Where it can search
documents it answers from them; else it echoes. For tests, some messages have effects of their own: "count N" answers N
numbered words, "fail" breaks down in the middle, "hang" begins and falls silent, "time" and "dice" use a tool, "trace"
says of which trace the call is a part.
"""

import asyncio
import datetime
import json
import random
import re

import grpc
from daveloper.agent.v1 import agent_pb2 as pb
from daveloper.agent.v1 import agent_pb2_grpc

MAX_COUNT = 100_000
MAX_FOUND = 3
# Up to a full stop before a space, or the end of the line.
SENTENCE = re.compile(r"\S.*?(?:[.!?…](?=\s)|$)", re.MULTILINE)

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


def units(passage):
    """The length in UTF-16 code units, in which positions are counted."""
    return len(passage.encode("utf-16-le")) // 2


def telling_sentence(question, passage):
    """The sentence of the passage that shares most words with the question, and where it begins."""
    asked = set(re.findall(r"\w{3,}", question.casefold()))
    sentences = [(found.start(), found[0].rstrip()) for found in SENTENCE.finditer(passage)]
    return max(sentences, key=lambda each: len(asked.intersection(re.findall(r"\w+", each[1].casefold()))))


class Agent(agent_pb2_grpc.AgentServiceServicer):
    """`search`, where given, finds passages for a question, scopes and a limit, best first."""

    def __init__(self, pause, search=None):
        self.pause = pause
        self.search = search

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
        elif command == "trace":
            yield text(dict(context.invocation_metadata()).get("traceparent", "none"))
        elif command in ("time", "dice") and request.use_tools:
            async for event in self.with_tool("current_time" if command == "time" else "dice"):
                yield event
        else:
            passages = []
            if self.search:
                passages = await self.search(request.message, [request.session_id, "shared"], MAX_FOUND)
            async for event in self.quote(request.message, passages) if passages else self.echo(request):
                yield event

    async def quote(self, question, passages):
        fitting = [passage for passage in passages if 2 * passage.score >= passages[0].score]
        for index, passage in enumerate(fitting, start=1):
            start, sentence = telling_sentence(question, passage.text)
            if index == 1:
                for word in words(f"{passage.document_name} says: {sentence} [1]"):
                    yield text(word)
            else:
                yield text(f" [{index}]")
            begin = passage.start + units(passage.text[:start])
            position = pb.Position(start=begin, end=begin + units(sentence), page=passage.page)
            citation = pb.Citation(
                index=index,
                document_id=passage.document_id,
                title=passage.document_name,
                quote=sentence,
                position=position,
            )
            yield pb.ChatResponse(citation_added=pb.CitationAdded(citation=citation))

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
