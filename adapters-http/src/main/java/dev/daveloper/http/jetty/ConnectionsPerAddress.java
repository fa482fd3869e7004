package dev.daveloper.http.jetty;

import dev.daveloper.http.security.TrustedProxies;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.SelectorManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many connections one client address has open; what comes beyond that is closed unseen. Trusted proxies,
 * who bring everybody's connections, are not counted. Who has an IPv6 address has all of its network of 64 bits, so
 * that these count as one.
 */
final class ConnectionsPerAddress implements SelectorManager.AcceptListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionsPerAddress.class);
    private static final int NETWORK_BYTES = 8;
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final int most;
    private final TrustedProxies proxies;
    private final Map<SelectableChannel, InetAddress> counted = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();
    private long refused;
    private @Nullable Long toldAt;

    ConnectionsPerAddress(int most, TrustedProxies proxies) {
        this.most = most;
        this.proxies = proxies;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        InetAddress address = addressOf(channel);
        if (address == null || proxies.trust(address)) {
            return;
        }
        InetAddress owner = ownerOf(address);
        counted.put(channel, owner);
        if (open.merge(owner, 1, Integer::sum) > most) {
            refuse(channel);
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        forget(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        forget(channel);
    }

    /** Addresses that have a connection open: none of them is remembered for longer. */
    int addresses() {
        return open.size();
    }

    private void forget(SelectableChannel channel) {
        InetAddress owner = counted.remove(channel);
        if (owner != null) {
            open.computeIfPresent(owner, (address, count) -> count == 1 ? null : count - 1);
        }
    }

    private synchronized void refuse(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a refused connection could not be closed", e);
        }
        refused++;
        long now = System.nanoTime();
        if (toldAt == null || now - toldAt >= BETWEEN_LINES.toNanos()) {
            LOG.warn("refused connections of a client address that has {} open already: {} so far", most, refused);
            toldAt = now;
        }
    }

    private static @Nullable InetAddress addressOf(SelectableChannel channel) {
        try {
            boolean known =
                    channel instanceof SocketChannel socket && socket.getRemoteAddress() instanceof InetSocketAddress;
            return known ? ((InetSocketAddress) ((SocketChannel) channel).getRemoteAddress()).getAddress() : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static InetAddress ownerOf(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }
}
