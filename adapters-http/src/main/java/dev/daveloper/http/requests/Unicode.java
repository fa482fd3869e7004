package dev.daveloper.http.requests;

/** What becomes of text that a client wrote, where it is looked at and where it is quoted back. */
final class Unicode {
    /** The longest that a client's own text is quoted in what it is told. */
    private static final int QUOTED_CHARS = 60;

    private Unicode() {}

    /** Whether it can be written as UTF-8: no half of a surrogate pair stands alone. */
    static boolean isWellFormed(CharSequence text) {
        return loneSurrogateFrom(text, 0) < 0;
    }

    /** The text as it may be quoted: shortened, between code points, and with U+FFFD for what is no character. */
    static String quoted(String text) {
        String shown = text;
        if (text.length() > QUOTED_CHARS) {
            int cut = Character.isHighSurrogate(text.charAt(QUOTED_CHARS - 1)) ? QUOTED_CHARS - 1 : QUOTED_CHARS;
            shown = text.substring(0, cut) + "…";
        }
        return wellFormed(shown);
    }

    static String wellFormed(String text) {
        int lone = loneSurrogateFrom(text, 0);
        if (lone < 0) {
            return text;
        }
        StringBuilder mended = new StringBuilder(text);
        while (lone >= 0) {
            mended.setCharAt(lone, '\ufffd');
            lone = loneSurrogateFrom(mended, lone + 1);
        }
        return mended.toString();
    }

    private static int loneSurrogateFrom(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
