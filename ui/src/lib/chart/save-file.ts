// Owns the handing of a made file to the browser's downloads.

export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The download has begun by then; kept any longer, the content would stay in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
