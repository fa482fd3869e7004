import { zip } from './zip-writer.mjs';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006/main';
const SLIDES = 'http://schemas.openxmlformats.org/presentationml/2006/main';
const SHEETS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const WORDS = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const TYPES = 'application/vnd.openxmlformats-officedocument';

function relations(...all) {
  const each = all.map(([type, target], index) =>
    `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`);
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

/** An Office Open XML package (ECMA-376, part 2): its main part, and parts as [path, type, content]. */
function officePackage(main, parts) {
  const overrides = parts.filter(([, type]) => type)
    .map(([path, type]) => `<Override PartName="/${path}" ContentType="${TYPES}.${type}+xml"/>`);
  const types = `${XML}<Types xmlns="${PACKAGE}/content-types">`
    + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`;
  return zip([
    ['[Content_Types].xml', types],
    ['_rels/.rels', relations(['officeDocument', main])],
    ...parts.map(([path, , content]) => [path, content]),
  ]);
}

/** A Word document of paragraphs; one that begins with "# " becomes a heading. */
export function docx(paragraphs, documentType = '') {
  const body = paragraphs.map((text) => {
    const heading = text.startsWith('# ');
    const style = heading ? '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' : '';
    return `<w:p>${style}<w:r><w:t xml:space="preserve">${heading ? text.slice(2) : text}</w:t></w:r></w:p>`;
  });
  const document = `${XML}${documentType}<w:document xmlns:w="${WORDS}"><w:body>${body.join('')}</w:body></w:document>`;
  const styles = `${XML}<w:styles xmlns:w="${WORDS}"><w:style w:type="paragraph" w:styleId="Heading1">`
    + '<w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>';
  return officePackage('word/document.xml', [
    ['word/document.xml', 'wordprocessingml.document.main', document],
    ['word/_rels/document.xml.rels', '', relations(['styles', 'styles.xml'])],
    ['word/styles.xml', 'wordprocessingml.styles', styles],
  ]);
}

/** A presentation: each slide a list of lines. */
export function pptx(slides) {
  const names = `xmlns:a="${DRAWING}" xmlns:r="${OFFICE}" xmlns:p="${SLIDES}"`;
  const group = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>';
  const tree = (inner) => `<p:cSld><p:spTree>${group}${inner}</p:spTree></p:cSld>`;
  const shape = (text, id) => `<p:sp><p:nvSpPr><p:cNvPr id="${id + 2}" name="Text ${id + 1}"/><p:cNvSpPr/><p:nvPr/>`
    + '</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>'
    + `<a:p><a:r><a:rPr lang="en-GB"/><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
  const colours = 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    + 'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"';
  const ids = slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 2}"/>`).join('');
  const presentation = `${XML}<p:presentation ${names}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>`
    + `</p:sldMasterIdLst><p:sldIdLst>${ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>`
    + '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>';
  const parts = slides.flatMap((lines, index) => [
    [`ppt/slides/slide${index + 1}.xml`, 'presentationml.slide',
      `${XML}<p:sld ${names}>${tree(lines.map(shape).join(''))}</p:sld>`],
    [`ppt/slides/_rels/slide${index + 1}.xml.rels`, '',
      relations(['slideLayout', '../slideLayouts/slideLayout1.xml'])],
  ]);
  return officePackage('ppt/presentation.xml', [
    ['ppt/presentation.xml', 'presentationml.presentation.main', presentation],
    ['ppt/_rels/presentation.xml.rels', '', relations(['slideMaster', 'slideMasters/slideMaster1.xml'],
      ...slides.map((_, index) => ['slide', `slides/slide${index + 1}.xml`]))],
    ['ppt/slideMasters/slideMaster1.xml', 'presentationml.slideMaster', `${XML}<p:sldMaster ${names}>${tree('')}`
      + `<p:clrMap ${colours}/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>`
      + '</p:sldMaster>'],
    ['ppt/slideMasters/_rels/slideMaster1.xml.rels', '',
      relations(['slideLayout', '../slideLayouts/slideLayout1.xml'], ['theme', '../theme/theme1.xml'])],
    ['ppt/slideLayouts/slideLayout1.xml', 'presentationml.slideLayout',
      `${XML}<p:sldLayout ${names}>${tree('')}</p:sldLayout>`],
    ['ppt/slideLayouts/_rels/slideLayout1.xml.rels', '',
      relations(['slideMaster', '../slideMasters/slideMaster1.xml'])],
    ['ppt/theme/theme1.xml', 'theme', theme()],
    ...parts,
  ]);
}

