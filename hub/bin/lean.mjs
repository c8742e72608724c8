// Owns how the hub is run in little memory.

/** A larger nursery saves the hub no time, and fills itself before anything in it is thrown away. */
export const LEAN_FLAGS = ['--max-semi-space-size=4']

/** What glibc has once taken for a thread or for something large it keeps when that is freed, unless it is told not to. */
export const LEAN_ENVIRONMENT = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '65536',
  MALLOC_TRIM_THRESHOLD_: '65536',
}
