package dev.daveloper.embedded.documents.extraction;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTable;
import org.apache.poi.xslf.usermodel.XSLFTableRow;
import org.apache.poi.xslf.usermodel.XSLFTextShape;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFAbstractNum;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTAbstractNum;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTLvl;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STNumberFormat;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STStyleType;

/** Office documents as POI writes them. */
final class OfficeFiles {
    private OfficeFiles() {}

    static byte[] docx() throws IOException {
        return docx(document -> {
            headingStyle(document);
            XWPFParagraph heading = document.createParagraph();
            heading.setStyle("Heading1");
            heading.createRun().setText(SampleFiles.HEADING);
            for (String text :
                    new String[] {SampleFiles.INTRODUCTION, SampleFiles.FACT, SampleFiles.UMLAUTS, SampleFiles.CJK}) {
                document.createParagraph().createRun().setText(text);
            }
            BigInteger bullets = bullets(document);
            for (String item : new String[] {SampleFiles.ITEM, "Knots are dry"}) {
                XWPFParagraph paragraph = document.createParagraph();
                paragraph.setNumID(bullets);
                paragraph.setNumILvl(BigInteger.ZERO);
                paragraph.createRun().setText(item);
            }
            XWPFTable table = document.createTable(SampleFiles.ROWS.size() + 1, SampleFiles.COLUMNS.size());
            for (int column = 0; column < SampleFiles.COLUMNS.size(); column++) {
                table.getRow(0).getCell(column).setText(SampleFiles.COLUMNS.get(column));
                for (int row = 0; row < SampleFiles.ROWS.size(); row++) {
                    table.getRow(row + 1)
                            .getCell(column)
                            .setText(SampleFiles.ROWS.get(row).get(column));
                }
            }
        });
    }

    static byte[] docx(Consumer<XWPFDocument> content) throws IOException {
        try (XWPFDocument document = new XWPFDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            content.accept(document);
            document.write(out);
            return out.toByteArray();
        }
    }

    private static void headingStyle(XWPFDocument document) {
        CTStyle style = CTStyle.Factory.newInstance();
        style.setStyleId("Heading1");
        style.addNewName().setVal("heading 1");
        XWPFStyle heading = new XWPFStyle(style);
        heading.setType(STStyleType.PARAGRAPH);
        document.createStyles().addStyle(heading);
    }

    private static BigInteger bullets(XWPFDocument document) {
        CTAbstractNum numbering = CTAbstractNum.Factory.newInstance();
        numbering.setAbstractNumId(BigInteger.ZERO);
        CTLvl level = numbering.addNewLvl();
        level.setIlvl(BigInteger.ZERO);
        level.addNewNumFmt().setVal(STNumberFormat.BULLET);
        level.addNewLvlText().setVal("•");
        BigInteger id = document.createNumbering().addAbstractNum(new XWPFAbstractNum(numbering));
        return document.getNumbering().addNum(id);
    }

    static byte[] pptx() throws IOException {
        try (XMLSlideShow show = new XMLSlideShow();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            XSLFSlide first =
                    show.createSlide(show.getSlideMasters().getFirst().getLayout(SlideLayout.TITLE_AND_CONTENT));
            title(first, SampleFiles.HEADING);
            XSLFTextShape body = first.getPlaceholder(1);
            body.clearText();
            body.addNewTextParagraph().addNewTextRun().setText(SampleFiles.INTRODUCTION);
            body.addNewTextParagraph().addNewTextRun().setText(SampleFiles.ITEM);

            XSLFSlide second =
                    show.createSlide(show.getSlideMasters().getFirst().getLayout(SlideLayout.TITLE_ONLY));
            title(second, "Berths " + SampleFiles.CJK);
            second.createTextBox().setText(SampleFiles.FACT);
            second.createTextBox().setText(SampleFiles.UMLAUTS);
            table(second.createTable());
            show.write(out);
            return out.toByteArray();
        }
    }

    private static void title(XSLFSlide slide, String text) {
        for (XSLFTextShape shape : slide.getPlaceholders()) {
            if (shape.getTextType() == Placeholder.TITLE || shape.getTextType() == Placeholder.CENTERED_TITLE) {
                shape.setText(text);
            }
        }
    }

    private static void table(XSLFTable table) {
        XSLFTableRow header = table.addRow();
        for (String column : SampleFiles.COLUMNS) {
            header.addCell().setText(column);
        }
        for (List<String> values : SampleFiles.ROWS) {
            XSLFTableRow row = table.addRow();
            for (String value : values) {
                row.addCell().setText(value);
            }
        }
    }

    static byte[] xlsx() throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            XSSFSheet sheet = book.createSheet(SampleFiles.HEADING);
            row(sheet.createRow(0), SampleFiles.COLUMNS);
            for (int i = 0; i < SampleFiles.ROWS.size(); i++) {
                row(sheet.createRow(i + 1), SampleFiles.ROWS.get(i));
            }
            XSSFSheet notes = book.createSheet("Notes");
            row(notes.createRow(0), "Subject", "Text", "Since", "Share");
            Row dated = notes.createRow(1);
            row(dated, "Oil", SampleFiles.FACT);
            CellStyle date = book.createCellStyle();
            date.setDataFormat(book.createDataFormat().getFormat("yyyy-mm-dd"));
            dated.createCell(2).setCellValue(LocalDate.of(2024, 2, 29));
            dated.getCell(2).setCellStyle(date);
            CellStyle percent = book.createCellStyle();
            percent.setDataFormat(book.createDataFormat().getFormat("0.0%"));
            dated.createCell(3).setCellValue(0.125);
            dated.getCell(3).setCellStyle(percent);
            row(notes.createRow(2), SampleFiles.CJK, SampleFiles.UMLAUTS, "", "");
            notes.getRow(2).removeCell(notes.getRow(2).getCell(2));
            book.write(out);
            return out.toByteArray();
        }
    }

    private static void row(Row row, String... values) {
        row(row, List.of(values));
    }

    private static void row(Row row, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            row.createCell(i).setCellValue(values.get(i));
        }
    }

    /** As an Office program saves with a password. */
    static byte[] encrypted(byte[] document) throws Exception {
        try (POIFSFileSystem files = new POIFSFileSystem();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var stream = encryptor.getDataStream(files)) {
                stream.write(document);
            }
            files.writeFilesystem(out);
            return out.toByteArray();
        }
    }
}
