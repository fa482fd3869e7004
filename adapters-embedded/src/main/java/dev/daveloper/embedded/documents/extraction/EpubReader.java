package dev.daveloper.embedded.documents.extraction;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;

/**
 * Books: their chapters in the order of reading (EPUB 3.3, sections 4.2.6.3.1 and 5.7). Not by Tika, whose reader loses
 * the characters that chapters name by entities. The archive has been checked before.
 */
final class EpubReader {
    private static final String CONTAINER = "META-INF/container.xml";

    private EpubReader() {}

    static void read(Path file, MarkdownWriter writer, DoubleConsumer progress) throws IOException {
        try (ZipFile book = new ZipFile(file.toFile())) {
            Element root = xml(book, CONTAINER).selectFirst("rootfile[full-path]");
            if (root == null) {
                throw Refusals.damaged();
            }
            String packagePath = root.attr("full-path");
            Document contents = xml(book, packagePath);
            Map<String, String> hrefs = new HashMap<>();
            for (Element item : contents.select("manifest > item[id][href]")) {
                hrefs.put(item.attr("id"), item.attr("href"));
            }
            Elements spine = contents.select("spine > itemref[idref]");
            int done = 0;
            for (Element reference : spine) {
                String href = hrefs.get(reference.attr("idref"));
                if (href == null) {
                    throw Refusals.damaged();
                }
                Element chapter = xml(book, resolved(packagePath, href)).selectFirst("body");
                if (chapter != null) {
                    HtmlReader.read(chapter, writer);
                }
                done++;
                progress.accept((double) done / spine.size());
            }
        }
    }

    /** Read as XML that declares nothing: whatever a doctype says is passed over. */
    private static Document xml(ZipFile book, String path) throws IOException {
        ZipEntry part = book.getEntry(path);
        if (part == null) {
            throw Refusals.damaged();
        }
        try (InputStream in = book.getInputStream(part)) {
            return Jsoup.parse(in, null, "", Parser.xmlParser().setMaxDepth(HtmlReader.MAX_DEPTH));
        }
    }

    private static String resolved(String packagePath, String href) {
        String folder = packagePath.substring(0, packagePath.lastIndexOf('/') + 1);
        String path = href.split("#", 2)[0].replace("+", "%2B");
        String decoded;
        try {
            decoded = URLDecoder.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            decoded = href;
        }
        return Path.of("/", folder, decoded)
                .normalize()
                .toString()
                .replace('\\', '/')
                .substring(1);
    }
}
