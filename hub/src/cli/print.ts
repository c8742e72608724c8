// Owns what commands write to standard output. What names and texts of others hold cannot drive the terminal.

export function printLine(line: string): void {
  process.stdout.write(`${line.replace(/[^\P{Cc}\n\t]/gu, '\ufffd')}\n`)
}

export function printJson(value: unknown): void {
  // JSON leaves these as they are, and some terminals heed them.
  const escaped = JSON.stringify(value).replace(
    /[\u007f-\u009f]/g,
    (control) => `\\u00${control.charCodeAt(0).toString(16)}`,
  )
  process.stdout.write(`${escaped}\n`)
}
