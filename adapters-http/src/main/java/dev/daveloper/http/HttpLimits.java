package dev.daveloper.http;

/**
 * What one process takes from its clients at most.
 *
 * @param maxBodyBytes of a JSON request body
 * @param maxMessageBytes of one WebSocket message from a client
 * @param maxHeaderBytes of a request's line and headers together
 * @param maxConnections open at once; further ones wait in the accept queue
 * @param maxConcurrentRequests handled at once, streams included; further ones wait for their turn
 * @param maxStreams server-sent event streams at once; less than {@code maxConcurrentRequests}, so that a process full
 *     of viewers still answers
 * @param maxSockets WebSockets at once
 * @param maxSocketsPerSession WebSockets of one session at once
 * @param maxFollowsPerSocket runs that one WebSocket follows at once
 * @param maxMistakesPerSocket messages that break the protocol before the WebSocket is closed
 * @param maxOutgoingFrames frames of one WebSocket that wait to be written
 * @param sendBufferBytes what the kernel holds for a connection that does not read
 * @param maxConnectionsPerAddress open at once by one client address; 0 for no such bound
 * @param minUploadBytesPerSecond that a request's body has to come with, on average and after a while; 0 for no such
 *     bound
 */
public record HttpLimits(
        int maxBodyBytes,
        int maxMessageBytes,
        int maxHeaderBytes,
        int maxConnections,
        int maxConcurrentRequests,
        int maxStreams,
        int maxSockets,
        int maxSocketsPerSession,
        int maxFollowsPerSocket,
        int maxMistakesPerSocket,
        int maxOutgoingFrames,
        int sendBufferBytes,
        int maxConnectionsPerAddress,
        int minUploadBytesPerSecond) {
    private static final int CONNECTIONS_PER_ADDRESS = 1000;
    private static final int UPLOAD_BYTES_PER_SECOND = 1024;

    public static final HttpLimits DEFAULT = new HttpLimits(
            1024 * 1024, 64 * 1024, 16 * 1024, 20_000, 10_000, 8_000, 10_000, 16, 16, 16, 32, 128 * 1024);

    public HttpLimits {
        requirePositive("maxBodyBytes", maxBodyBytes);
        requirePositive("maxMessageBytes", maxMessageBytes);
        requirePositive("maxHeaderBytes", maxHeaderBytes);
        requirePositive("maxConnections", maxConnections);
        requirePositive("maxConcurrentRequests", maxConcurrentRequests);
        requirePositive("maxStreams", maxStreams);
        requirePositive("maxSockets", maxSockets);
        requirePositive("maxSocketsPerSession", maxSocketsPerSession);
        requirePositive("maxFollowsPerSocket", maxFollowsPerSocket);
        requirePositive("maxMistakesPerSocket", maxMistakesPerSocket);
        requirePositive("maxOutgoingFrames", maxOutgoingFrames);
        requirePositive("sendBufferBytes", sendBufferBytes);
        requireNotNegative("maxConnectionsPerAddress", maxConnectionsPerAddress);
        requireNotNegative("minUploadBytesPerSecond", minUploadBytesPerSecond);
    }

    /** With the usual bounds for one client address and for slow bodies. */
    public HttpLimits(
            int maxBodyBytes,
            int maxMessageBytes,
            int maxHeaderBytes,
            int maxConnections,
            int maxConcurrentRequests,
            int maxStreams,
            int maxSockets,
            int maxSocketsPerSession,
            int maxFollowsPerSocket,
            int maxMistakesPerSocket,
            int maxOutgoingFrames,
            int sendBufferBytes) {
        this(
                maxBodyBytes,
                maxMessageBytes,
                maxHeaderBytes,
                maxConnections,
                maxConcurrentRequests,
                maxStreams,
                maxSockets,
                maxSocketsPerSession,
                maxFollowsPerSocket,
                maxMistakesPerSocket,
                maxOutgoingFrames,
                sendBufferBytes,
                CONNECTIONS_PER_ADDRESS,
                UPLOAD_BYTES_PER_SECOND);
    }

    public HttpLimits withMaxConnectionsPerAddress(int connections) {
        return with(maxConnections, connections, minUploadBytesPerSecond);
    }

    public HttpLimits withMinUploadBytesPerSecond(int bytes) {
        return with(maxConnections, maxConnectionsPerAddress, bytes);
    }

    public HttpLimits withMaxConnections(int connections) {
        return with(connections, maxConnectionsPerAddress, minUploadBytesPerSecond);
    }

    private HttpLimits with(int connections, int connectionsPerAddress, int uploadBytesPerSecond) {
        return new HttpLimits(
                maxBodyBytes,
                maxMessageBytes,
                maxHeaderBytes,
                connections,
                maxConcurrentRequests,
                maxStreams,
                maxSockets,
                maxSocketsPerSession,
                maxFollowsPerSocket,
                maxMistakesPerSocket,
                maxOutgoingFrames,
                sendBufferBytes,
                connectionsPerAddress,
                uploadBytesPerSecond);
    }

    private static void requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be 0 or more, not " + value);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more, not " + value);
        }
    }
}
