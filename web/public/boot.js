// Runs before the first paint, as a file of its own because the content security policy allows no inline script.
// It sets the colour scheme, and asks for what the page that was opened needs while the application is still on its
// way: on a slow network each round trip saved is seen. src/api/early.ts takes the answers; the names of the chunks
// come from vite/early-chunks.ts.
(function () {
  var root = document.documentElement;
  var wanted = 'auto';
  try {
    wanted = localStorage.getItem('mantine-color-scheme-value') || 'auto';
  } catch (refused) {
    // A browser that refuses storage still gets the scheme of the system.
  }
  var dark = wanted === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : wanted === 'dark';
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');

  var path = location.pathname.replace(/\/$/, '') || '/customers';
  var chunks = document.currentScript.dataset.chunks;
  if (!chunks) return; // The API reference needs the scheme alone.
  JSON.parse(chunks).forEach(function (page) {
    if (!new RegExp(page.path).test(path)) return;
    page.files.forEach(function (file) {
      var link = document.createElement('link');
      var style = /\.css$/.test(file);
      link.rel = style ? 'preload' : 'modulepreload';
      if (style) link.as = 'style';
      link.crossOrigin = '';
      link.href = file;
      document.head.append(link);
    });
  });

  var customer = /^\/customers\/([^/]+)/.exec(path);
  if (path !== '/customers' && !customer) return;
  var early = (window.cairnEarly = {});
  function ask(address) {
    var answer = fetch(address, { headers: { accept: 'application/json' }, credentials: 'same-origin' });
    // Whoever takes the answer hears of a failure; nobody has to take it.
    answer.catch(function () {});
    early[address] = { answer: answer, at: performance.now() };
    return answer;
  }
  ask('/v1/sessions/current').then(function (session) {
    if (!session.ok) return;
    if (path === '/customers') ask('/v1/customers?limit=200');
    if (customer) ask('/v1/customers/' + customer[1]);
    if (customer && customer[0] === path) {
      ask('/v1/events?customer=' + customer[1] + '&limit=6&order=desc');
      ask('/v1/customers/' + customer[1] + '/log/checkpoint');
    }
    var query = new URLSearchParams(location.search);
    var event = query.get('event');
    // The router writes what would read as a number in quotation marks, and reads it without them.
    if (customer && event && event[0] !== '"' && path === customer[0] + '/receipts') {
      var source = query.get('source');
      var which = '?' + new URLSearchParams(source ? { customer: customer[1], source: source } : { customer: customer[1] });
      ask('/v1/receipts/' + encodeURIComponent(event) + which);
      ask('/v1/receipts/' + encodeURIComponent(event) + '/proof' + which);
      ask('/v1/customers/' + customer[1] + '/log/vkey');
    }
  }, function () {});

  // The first number and the first date that a page writes cost the browser tens of milliseconds, while it reads what
  // it knows of languages. Here they pass while the application is on its way.
  setTimeout(function () {
    new Intl.NumberFormat(navigator.language).format(1);
    new Intl.DateTimeFormat(navigator.language).format(0);
  });
})();
