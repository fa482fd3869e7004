package dev.daveloper.bootstrap.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a gateway told of itself at one moment, in Prometheus' text form. */
record Scrape(String text) {
    private static final Pattern MANAGEMENT = Pattern.compile("^management on (http://\\S+)$", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);
    private static final Pattern SAMPLE = Pattern.compile("^([a-z_0-9]+)(?:\\{(.*)})? (\\S+)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Where this program tells it. */
    static URI management(RunningProgram program) {
        program.awaitListening();
        Matcher found = MANAGEMENT.matcher(program.out());
        if (!found.find()) {
            throw new AssertionError("no management: " + program.out());
        }
        return URI.create(found.group(1));
    }

    static Scrape of(RunningProgram program) throws IOException, InterruptedException {
        return new Scrape(get(management(program).resolve("/metrics")).body());
    }

    /** @param headers names and values, by turns */
    static HttpResponse<String> get(URI address, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Visitor.HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** Of each family its type. */
    Map<String, String> types() {
        Map<String, String> types = new TreeMap<>();
        TYPE.matcher(text).results().forEach(line -> types.put(line.group(1), line.group(2)));
        return types;
    }

    /** The labels that series of this family have, but for those that histograms have of themselves. */
    Set<String> labels(String family) {
        Set<String> labels = new TreeSet<>();
        SAMPLE.matcher(text)
                .results()
                .filter(sample -> isOf(sample.group(1), family))
                .forEach(sample -> labels(sample).forEach((name, value) -> labels.add(name)));
        labels.remove("le");
        return labels;
    }

    /** How many series there are. */
    long series() {
        return SAMPLE.matcher(text).results().count();
    }

    /** The value of the one series of this name that has these labels, among others. */
    Optional<Double> value(String name, Map<String, String> labels) {
        return SAMPLE.matcher(text)
                .results()
                .filter(sample -> sample.group(1).equals(name)
                        && labels(sample).entrySet().containsAll(labels.entrySet()))
                .map(sample -> Double.valueOf(sample.group(3)))
                .reduce(Double::sum);
    }

    private static Map<String, String> labels(MatchResult sample) {
        Map<String, String> labels = new TreeMap<>();
        if (sample.group(2) != null) {
            LABEL.matcher(sample.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return labels;
    }

    private static boolean isOf(String series, String family) {
        return series.equals(family)
                || series.equals(family + "_bucket")
                || series.equals(family + "_count")
                || series.equals(family + "_sum");
    }
}
