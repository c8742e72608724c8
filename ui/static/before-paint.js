// Sets the theme and the language that were chosen here, before the first paint, so that nothing flashes.
try {
  const theme = localStorage.getItem('vigie-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const locale = localStorage.getItem('vigie-locale') ?? navigator.language
  document.documentElement.lang = locale.startsWith('fr') ? 'fr' : 'en'
} catch {
  // Storage is refused to this page: the system's theme holds.
}
