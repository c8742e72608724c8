// Owns nothing: the page and the hub draw axes alike (shared/src/format/nice-ticks.ts).
export * from '@vigie/shared/format/nice-ticks'
