// Owns nothing: the page and the hub draw axes alike (shared/src/format/axis-labels.ts).
export * from '@vigie/shared/format/axis-labels'
