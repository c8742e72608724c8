// Owns tables on a terminal: columns as wide as their widest cell.

/** The lines of rows, the headings first. What names hold cannot drive the terminal. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const safe = rows.map((row) => row.map((cell) => cell.replace(/\p{Cc}/gu, '\ufffd')))
  const widths = (safe[0] ?? []).map((_, column) =>
    Math.max(...safe.map((row) => row[column]?.length ?? 0)),
  )
  return safe.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
