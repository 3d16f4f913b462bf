/** Prints how much JavaScript each page loads, and refuses a page that would make a phone wait. */
import { basename, dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';

/** @param limitKilobytes of gzipped JavaScript a page, all that it may load included */
export function pageSize({ limitKilobytes }: { limitKilobytes: number }): Plugin {
  return {
    name: 'page-size',
    apply: 'build',
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file): file is Rollup.OutputChunk => file.type === 'chunk');
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      for (const entry of chunks.filter(({ isEntry }) => isEntry)) {
        const kilobytes = [...reached(entry, byName)].reduce((sum, { code }) => sum + gzipSync(code).length, 0) / 1000;
        const page = basename(dirname(entry.facadeModuleId ?? ''));
        process.stdout.write(`${page.padEnd(8)} ${kilobytes.toFixed(1).padStart(6)} kB of JavaScript, gzipped\n`);
        if (kilobytes > limitKilobytes) this.error(`${page} loads more than ${limitKilobytes} kB of JavaScript`);
      }
    },
  };
}

function reached(entry: Rollup.OutputChunk, byName: Map<string, Rollup.OutputChunk>): Set<Rollup.OutputChunk> {
  const found = new Set([entry]);
  for (const { imports, dynamicImports } of found) {
    for (const name of [...imports, ...dynamicImports]) {
      const chunk = byName.get(name);
      if (chunk) found.add(chunk);
    }
  }
  return found;
}
