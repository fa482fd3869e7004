import { docx, epub, odt, pptx, xlsx } from './sample-office.mjs';
import { pdf } from './sample-pdf.mjs';

const FILLER = [
  'The committee met in spring and agreed on the minutes of the last meeting.',
  'Chairs were moved to the larger room because of the number of guests.',
  'Nothing else was decided, and the evening ended with tea.',
];

/**
 * One small file of every kind that is taken. Each holds one fact that no other holds: `question` asks for it and
 * `fact` is what the answer must then say; `page` is where it stands, in kinds that have pages, slides or sheets, of
 * which there are `pages`.
 */
export const SAMPLES = [
  {
    name: 'lighthouse.pdf', type: 'application/pdf', kind: 'pdf', pages: 3, page: 2,
    fact: '214 steps', question: 'How many steps has the lighthouse of Varnholm?',
    content: pdf([['Coastal survey', ...FILLER], ['The lighthouse of Varnholm has 214 steps.', FILLER[0]], FILLER]),
  },
  {
    name: 'ferry.docx', kind: 'docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    fact: '06:40', question: 'When does the ferry to Kestrel Isle leave?',
    content: docx(['# Timetable', FILLER[0], '# Ferries', 'The ferry to Kestrel Isle leaves at 06:40 on Thursdays.']),
  },
  {
    name: 'marigold.pptx', kind: 'pptx', pages: 2, page: 2,
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    fact: '8,300 crowns', question: 'What does project Marigold cost a month?',
    content: pptx([['Quarterly review', FILLER[0]], ['Costs', 'Project Marigold costs 8,300 crowns a month.']]),
  },
  {
    name: 'observatories.xlsx', kind: 'xlsx', pages: 2, page: 2,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    fact: '2417', question: 'What is the altitude of the observatory at Tarnfell?',
    content: xlsx([
      ['Guests', [['Month', 'Guests'], ['May', 130], ['June', 155]]],
      ['Observatories', [['Observatory', 'Altitude in metres'], ['Tarnfell', 2417], ['Lowmoor', 388]]],
    ]),
  },
  {
    name: 'archive.odt', type: 'application/vnd.oasis.opendocument.text', kind: 'odt',
    fact: '1683', question: 'When was the archive of Odenbrook founded?',
    content: odt(['# History', FILLER[1], 'The archive of Odenbrook was founded in 1683 by two sisters.']),
  },
  {
    name: 'bakery.html', type: 'text/html', kind: 'html',
    fact: '560 loaves', question: 'How many loaves does the bakery in Plumb Lane bake?',
    content: Buffer.from('<!doctype html><html lang="en"><head><title>Bakeries</title><style>p { color: red }</style>'
      + '<script>document.title = "never a text";</script></head><body><h1>Bakeries</h1>'
      + `<p>${FILLER[2]}</p><p>The bakery in Plumb Lane bakes <b>560 loaves</b> a&nbsp;day &amp; more on feasts.</p>`
      + '</body></html>'),
  },
  {
    name: 'glacier.md', type: 'text/markdown', kind: 'markdown',
    fact: '19 metres', question: 'How far does the glacier above Skarn retreat?',
    content: Buffer.from(`# Glaciers\n\n${FILLER[0]}\n\n## Skarn\n\n`
      + 'The glacier above Skarn retreats 19 metres a year.\n'),
  },
  {
    name: 'bell.txt', type: 'text/plain', kind: 'text',
    fact: '3,140 kilograms', question: 'How much does the bell of Wexcombe weigh?',
    content: Buffer.from(`${FILLER.join('\n')}\n\nThe bell of Wexcombe weighs 3,140 kilograms.\n`),
  },
  {
    name: 'nests.csv', type: 'text/csv', kind: 'csv',
    fact: '37', question: 'How many nests of the osprey were counted?',
    content: Buffer.from('species,nests counted\nosprey,37\nmarsh harrier,12\n"heron, grey",54\n'),
  },
  {
    name: 'reservoir.json', type: 'application/json', kind: 'json',
    fact: '41 million', question: 'What is the capacity of the reservoir Lindmere?',
    content: Buffer.from(JSON.stringify({
      reservoirs: [{ name: 'Lindmere', capacity: '41 million cubic metres' }, { name: 'Ashpool', capacity: 'unknown' }],
    }, null, 2)),
  },
  {
    name: 'sloop.epub', type: 'application/epub+zip', kind: 'epub',
    fact: 'Orla Brandt', question: 'Who sailed the sloop Petrel?',
    content: epub('Of ships', [['Departure', FILLER], ['The Petrel',
      ['Captain Orla Brandt sailed the sloop Petrel around the cape in 1791.', FILLER[1]]]]),
  },
];

const MIB = 1 << 20;

/** Files that are refused at once: the status and code of the problem. */
export const REFUSED = [
  { name: 'nothing.txt', type: 'text/plain', content: Buffer.alloc(0), status: 422, code: 'document_empty' },
  {
    name: 'picture.pdf', type: 'application/pdf', status: 415, code: 'document_type_mismatch',
    content: Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1'),
  },
  {
    name: 'report.txt', type: 'text/plain', status: 415, code: 'document_type_mismatch',
    content: pdf([FILLER]),
  },
  {
    name: 'report.pdf', type: 'image/png', status: 415, code: 'document_type_mismatch',
    content: pdf([FILLER]),
  },
  {
    name: 'setup.exe', type: 'application/octet-stream', status: 415, code: 'document_type_not_allowed',
    content: Buffer.from('MZ'),
  },
  {
    name: 'README', type: 'text/plain', status: 415, code: 'document_type_not_allowed',
    content: Buffer.from('a file without an extension'),
  },
];

/** Files that are taken, and whose ingestion fails: the code of the job's error. */
export function failing() {
  return [
    {
      name: 'secret.pdf', type: 'application/pdf', code: 'document_encrypted',
      content: pdf([FILLER], { encrypted: true }),
    },
    {
      name: 'torn.pdf', type: 'application/pdf', code: 'document_unreadable',
      content: Buffer.from('%PDF-1.4\nand then nothing that a reader could make sense of\n'),
    },
    { name: 'torn.docx', type: '', code: 'document_unreadable', content: docx(FILLER).subarray(0, 700) },
    { name: 'blank.txt', type: 'text/plain', code: 'document_empty', content: Buffer.from(' \n\t\n ') },
    { name: 'blank.pdf', type: 'application/pdf', code: 'document_empty', content: pdf([[], []]) },
    { name: 'bomb.docx', type: '', code: 'document_too_complex', content: docx([' '.repeat(BOMB_BYTES)]) },
  ];
}

/** Unpacked; packed it has a thousandth of them. */
const BOMB_BYTES = 300 * 2 ** 20;

/** A document of this many sentences about the topic, each numbered. */
export function longText(topic, sentences) {
  return Array.from({ length: sentences }, (_, index) =>
    `Sentence ${index} speaks of ${topic}.${index % 5 === 4 ? '\n\n' : ''}`).join(' ');
}
