// One static shell: every page is drawn in the browser from live data.
export const ssr = false
export const prerender = false
