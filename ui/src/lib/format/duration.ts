// Owns nothing: the page and the hub write figures alike (shared/src/format/duration.ts).
export * from '@vigie/shared/format/duration'
