package dev.daveloper.embedded.documents;

import dev.daveloper.domain.documents.DocumentName;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Where a passage comes from, and so how a person opens it. */
public sealed interface Origin {
    /** The name for people of a part of this document. */
    String titleOf(String documentTitle, List<String> headings);

    /** A part of the source as it reads to a person. */
    default String readable(String markdown) {
        return markdown;
    }

    /** A page of the library. */
    record Library(String url) implements Origin {
        @Override
        public String titleOf(String documentTitle, List<String> headings) {
            return withSection(documentTitle, headings);
        }

        /** Where a browser opens the document with this part of it marked. */
        public String urlOf(int from, int to) {
            return url + "#p=" + from + "-" + to;
        }
    }

    /**
     * A document that somebody handed over.
     *
     * @param page the page, slide or sheet on which the passage begins, from 1; empty where there are none
     */
    record HandedOver(OptionalInt page) implements Origin {
        /** Characters of the document that were escaped so as not to become Markdown (CommonMark, section 2.4). */
        private static final Pattern ESCAPED = Pattern.compile("\\\\([!-/:-@\\[-`{-~])");

        private static final String FENCE = "```";

        @Override
        public String readable(String markdown) {
            return markdown.contains(FENCE)
                    ? markdown
                    : ESCAPED.matcher(markdown).replaceAll("$1");
        }

        /** The page where there are pages, as a person turns to it; else the section. */
        @Override
        public String titleOf(String documentTitle, List<String> headings) {
            if (page.isEmpty()) {
                return withSection(documentTitle, headings);
            }
            String called = switch (DocumentName.extension(documentTitle)) {
                case "pptx" -> "slide";
                case "xlsx" -> "sheet";
                default -> "page";
            };
            return documentTitle + ", " + called + " " + page.getAsInt();
        }
    }

    private static String withSection(String documentTitle, List<String> headings) {
        return headings.isEmpty() ? documentTitle : documentTitle + " — " + headings.getLast();
    }
}
