// Owns nothing: the page and the hub write figures alike (shared/src/format/number.ts).
export * from '@vigie/shared/format/number'
