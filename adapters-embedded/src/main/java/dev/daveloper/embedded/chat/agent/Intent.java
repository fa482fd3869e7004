package dev.daveloper.embedded.chat.agent;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person wants, as far as it can be told without a model. */
sealed interface Intent {
    /** Hello, or thanks, or who are you: something to answer politely. */
    record SmallTalk(Kind kind) implements Intent {
        enum Kind {
            GREETING,
            THANKS,
            FAREWELL,
            IDENTITY,
            ABILITIES
        }
    }

    /** Something to compute. */
    record Calculation(String expression) implements Intent {}

    /** @param zone a zone or a city; empty for UTC */
    record Time(Optional<String> zone) implements Intent {}

    /** @param name owner and name */
    record Repository(String name) implements Intent {}

    /** Everything else: something to look up. */
    record Lookup() implements Intent {}

    /** What this message wants. */
    static Intent of(String message) {
        String text = message.strip();
        if (text.length() > Patterns.MAX_CHARS) {
            return new Lookup();
        }
        for (Patterns.Talk talk : Patterns.TALK) {
            if (talk.pattern().matcher(text).matches()) {
                return new SmallTalk(talk.kind());
            }
        }
        return Patterns.calculation(text)
                .or(() -> Patterns.time(text))
                .or(() -> Patterns.repository(text))
                .orElseGet(Lookup::new);
    }

    /** How people say it. */
    final class Patterns {
        private static final int MAX_CHARS = 300;
        private static final String END =
                "(?:[\\s,]+(?:there|all|everyone|daveloper|again|so much|a lot|you))*[\\s.!?,]*";

        private static final List<Talk> TALK = List.of(
                talk(
                        SmallTalk.Kind.GREETING,
                        "(?:hi|hello|hey|hiya|howdy|greetings|yo|good (?:morning|afternoon|evening|day)|how are you)"
                                + END),
                talk(
                        SmallTalk.Kind.THANKS,
                        "(?:ok(?:ay)?[, ]+)?(?:thanks|thank you|thx|cheers|great|perfect|nice|cool|ok|okay)"
                                + "(?:[\\s,!.]+(?:thanks|thank you))?" + END),
                talk(SmallTalk.Kind.FAREWELL, "(?:bye|goodbye|good night|see you|farewell)(?: later| soon)?" + END),
                talk(
                        SmallTalk.Kind.IDENTITY,
                        "(?:(?:so|and|hi|hello|hey)[,\\s]+)?(?:who|what) (?:exactly )?are you" + END
                                + "|are you (?:an? )?(?:ai|bot|robot|human|person|model|llm|chatgpt|real).*"
                                + "|(?:what is|what's) your name" + END
                                + "|(?:what|which) (?:model|llm) (?:are|do) you.*"),
                talk(
                        SmallTalk.Kind.ABILITIES,
                        "help[\\s.!?]*|what (?:can|could) (?:you|i) (?:do|ask|help)(?: .*)?" + END
                                + "|how can you help(?: me)?" + END + "|(?:what|which) tools do you have" + END));

        private static final Pattern ASKS_TO_COMPUTE = Pattern.compile(
                "(?:(?:please\\s+)?(?:what(?:'s|’s| is)|how much is|calculate|compute|evaluate|solve)\\s+)?"
                        + "(.+?)[\\s=?.]*",
                Pattern.CASE_INSENSITIVE);
        private static final Pattern ARITHMETIC = Pattern.compile(
                "(?=.*\\d)(?=.*(?:[*/^+%(]|\\d\\s*-|sqrt|min|max|abs))(?:[0-9.,+\\-*/^%()\\s]|sqrt|abs|min|max)+");
        private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{1,2}(?:-\\d{1,2})?|\\d+(?:[./-]\\d+){2,}");
        private static final Pattern TIME = Pattern.compile(
                "(?:please\\s+)?(?:(?:can|could) you )?(?:tell me )?"
                        + "(?:what(?:'s|’s| is)? (?:the )?(?:current |local )?(?:time|date)"
                        + "(?: and (?:time|date))?(?: is it)?"
                        + "|what (?:day|date) is (?:it|today)|what(?:'s|’s| is) today(?:'s|’s) date"
                        + "|(?:the )?(?:current )?time)"
                        + "(?: (?:right )?now| today)?(?:\\s+in\\s+([\\p{L}/_+:0-9 .-]+?))?"
                        + "(?: (?:right )?now)?[\\s?.!]*",
                Pattern.CASE_INSENSITIVE);
        private static final Pattern REPOSITORY =
                Pattern.compile("(?:https?://)?(?:www\\.)?github\\.com/([A-Za-z0-9-]+/[A-Za-z0-9._-]*[A-Za-z0-9_-])"
                        + "|(?<![\\w./-])([A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]*[A-Za-z0-9_-])(?![\\w/-])");
        private static final Pattern SPEAKS_OF_GITHUB =
                Pattern.compile("\\bgithub\\b|\\brepo(?:sitory)?\\b", Pattern.CASE_INSENSITIVE);

        private Patterns() {}

        private record Talk(SmallTalk.Kind kind, Pattern pattern) {}

        private static Talk talk(SmallTalk.Kind kind, String pattern) {
            return new Talk(kind, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
        }

        private static Optional<Intent> calculation(String text) {
            Matcher asks = ASKS_TO_COMPUTE.matcher(text);
            if (!asks.matches()) {
                return Optional.empty();
            }
            String expression = asks.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("\\bto the power of\\b", "^")
                    .replaceAll("\\b(?:times|multiplied by)\\b|[×·]", "*")
                    .replaceAll("\\b(?:divided by|over)\\b|÷", "/")
                    .replaceAll("\\bplus\\b", "+")
                    .replaceAll("\\bminus\\b|−", "-")
                    .replaceAll("\\b(?:the )?square root of ([0-9.]+)", "sqrt($1)")
                    .strip();
            boolean computes = ARITHMETIC.matcher(expression).matches()
                    && !DATE.matcher(expression).matches();
            return computes ? Optional.of(new Calculation(expression)) : Optional.empty();
        }

        private static Optional<Intent> time(String text) {
            Matcher asks = TIME.matcher(text);
            return asks.matches() ? Optional.of(new Time(Optional.ofNullable(asks.group(1)))) : Optional.empty();
        }

        private static Optional<Intent> repository(String text) {
            Matcher named = REPOSITORY.matcher(text);
            if (!SPEAKS_OF_GITHUB.matcher(text).find() || !named.find()) {
                return Optional.empty();
            }
            return Optional.of(new Repository(named.group(1) != null ? named.group(1) : named.group(2)));
        }
    }
}
