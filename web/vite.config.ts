import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { earlyChunks } from './vite/early-chunks.ts';
import { leanCss } from './vite/lean-css.ts';
import { loneIcons } from './vite/lone-icons.ts';

const server = process.env.CAIRN_URL ?? 'http://localhost:5080';

const source = (path: string) => new URL(`./src/${path}`, import.meta.url).pathname;

// Our sources and the packages say React, and get Preact: docs/decisions/0030-preact-runs-what-says-react.md.
const preact = [
  {
    find: /^react$/,
    replacement: source(process.env.VITEST ? 'react/react-for-tests.js' : 'react/react.js'),
  },
  { find: /^react\/(jsx-runtime|jsx-dev-runtime)$/, replacement: 'preact/$1' },
  { find: /^react-dom$/, replacement: 'preact/compat' },
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  {
    find: /^use-sync-external-store\/shim\/with-selector(\.js)?$/,
    replacement: source('react/with-selector.ts'),
  },
  // Their other forms are CommonJS, which no alias reaches.
  { find: /^react-transition-group$/, replacement: 'react-transition-group/esm/index.js' },
  {
    find: /^@testing-library\/react$/,
    replacement: '@testing-library/react/dist/@testing-library/react.esm.js',
  },
  { find: /^react-dom\/test-utils$/, replacement: 'preact/test-utils' },
];

export default defineConfig({
  plugins: [
    react(),
    leanCss(new URL('.', import.meta.url).pathname),
    earlyChunks(),
    ...(process.env.VITEST ? [loneIcons()] : []),
  ],
  resolve: { alias: [{ find: /^@\//, replacement: source('') }, ...preact] },
  server: { port: 5173, strictPort: true, proxy: { '/v1': server, '/openapi': server } },
  build: {
    outDir: process.env.WEB_OUT ?? 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows data: for images alone.
    assetsInlineLimit: 0,
    // Every browser that reads es2023 knows modulepreload.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: ['index.html', 'portal.html', 'docs.html'],
      output: {
        // Named vendor chunks keep their address, and so their place in the browser's cache, when our code changes.
        codeSplitting: {
          groups: [
            // The sheets of every page, the reference and the portal as well.
            { name: 'base', test: /@fontsource|\/app\/tokens/, priority: 30 },
            // Apart from the router, which the portal does without.
            {
              name: 'preact',
              test: /node_modules\/(preact|@tanstack\/(react-query|query-core))\/|\/src\/react\//,
              priority: 20,
            },
            {
              name: 'tanstack',
              test: /node_modules\/@tanstack\/(react-router|router-core|history|store|react-store)\//,
              priority: 15,
            },
            // What many pages share is one file: a browser asks for six at a time over HTTP/1.1, and each round trip
            // counts on a slow network. What places things beside others (tooltips, menus) is heavy, and stays apart.
            {
              name: 'kit',
              test: /node_modules\/(@mantine\/(core|hooks)|clsx|@tabler)\/(?!.*(Popover|Tooltip|Combobox|Modal|Floating|ScrollArea|Menu|Textarea|Switch))|\/src\/(ui|lib\/(?!proof)|api|texts\/common)/,
              minShareCount: 3,
              priority: 10,
            },
          ],
        },
      },
    },
  },
  test: {
    // Else Node would load them itself, and give them React.
    server: {
      deps: {
        inline: [/@mantine/, /@tanstack/, /@tabler/, /@testing-library\/react/, /@floating-ui/, /\/react-/],
      },
    },
    // Calculations are tested without a browser around them, screens with one.
    projects: [
      {
        extends: true,
        test: { name: 'lib', include: ['src/**/*.test.ts', 'vite/**/*.test.ts'], environment: 'node' },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          include: ['src/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: ['./src/test/setup.ts'],
          css: false,
          testTimeout: 30_000,
        },
      },
    ],
  },
});
