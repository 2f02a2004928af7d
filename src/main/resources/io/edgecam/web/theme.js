// Before anything is drawn: the colours that this viewer chose.
try {
  const theme = JSON.parse(localStorage.getItem('edgecam.look') ?? '{}').theme;
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // a browser that keeps nothing follows the system
}
