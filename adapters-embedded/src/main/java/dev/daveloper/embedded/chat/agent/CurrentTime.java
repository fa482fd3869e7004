package dev.daveloper.embedded.chat.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.chat.ToolResult;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells the time, anywhere. */
final class CurrentTime implements AgentTool {
    static final String NAME = "current_time";
    private static final int MAX_ZONE_CHARS = 60;
    private static final DateTimeFormatter SPOKEN =
            DateTimeFormatter.ofPattern("HH:mm 'on' EEEE, d MMMM uuuu", Locale.ENGLISH);

    private final InstantSource clock;

    CurrentTime(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Tells the current date and time in a time zone; in UTC when none is given.";
    }

    @Override
    public List<Parameter> parameters() {
        String zone = "An IANA time zone such as Asia/Tokyo, an offset such as +02:00, or a large city.";
        return List.of(new Parameter("zone", Parameter.Type.TEXT, false, 1, MAX_ZONE_CHARS, zone));
    }

    @Override
    public ToolResult use(JsonNode arguments, Evidence evidence) {
        String wanted = arguments.path("zone").asText("UTC");
        Optional<ZoneId> zone = zone(wanted);
        if (zone.isEmpty()) {
            return new ToolResult(false, "There is no time zone of the name '" + wanted + "'.");
        }
        ZonedDateTime now = clock.instant().atZone(zone.get()).truncatedTo(ChronoUnit.SECONDS);
        return new ToolResult(
                true,
                JsonText.object()
                        .put("time", now.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME))
                        .put("zone", zone.get().getId())
                        .put("text", SPOKEN.format(now))
                        .toString());
    }

    /** The zone of this name, or of the city of this name. */
    static Optional<ZoneId> zone(String name) {
        String wanted = name.strip().replace(' ', '_');
        if (wanted.equalsIgnoreCase("UTC") || wanted.equalsIgnoreCase("GMT")) {
            return Optional.of(ZoneOffset.UTC);
        }
        Optional<String> city = ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.equalsIgnoreCase(wanted)
                        || id.substring(id.lastIndexOf('/') + 1).equalsIgnoreCase(wanted))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        try {
            return Optional.of(ZoneId.of(city.orElse(wanted)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
