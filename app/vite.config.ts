/** The pages: plain TypeScript, one entry a page, nothing inline, so that a strict Content-Security-Policy holds. */
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { pageSize } from './page-size.ts';

const pages = ['index.html', 'form/index.html', 'ehr/index.html', 'explorer/index.html'];

export default defineConfig({
  root: import.meta.dirname,
  // Relative: the service may stand behind a path of a proxy.
  base: './',
  plugins: [pageSize({ limitKilobytes: 250 })],
  logLevel: 'warn',
  build: {
    outDir: join(import.meta.dirname, '../dist/app'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: pages.map((page) => join(import.meta.dirname, page)) },
  },
});
