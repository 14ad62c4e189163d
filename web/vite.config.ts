import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { earlyChunks } from './vite/early-chunks.ts';
import { leanCss } from './vite/lean-css.ts';

const server = process.env.CAIRN_URL ?? 'http://localhost:5080';

export default defineConfig({
  plugins: [react(), leanCss(new URL('.', import.meta.url).pathname), earlyChunks()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  server: { port: 5173, strictPort: true, proxy: { '/v1': server, '/openapi': server } },
  build: {
    outDir: process.env.WEB_OUT ?? 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows data: for images alone.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: ['index.html', 'portal.html', 'docs.html'],
      output: {
        // Named vendor chunks keep their address, and so their place in the browser's cache, when our code changes.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 20 },
            // Apart from the router, which the portal does without.
            { name: 'query', test: /node_modules\/@tanstack\/(react-query|query-core)\//, priority: 15 },
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
