import type { Plugin, Rolldown } from 'vite';

/** The modules that the router fetches for an address: `public/boot.js` asks for their chunks at once. */
const pages: { path: string; modules: string[] }[] = [
  { path: '^/sign-in$', modules: ['features/access/sign-in'] },
  { path: '^/customers$', modules: ['features/customers/portfolio'] },
  { path: '^/customers/[^/]+', modules: ['features/customers/customer-layout'] },
  { path: '^/customers/[^/]+$', modules: ['features/customers/customer-overview'] },
  { path: '^/customers/[^/]+/events$', modules: ['features/ingest/event-stream'] },
  { path: '^/customers/[^/]+/receipts$', modules: ['features/receipts/customer-receipts'] },
];

/** Writes into the page which chunks belong to which address, under the names that the build gave them. */
export function earlyChunks(): Plugin {
  return {
    name: 'early-chunks',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, chunk: entry }) {
        if (!bundle || !entry || !html.includes('src="/boot.js"')) return html;
        const there = filesOf(bundle, entry);
        const chunks = pages.map(({ path, modules }) => ({
          path,
          files: modules
            .flatMap((module) => [...filesOf(bundle, chunkOf(bundle, module))])
            .filter((file, at, all) => !there.has(file) && all.indexOf(file) === at)
            .map((file) => `/${file}`),
        }));
        return html.replace('src="/boot.js"', `src="/boot.js" data-chunks='${JSON.stringify(chunks)}'`);
      },
    },
  };
}

function chunkOf(bundle: Rolldown.OutputBundle, module: string) {
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk' && file.facadeModuleId?.includes(`/src/${module}.`)) return file;
  }
  throw new Error(`No chunk begins with ${module}: vite/early-chunks.ts names a page that is gone.`);
}

/** A chunk, the chunks that it imports, and the sheets of all of them. */
function filesOf(bundle: Rolldown.OutputBundle, chunk: Rolldown.OutputChunk, files = new Set<string>()) {
  if (files.has(chunk.fileName)) return files;
  files.add(chunk.fileName);
  for (const sheet of chunk.viteMetadata?.importedCss ?? []) files.add(sheet);
  for (const name of chunk.imports) {
    const imported = bundle[name];
    if (imported?.type === 'chunk') filesOf(bundle, imported, files);
  }
  return files;
}
