"""The same asked over REST and by GraphQL, in turn within one run."""

import json
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "shared"))
from calls import micros_per_call, request  # noqa: E402
from servers import Gateway, find_java  # noqa: E402

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 12
WARM_UPS = 6
ANSWERS = 25
QUESTION = "How do I connect my own agent?"
SESSION = "{ session { id createdAt lastSeenAt expiresAt latestExpiresAt activeRun { id } } }"
CONVERSATION = """query Conversation($first: Int) { session { messages(first: $first) { nodes {
  id role text at runId outcome cached
  citations { index title quote url documentId position { start end page } }
  toolCalls { callId name arguments ok output }
  usage { inputTokens outputTokens }
  error { code title detail }
} pageInfo { endCursor } } } }"""


def graph(query, **variables):
    return json.dumps({"query": query, "variables": variables})


def talk(gateway):
    """Somebody with a conversation of as many messages as a page has."""
    session = request(gateway.port, "POST", "/sessions", {})
    bearer = {"Authorization": f"Bearer {session['token']}"}
    for _ in range(ANSWERS):
        message = json.dumps({"message": QUESTION})
        request(gateway.port, "POST", "/agent/chat", {**bearer, "Content-Type": "application/json"}, message)
    return session["sessionId"], bearer


def check_alike(rest, graphs):
    """What is compared must be worth comparing."""
    items, nodes = rest["items"], graphs["data"]["session"]["messages"]["nodes"]
    if len(items) != 2 * ANSWERS or [one["text"] for one in items] != [one["text"] for one in nodes]:
        raise SystemExit(f"{len(items)} messages over REST, {len(nodes)} by GraphQL")
    if not any(node["citations"] for node in nodes):
        raise SystemExit("the messages cite nothing")


def measure(stores, gateway):
    session, bearer = talk(gateway)
    asking = {**bearer, "Content-Type": "application/json", "Accept": "application/graphql-response+json"}
    history = f"/agent/chat/history/{session}?limit=50"
    page = graph(CONVERSATION, first=50)
    check_alike(
        request(gateway.port, "GET", history, bearer), request(gateway.port, "POST", "/graphql", asking, page)
    )
    for title, path, body in [
        ("the session", "/sessions/current", graph(SESSION)),
        ("50 messages", history, page),
    ]:
        for _ in range(WARM_UPS):
            micros_per_call(gateway, path, bearer)
            micros_per_call(gateway, "/graphql", asking, body)
        rest, graphs = [], []
        for _ in range(ROUNDS):
            rest.append(micros_per_call(gateway, path, bearer))
            graphs.append(micros_per_call(gateway, "/graphql", asking, body))
        ratios = sorted(one / other for one, other in zip(graphs, rest))
        print(
            f"| {stores} | {title} | {statistics.median(rest):.0f} | {statistics.median(graphs):.0f} "
            f"| {statistics.median(ratios):.2f} ({ratios[1]:.2f}–{ratios[-2]:.2f}) |",
            flush=True,
        )


def main():
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
          f"load {os.getloadavg()[0]:.1f}\n")
    java = find_java()
    jvm = os.environ.get("BENCHMARKS_JAVA_OPTS", "").split()
    print("| stores | what is asked for | µs of the gateway, REST | µs, GraphQL | ratio |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for stores, data in (("in memory", ""), ("SQLite", folder)):
            gateway = Gateway(java, f"--data.dir={data}", "--agent.pace=0s", jvm=jvm)
            try:
                measure(stores, gateway)
            finally:
                gateway.close()


if __name__ == "__main__":
    main()
