// SvelteKit's ambient types.
declare global {
  namespace App {
    interface PageState {
      /** How many views of time lie behind this one on the same page. */
      depth?: number
    }
  }
}

export {}
