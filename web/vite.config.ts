import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.CAIRN_URL ?? 'http://localhost:5080';

export default defineConfig({
  plugins: [react()],
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
          ],
        },
      },
    },
  },
  test: {
    // Calculations are tested without a browser around them, screens with one.
    projects: [
      { extends: true, test: { name: 'lib', include: ['src/**/*.test.ts'], environment: 'node' } },
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