function theme() {
  const colours = ['dk1', 'lt1', 'dk2', 'lt2', 'accent1', 'accent2', 'accent3', 'accent4', 'accent5', 'accent6',
    'hlink', 'folHlink'].map((name) => `<a:${name}><a:srgbClr val="${name.startsWith('lt') ? 'FFFFFF' : '202020'}"/>`
    + `</a:${name}>`).join('');
  const font = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>';
  const three = (element) => element.repeat(3);
  const fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>';
  return `${XML}<a:theme xmlns:a="${DRAWING}" name="Plain"><a:themeElements><a:clrScheme name="Plain">${colours}`
    + `</a:clrScheme><a:fontScheme name="Plain"><a:majorFont>${font}</a:majorFont><a:minorFont>${font}</a:minorFont>`
    + `</a:fontScheme><a:fmtScheme name="Plain"><a:fillStyleLst>${three(fill)}</a:fillStyleLst><a:lnStyleLst>`
    + `${three(`<a:ln>${fill}</a:ln>`)}</a:lnStyleLst><a:effectStyleLst>`
    + `${three('<a:effectStyle><a:effectLst/></a:effectStyle>')}</a:effectStyleLst><a:bgFillStyleLst>${three(fill)}`
    + '</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>';
}

/** A workbook: sheets as [name, rows]; texts are shared strings, numbers are numbers. */
export function xlsx(sheets) {
  const shared = [...new Set(sheets.flatMap(([, rows]) => rows.flat()).filter((cell) => typeof cell === 'string'))];
  const cell = (value, column, row) => {
    const place = `${String.fromCharCode(65 + column)}${row + 1}`;
    return typeof value === 'string' ? `<c r="${place}" t="s"><v>${shared.indexOf(value)}</v></c>`
      : `<c r="${place}"><v>${value}</v></c>`;
  };
  const sheet = (rows) => {
    const lines = rows.map((cells, row) =>
      `<row r="${row + 1}">${cells.map((value, column) => cell(value, column, row)).join('')}</row>`);
    return `${XML}<worksheet xmlns="${SHEETS}"><sheetData>${lines.join('')}</sheetData></worksheet>`;
  };
  const listed = sheets.map(([name], index) =>
    `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('');
  const strings = shared.map((text) => `<si><t>${text}</t></si>`).join('');
  return officePackage('xl/workbook.xml', [
    ['xl/workbook.xml', 'spreadsheetml.sheet.main',
      `${XML}<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}"><sheets>${listed}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', '', relations(
      ...sheets.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`]),
      ['sharedStrings', 'sharedStrings.xml'])],
    ['xl/sharedStrings.xml', 'spreadsheetml.sharedStrings',
      `${XML}<sst xmlns="${SHEETS}" count="${shared.length}" uniqueCount="${shared.length}">${strings}</sst>`],
    ...sheets.map(([, rows], index) =>
      [`xl/worksheets/sheet${index + 1}.xml`, 'spreadsheetml.worksheet', sheet(rows)]),
  ]);
}

/** An OpenDocument text of paragraphs; one that begins with "# " becomes a heading. */
export function odt(paragraphs) {
  const names = 'urn:oasis:names:tc:opendocument:xmlns';
  const type = 'application/vnd.oasis.opendocument.text';
  const body = paragraphs.map((text) => (text.startsWith('# ')
    ? `<text:h text:outline-level="1">${text.slice(2)}</text:h>` : `<text:p>${text}</text:p>`));
  return zip([
    ['mimetype', type],
    ['content.xml', `${XML}<office:document-content xmlns:office="${names}:office:1.0" xmlns:text="${names}:text:1.0"`
      + ` office:version="1.3"><office:body><office:text>${body.join('')}</office:text></office:body>`
      + '</office:document-content>'],
    ['META-INF/manifest.xml', `${XML}<manifest:manifest xmlns:manifest="${names}:manifest:1.0" manifest:version="1.3">`
      + `<manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/>`
      + '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'],
  ], ['mimetype']);
}

/** A book: chapters as [title, paragraphs]. */
export function epub(title, chapters) {
  const page = (heading, paragraphs) => `${XML}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${heading}`
    + `</title></head><body><h1>${heading}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</body></html>`;
  const items = chapters.map((_, index) =>
    `<item id="c${index}" href="c${index}.xhtml" media-type="application/xhtml+xml"/>`).join('');
  const spine = chapters.map((_, index) => `<itemref idref="c${index}"/>`).join('');
  const links = chapters.map(([heading], index) => `<li><a href="c${index}.xhtml">${heading}</a></li>`).join('');
  return zip([
    ['mimetype', 'application/epub+zip'],
    ['META-INF/container.xml', `${XML}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">`
      + '<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
      + '</container>'],
    ['OEBPS/book.opf', `${XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">`
      + '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:example:book</dc:identifier>'
      + `<dc:title>${title}</dc:title><dc:language>en</dc:language>`
      + '<meta property="dcterms:modified">2020-01-01T00:00:00Z</meta></metadata>'
      + `<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>${items}`
      + `</manifest><spine>${spine}</spine></package>`],
    ['OEBPS/nav.xhtml', `${XML}<html xmlns="http://www.w3.org/1999/xhtml" `
      + `xmlns:epub="http://www.idpf.org/2007/ops"><head><title>${title}</title></head>`
      + `<body><nav epub:type="toc"><ol>${links}</ol></nav></body></html>`],
    ...chapters.map(([heading, paragraphs], index) => [`OEBPS/c${index}.xhtml`, page(heading, paragraphs)]),
  ], ['mimetype']);
}
