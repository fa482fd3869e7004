package dev.daveloper.http.chat;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.http.HttpLimits;
import dev.daveloper.http.HttpTimes;
import dev.daveloper.http.SocketFeed;
import dev.daveloper.http.SocketListener;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.requests.RequestBinder;
import dev.daveloper.http.sockets.Sockets;

/** What every WebSocket works with. */
record SocketServices(
        Chat chat,
        Sessions sessions,
        RateLimits rates,
        JsonCodec json,
        RequestBinder binder,
        Problems problems,
        EventJson events,
        SocketFeed feed,
        Sockets sockets,
        SocketListener listener,
        Tracer tracer,
        HttpLimits limits,
        HttpTimes times) {}
