// Owns nothing: the page and the hub write figures alike (shared/src/format/format-value.ts).
export * from '@vigie/shared/format/format-value'
