import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const hashed = /\.(m_[0-9a-f]{6,10})\b/g;
const hashes = /\bm_[0-9a-f]{6,10}\b/g;
const comment = /\/\*[\s\S]*?\*\//g;
const sheet = /@mantine\/core\/styles\.layer\.css$/;

/**
 * Leaves out the style rules of components that nothing here imports: Mantine's sheet styles all of them, and a phone
 * waits for it before the first paint. A rule goes when each of its selectors demands a class of such a component;
 * Mantine's class names are hashes, so that one never stands anywhere by chance. It happens before Vite names the
 * sheet by its content. That no script uses a class whose rules went is checked on the finished bundle.
 */
export function leanCss(root: string): Plugin {
  let used: ReadonlySet<string>;
  let gone: ReadonlySet<string> = new Set();
  return {
    name: 'lean-css',
    apply: 'build',
    enforce: 'pre',
    buildStart() {
      used = classesOf(root);
    },
    transform(css, id) {
      if (!sheet.test(id.replace(/\?.*$/, ''))) return;
      const lean = withoutUnused(css.replaceAll(comment, ''), used);
      gone = new Set([...css.matchAll(hashes)].map(([name]) => name).filter((name) => !lean.includes(name)));
      return { code: lean, map: null };
    },
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const missed = file.code.match(hashes)?.find((name) => gone.has(name));
        if (missed) this.error(`${file.fileName} uses the class ${missed}, whose rules lean-css left out.`);
      }
    },
  };
}

/** The classes of the Mantine components that our sources import, and of all that those are made of. */
function classesOf(root: string): ReadonlySet<string> {
  const packages = join(root, 'node_modules/@mantine');
  const index = join(packages, 'core/esm/index.mjs');
  const places = new Map<string, string>();
  for (const { names, from } of importsOf(read(index))) {
    if (from.startsWith('.')) for (const name of names) places.set(name, join(dirname(index), from));
  }
  const used = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = read(file);
    for (const [name] of text.matchAll(hashes)) used.add(name);
    for (const { names, from } of importsOf(text)) {
      if (from === '@mantine/core') {
        for (const name of names) visit(places.get(name) ?? file);
      } else if (from.startsWith('@mantine/'))
        visit(join(packages, from.slice('@mantine/'.length), 'esm/index.mjs'));
      else if (from.startsWith('.') && file.startsWith(packages)) visit(join(dirname(file), from));
    }
  };
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  for (const file of sources) if (/\.tsx?$/.test(file)) visit(join(root, 'src', file));
  return used;
}

const read = (file: string) => readFileSync(file, 'utf8');

/** What a module imports or hands on from others, types left out. */
const importsOf = (text: string) =>
  [...text.matchAll(/\b(?:import|export)\s+(?!type\b)([^;'"]*?)\s*from\s*['"]([^'"]+)['"]/g)].map(
    ([, names = '', from = '']) => ({ names: namesIn(names), from }),
  );

const namesIn = (clause: string) =>
  (clause.match(/\{([^}]*)\}/)?.[1] ?? '').split(',').map((name) => name.trim().split(/\s+as\s+/)[0] ?? '');

/** A sheet without comments, without the rules that cannot match; `@media`, `@layer` and `@supports` blocks are looked into. */
export function withoutUnused(css: string, used: ReadonlySet<string>): string {
  let out = '';
  let at = 0;
  while (at < css.length) {
    const open = indexOutside(css, '{;}', at);
    if (open === css.length || css[open] !== '{') {
      out += css.slice(at, open + 1);
      at = open + 1;
      continue;
    }
    const prelude = css.slice(at, open);
    const close = endOfBlock(css, open);
    const body = css.slice(open + 1, close);
    if (/^\s*@(media|layer|supports|container)\b/.test(prelude)) {
      const kept = withoutUnused(body, used);
      // An empty layer still takes part in the order of layers.
      if (kept.trim() || /^\s*@layer\b/.test(prelude)) out += `${prelude}{${kept}}`;
    } else if (prelude.trimStart().startsWith('@')) {
      out += css.slice(at, close + 1);
    } else {
      const selectors = split(prelude).filter((selector) => canMatch(selector, used));
      if (selectors.length > 0) out += `${selectors.join(',')}{${body}}`;
    }
    at = close + 1;
  }
  return out;
}

/** Whether all classes that the selector demands can be on the page; what stands in parentheses demands nothing. */
function canMatch(selector: string, used: ReadonlySet<string>) {
  let demanded = selector;
  for (let before = ''; before !== demanded; ) {
    before = demanded;
    demanded = demanded.replace(/\([^()]*\)/g, '');
  }
  return [...demanded.matchAll(hashed)].every(([, name]) => used.has(name as string));
}

/** The selectors of a list; a comma in parentheses or brackets separates nothing. */
function split(list: string) {
  const selectors: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < list.length; at++) {
    const sign = list.charAt(at);
    if ('(['.includes(sign)) depth++;
    if (')]'.includes(sign)) depth--;
    if (sign === ',' && depth === 0) {
      selectors.push(list.slice(start, at));
      start = at + 1;
    }
  }
  return [...selectors, list.slice(start)];
}

function endOfBlock(css: string, open: number) {
  let depth = 0;
  for (let at = open; at < css.length; at = indexOutside(css, '{}', at + 1)) {
    depth += css[at] === '{' ? 1 : -1;
    if (depth === 0) return at;
  }
  throw new Error('A style sheet ends in the middle of a block.');
}

/** The next of `signs` that is not part of a text or an address. */
function indexOutside(css: string, signs: string, from: number) {
  for (let at = from; at < css.length; at++) {
    const sign = css.charAt(at);
    if (sign === '\\') at++;
    else if (sign === '"' || sign === "'") {
      for (at++; at < css.length && css[at] !== sign; at++) if (css[at] === '\\') at++;
    } else if (css.startsWith('url(', at)) at = css.indexOf(')', at);
    else if (signs.includes(sign)) return at;
  }
  return css.length;
}
