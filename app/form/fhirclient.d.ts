/** The build without polyfills has no types of its own; it puts `FHIR` on the window. */
declare module 'fhirclient/build/fhir-client.pure.min.js';
