package dev.daveloper.grpc.chat;

import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Citation.DocumentSource;
import dev.daveloper.domain.chat.Citation.Source;
import dev.daveloper.domain.chat.Citation.UrlSource;
import dev.daveloper.proto.agent.v1.Position;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.OptionalInt;

/** Citations, there and back. */
final class Citations {
    private Citations() {}

    static dev.daveloper.proto.agent.v1.Citation write(Citation citation) {
        var written = dev.daveloper.proto.agent.v1.Citation.newBuilder()
                .setIndex(citation.index())
                .setTitle(citation.title())
                .setQuote(citation.quote());
        switch (citation.source()) {
            case DocumentSource document -> written.setDocumentId(document.documentId());
            case UrlSource page -> written.setUrl(page.url());
        }
        citation.position().ifPresent(position -> written.setPosition(write(position)));
        return written.build();
    }

    /** The citation; empty when it has no index or no source that can be opened. A bad position alone is left out. */
    static Optional<Citation> read(dev.daveloper.proto.agent.v1.Citation citation) {
        if (citation.getIndex() < 1) {
            return Optional.empty();
        }
        return source(citation)
                .map(source -> new Citation(
                        citation.getIndex(), source, citation.getTitle(), citation.getQuote(), position(citation)));
    }

    private static Position write(Citation.Position position) {
        Position.Builder written =
                Position.newBuilder().setStart(position.start()).setEnd(position.end());
        position.page().ifPresent(written::setPage);
        return written.build();
    }

    private static Optional<Source> source(dev.daveloper.proto.agent.v1.Citation citation) {
        return switch (citation.getSourceCase()) {
            case DOCUMENT_ID ->
                Optional.of(citation.getDocumentId())
                        .filter(id -> !id.isBlank())
                        .map(DocumentSource::new);
            case URL ->
                Optional.of(citation.getUrl()).filter(Citations::canBeOpened).map(UrlSource::new);
            case SOURCE_NOT_SET -> Optional.empty();
        };
    }

    /** Keeps out {@code javascript:} and its like: the address ends up in a link. */
    private static boolean canBeOpened(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getScheme() == null) {
                return url.startsWith("/") && uri.getRawAuthority() == null && !url.startsWith("//");
            }
            return (uri.getScheme().equalsIgnoreCase("https") || uri.getScheme().equalsIgnoreCase("http"))
                    && uri.getRawAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<Citation.Position> position(dev.daveloper.proto.agent.v1.Citation citation) {
        Position position = citation.getPosition();
        if (!citation.hasPosition() || position.getStart() < 0 || position.getEnd() < position.getStart()) {
            return Optional.empty();
        }
        OptionalInt page = position.getPage() > 0 ? OptionalInt.of(position.getPage()) : OptionalInt.empty();
        return Optional.of(new Citation.Position(position.getStart(), position.getEnd(), page));
    }
}
