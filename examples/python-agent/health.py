"""The standard health protocol, and the life of a server that speaks it."""

import asyncio
import signal

import grpc
import health_pb2
import health_pb2_grpc

MAX_CALLS = 1_000
DRAIN_SECONDS = 20


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


async def serve(host, port, *parts):
    """Serves what the parts add until SIGINT or SIGTERM; then the calls at hand may finish."""
    server = grpc.aio.server(maximum_concurrent_rpcs=MAX_CALLS)
    health = Health()
    health_pb2_grpc.add_HealthServicer_to_server(health, server)
    for add in parts:
        add(server)
    port = server.add_insecure_port(f"{host}:{port}")
    await server.start()
    print(f"listening on {host}:{port}", flush=True)
    loop = asyncio.get_running_loop()
    for stop in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(stop, health.leaving.set)
    await health.leaving.wait()
    # The health watchers have been told: no new calls come.
    await server.stop(DRAIN_SECONDS)
