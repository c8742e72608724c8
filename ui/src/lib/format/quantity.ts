// Owns nothing: the page and the hub write figures alike (shared/src/format/quantity.ts).
export * from '@vigie/shared/format/quantity'
