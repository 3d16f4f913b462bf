/**
 * The import rules, checked by `npm test`. Paths are relative to the folder that is cruised from,
 * so that the tests of these rules can plant a wrong import elsewhere.
 */
const VOCABULARY = ['cds-hooks', 'fhir', 'json', 'errors'];
/** The pure core, in the order of the flow. */
const FLOW = ['knowledge', 'evidence', 'orders', 'pregnancy', 'decision', 'cards', 'plan'];
const ADAPTERS = ['outbound', 'fhir-server', 'client-trust', 'store', 'audit-delivery', 'tracing'];
/** An adapter inside a pure folder: it reads the knowledge files. */
const LOAD = '^src/knowledge/load\\.ts$';

/** A room of src: a folder, or a file of that name. */
const room = (...names) => `^src/(${names.join('|')})(/|\\.ts$)`;
const npmPackage = (...names) => `(^|node_modules/)(@types/)?(${names.join('|')})(/|$)`;

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** `rooms` may import, of ours, only `others` and themselves. */
const onlyFrom = (name, comment, rooms, others) =>
  rule(
    name,
    comment,
    { path: room(...rooms), pathNot: LOAD },
    { path: '^(src|demo|bench|batch|scripts|test)/', pathNot: room(...rooms, ...others) },
  );

const vocabulary = VOCABULARY.map((name) =>
  onlyFrom(`vocabulary-${name}`, `${name} imports nothing of ours`, [name], []),
);

const flow = FLOW.map((name, index) => {
  const before = FLOW.slice(0, index);
  const allowed = ['the vocabulary', ...before].join(', ');
  return onlyFrom(`flow-${name}`, `${name} imports only ${allowed}`, [name], [...VOCABULARY, ...before]);
});

module.exports = {
  forbidden: [
    onlyFrom('audit', 'an AuditEvent is made of the vocabulary alone', ['audit'], VOCABULARY),
    rule('no-circular', 'two modules that need each other are one module, or miss a third', {}, { circular: true }),
    ...vocabulary,
    ...flow,
    rule(
      'pure-no-node',
      'the pure core and its vocabulary do no I/O and read no clock; a large library may be loaded when it is first used',
      { path: room(...VOCABULARY, ...FLOW, 'audit'), pathNot: LOAD },
      { dependencyTypes: ['core'], pathNot: '^(node:)?module$' },
    ),
    rule(
      'pure-no-server',
      'the pure core and its vocabulary know neither HTTP nor the logger',
      { path: room(...VOCABULARY, ...FLOW, 'audit') },
      { path: npmPackage('express', 'helmet', 'pino') },
    ),
    rule(
      'load-is-an-adapter',
      'the pure core receives compiled knowledge, it does not load it',
      { path: room(...FLOW, 'call-service'), pathNot: LOAD },
      { path: LOAD },
    ),
    onlyFrom(
      'use-case',
      'call-service joins the pure core and receives adapters as arguments',
      ['call-service'],
      [...VOCABULARY, ...FLOW],
    ),
    onlyFrom(
      'operations',
      'operations are use cases over the same core; adapters are no part of them',
      ['operations'],
      [...VOCABULARY, ...FLOW, 'call-service'],
    ),
    rule(
      'operations-no-io',
      'operations take values and return values: no I/O, no clock, no server',
      { path: room('operations') },
      { dependencyTypes: ['core'] },
    ),
    onlyFrom(
      'form',
      'what the form asks: use cases over the same core, beside the operations',
      ['form'],
      [...VOCABULARY, ...FLOW, 'call-service', 'operations'],
    ),
    rule(
      'form-no-io',
      'the form side takes values and returns values: no I/O, no clock, no server',
      { path: room('form') },
      { dependencyTypes: ['core'] },
    ),
    onlyFrom(
      'explorer',
      'what the rule explorer asks, and conditions in words: use cases over the same core',
      ['explorer'],
      [...VOCABULARY, ...FLOW, 'call-service', 'operations'],
    ),
    rule(
      'explorer-no-io',
      'the explorer side takes values and returns values: no I/O, no clock, no server',
      { path: room('explorer') },
      { dependencyTypes: ['core'] },
    ),
    ...ADAPTERS.map((name) =>
      onlyFrom(
        `adapter-${name}`,
        `${name} knows the vocabulary, and how to reach other servers`,
        [name],
        [...VOCABULARY, 'config', 'outbound'],
      ),
    ),
    onlyFrom('workers', 'the process above several that serve knows nothing of what they serve', ['workers'], []),
    onlyFrom(
      'http',
      'routes translate between HTTP and the use cases',
      ['http'],
      ['call-service', 'operations', 'form', 'explorer', 'config', ...VOCABULARY],
    ),
    rule(
      'one-fhirpath',
      'FHIRPath and UCUM are reached through src/fhir only',
      { path: '^src/', pathNot: room('fhir') },
      { path: npmPackage('fhirpath', '@lhncbc/ucum-lhc') },
    ),
    rule(
      'nobody-imports-main',
      'main.ts starts the service; nothing happens at import time elsewhere',
      { path: '^(src|demo|batch|scripts)/' },
      { path: '^src/main\\.ts$' },
    ),
    rule(
      'only-serve-imports-app',
      'app.ts is the wiring; it knows all and nobody knows it',
      { path: '^(src|demo|batch|scripts)/', pathNot: '^src/serve\\.ts$' },
      { path: '^src/app\\.ts$' },
    ),
    rule(
      'only-wiring-imports-demo',
      'the demonstration is plugged in by app.ts or serve.ts',
      { path: '^src/', pathNot: room('app', 'serve') },
      { path: '^demo/' },
    ),
    rule(
      'pages-stand-alone',
      'pages know the service by its addresses only; they share words with nobody but themselves',
      { path: '^app/' },
      { path: '^(src|demo|bench|batch|scripts|test)/' },
    ),
    rule(
      'src-stands-alone',
      'the service needs no test, no bench and no batch',
      { path: '^src/' },
      { path: '^(test|bench|batch)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
