import { readFile } from 'node:fs/promises';

/** A guide, of which tests run the code exactly as it stands, but for the address. */
export class Guide {
  #name;
  #text;

  constructor(name, text) {
    this.#name = name;
    this.#text = text;
  }

  static async read(name) {
    return new Guide(name, await readFile(new URL(`../docs/guides/${name}.md`, import.meta.url), 'utf8'));
  }

  /** The only code in this language below the heading that contains these words. */
  code(language, words) {
    const sections = this.#text.split(/^## /m).filter((section) => section.split('\n')[0].includes(words));
    if (sections.length !== 1) throw new Error(`${sections.length} headings of ${this.#name} say "${words}"`);
    const blocks = [...sections[0].matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))];
    if (blocks.length !== 1) throw new Error(`${blocks.length} blocks of ${language} below "${words}"`);
    return blocks[0][1];
  }

  /** The GraphQL operation of this name. */
  operation(name) {
    const blocks = [...this.#text.matchAll(/^```graphql\n([\s\S]*?)^```/gm)].map(([, block]) => block);
    const found = blocks.filter((block) => new RegExp(`^\\w+ ${name}\\b`).test(block));
    if (found.length !== 1) throw new Error(`${found.length} operations of ${this.#name} are called ${name}`);
    return found[0];
  }
}

/** The code with the address that a test has instead of the one that is printed. */
export function at(address, code) {
  return code.replaceAll('localhost:8080', new URL(address).host);
}
