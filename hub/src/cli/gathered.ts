// Owns options that may be given more than once.

export function gathered(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}
