// Owns how SQLite's file is tended: its free pages given back, its log emptied, its statistics fresh.
import type { Database as SqliteFile } from 'better-sqlite3'

/** A step moves about as many pages as it frees, and who writes waits for it meanwhile. */
const PAGES_AT_ONCE = 128
/** Pages that are free are taken by the next ticks: moving others into their place has to be worth it. */
const SLACK = { ratio: 0.05, pages: 64 }
/** While the log is emptied nobody writes; where somebody still reads it, it can wait. */
const EMPTYING_TIMEOUT_MS = 20

export function createTending(file: SqliteFile) {
  const number = (pragma: string): number => Number(file.pragma(pragma, { simple: true }))

  return {
    /** Takes one small step; false when there is nothing more worth giving back. */
    giveSpaceBack({ isAllWanted = false } = {}): boolean {
      const slack = isAllWanted ? 0 : Math.max(SLACK.pages, number('page_count') * SLACK.ratio)
      const surplus = Math.floor(number('freelist_count') - slack)
      if (surplus <= 0) return false
      // Not through a prepared statement: run once, such a pragma frees a single page.
      file.exec(`pragma incremental_vacuum(${Math.min(surplus, PAGES_AT_ONCE)})`)
      return surplus > PAGES_AT_ONCE
    },

    /** Brings what the log holds into the file, and cuts both to size when nobody reads what stands there. */
    emptyLog(): void {
      file.pragma('wal_checkpoint(PASSIVE)')
      const timeoutMs = number('busy_timeout')
      file.pragma(`busy_timeout = ${EMPTYING_TIMEOUT_MS}`)
      try {
        file.pragma('wal_checkpoint(TRUNCATE)')
      } finally {
        file.pragma(`busy_timeout = ${timeoutMs}`)
      }
    },

    /** Refreshes the planner's statistics where they are stale; cheap, meant to run now and then. */
    optimize(): void {
      file.pragma('optimize')
    },
  }
}

export type Tending = ReturnType<typeof createTending>
