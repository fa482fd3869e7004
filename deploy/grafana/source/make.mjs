// Writes the dashboards: node deploy/grafana/source/make.mjs. A test holds what lies there against what this makes.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import cache from './cache.mjs';
import chat from './chat.mjs';
import dependencies from './dependencies.mjs';
import graphql from './graphql.mjs';
import jvm from './jvm.mjs';
import overview from './overview.mjs';
import webhooks from './webhooks.mjs';

const FOLDER = fileURLToPath(new URL('../dashboards/', import.meta.url));

/** Every dashboard, by the name of its file. */
export const DASHBOARDS = { overview, chat, dependencies, cache, graphql, webhooks, jvm };

/** As it lies in the file. */
export function text(made) {
  return `${JSON.stringify(made, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(FOLDER, { recursive: true });
  for (const [name, made] of Object.entries(DASHBOARDS)) await writeFile(join(FOLDER, `${name}.json`), text(made));
}
