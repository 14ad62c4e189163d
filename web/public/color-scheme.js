// Runs before the first paint, as a file of its own because the content security policy allows no inline script.
(function () {
  var wanted = 'auto';
  try {
    wanted = localStorage.getItem('mantine-color-scheme-value') || 'auto';
  } catch (refused) {
    // A browser that refuses storage still gets the scheme of the system.
  }
  var dark = wanted === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : wanted === 'dark';
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
