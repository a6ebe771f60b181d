// Runs in the page itself, from a web server or a file: it hides what does not fit, and keeps the search in the address.
const { document, location, history, URLSearchParams } = globalThis;
const find = (id) => document.getElementById(id);
const [query, domain, count, none] = ['q', 'd', 'n', 'none'].map(find);
const rows = [...document.querySelectorAll('li[data-text]')];
const sections = [...document.querySelectorAll('section[data-domain]')];

const show = () => {
  const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const inDomain = domain.value === '' || row.closest('section').dataset.domain === domain.value;
    row.hidden = !inDomain || !words.every((word) => row.dataset.text.includes(word));
    if (!row.hidden) shown += 1;
  }
  for (const section of sections) section.hidden = !section.querySelector('li:not([hidden])');
  none.hidden = shown > 0;
  count.textContent = `${shown} of ${rows.length} types`;
};

const remember = () => {
  const asked = new URLSearchParams();
  if (query.value) asked.set('q', query.value);
  if (domain.value) asked.set('domain', domain.value);
  history.replaceState(null, '', `#${asked}`);
};

const recall = () => {
  const asked = new URLSearchParams(location.hash.slice(1));
  query.value = asked.get('q') ?? '';
  domain.value = asked.get('domain') ?? '';
  show();
};

for (const field of [query, domain]) {
  field.addEventListener('input', () => {
    show();
    remember();
  });
}
find('all').addEventListener('click', () => {
  query.value = '';
  domain.value = '';
  show();
  remember();
  query.focus();
});
document.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target === query) return;
  event.preventDefault();
  query.focus();
});
globalThis.addEventListener('hashchange', recall);
document.querySelector('form').hidden = false;
recall();
