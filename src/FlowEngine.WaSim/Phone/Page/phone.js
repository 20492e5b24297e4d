import { words, language } from './words.js';
import { bubbleOf, dayOf, preview } from './bubbles.js';
import { element } from './element.js';
import { attachments } from './attach.js';

const at = (id) => document.getElementById(id);
const state = { people: [], chosen: new URLSearchParams(location.search).get('person'), messages: [], seen: new Map() };

function label() {
  document.documentElement.lang = language;
  const texts = {
    'people-title': 'title', about: 'about', 'join-button': 'join', restart: 'restart', 'business-name': 'business', offline: 'offline',
    'sheet-close': 'close', 'file-title': 'fileTitle', 'file-cancel': 'cancel', 'file-send': 'send',
  };
  for (const [id, word] of Object.entries(texts)) at(id).textContent = words[word];
  at('name').placeholder = words.newName;
  at('name').ariaLabel = words.newName;
  at('text').placeholder = words.write;
  at('text').ariaLabel = words.write;
  at('caption').placeholder = words.caption;
  at('caption').ariaLabel = words.caption;
  for (const [id, word] of Object.entries({ send: 'send', attach: 'attach', back: 'back' })) {
    at(id).ariaLabel = words[word];
    at(id).title = words[word];
  }

  at('samples').append(
    element('button', { type: 'button', textContent: words.file, className: 'own', onclick: () => { menu(false); at('file').click(); } }),
    element('small', { textContent: words.samples }),
  );
  for (const sample of ['image', 'voice', 'document', 'location', 'unsupported']) {
    at('samples').append(element('button', { type: 'button', textContent: words[sample], onclick: () => { menu(false); say({ sample }); } }));
  }
}

async function call(path, body) {
  const answer = await fetch(`api/${path}`, body === undefined
    ? { cache: 'no-store' }
    : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.headers.get('content-type')?.includes('json') ? answer.json() : null;
}

/** What is asked for while an answer is on its way is asked once more after it: the page always ends at the newest state, and so does the promise. */
let loading = null;
let again = false;
function refresh() {
  again = true;
  loading ??= untilNewest();
  return loading;
}

async function untilNewest() {
  while (again) {
    again = false;
    await load().catch(() => {});
  }

  loading = null;
}

async function load() {
  const asked = state.chosen;
  const people = await call('people');
  const known = people.some((person) => person.id === asked);
  const messages = known ? await call(`people/${encodeURIComponent(asked)}/messages`) : [];
  if (asked !== state.chosen) return; // somebody else was chosen meanwhile, perhaps one whom this list does not have yet: asked again
  Object.assign(state, { people, messages, chosen: known ? asked : null });
  if (known) state.seen.set(asked, messages.at(-1)?.id);
  draw();
}

function draw() {
  drawPeople();
  const person = state.people.find((one) => one.id === state.chosen);
  document.body.classList.toggle('chatting', Boolean(person));
  at('write').hidden = !person;
  at('as-whom').textContent = person ? `${words.asWhom} ${person.name}` : '';
  at('empty').hidden = state.messages.length > 0;
  at('empty').textContent = person ? words.emptyChat : words.empty;
  drawMessages();
}

/** Rows are made once and changed in place: a press on one that changes meanwhile is still a click. */
function drawPeople() {
  const list = at('people');
  const known = new Map([...list.children].map((row) => [row.person, row]));
  const rows = state.people.map((person) => {
    const row = known.get(person.id) ?? rowOf(person);
    row.firstChild.className = person.id === state.chosen ? 'person chosen' : 'person';
    row.querySelector('small').textContent = preview(person.last);
    row.querySelector('.dot').hidden = !person.last || person.last.mine || person.id === state.chosen || state.seen.get(person.id) === person.last.id;
    return row;
  });
  rows.forEach((row, place) => list.children[place] !== row && list.insertBefore(row, list.children[place] ?? null));
  while (list.children.length > rows.length) list.lastChild.remove();
}

function rowOf(person) {
  const face = element('span', { className: 'face', textContent: [...person.name.replace('+', '')][0]?.toUpperCase() ?? '?' });
  face.style.setProperty('--hue', [...person.id].reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0) * 97) % 360, 7));
  return element('li', { person: person.id }, element(
    'button',
    { type: 'button', onclick: () => choose(person.id) },
    face,
    element('span', { className: 'who' }, element('strong', { textContent: person.name }), element('small')),
    element('span', { className: 'dot', hidden: true }),
  ));
}

/** Only what changed is drawn anew, so that a sound goes on playing while ticks turn. */
let atEnd = true;
function drawMessages() {
  const list = at('messages');
  atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 160 || Boolean(state.messages.at(-1)?.mine && list.lastChild?.message !== state.messages.at(-1).id);
  const byId = new Map(state.messages.map((bubble) => [bubble.id, bubble]));
  const items = [];
  let last = '';
  for (const bubble of state.messages) {
    const day = dayOf(bubble);
    if (day !== last) items.push({ picture: day, make: () => element('li', { className: 'day', textContent: day }) });
    last = day;
    items.push({ picture: JSON.stringify(bubble), message: bubble.id, make: () => bubbleOf(bubble, byId, tap, openList) });
  }

  items.forEach(({ picture, message, make }, place) => {
    const there = list.children[place];
    if (there?.picture === picture) return;
    const made = Object.assign(make(), { picture, message });
    if (there) there.replaceWith(made);
    else list.append(made);
  });
  while (list.children.length > items.length) list.lastChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function choose(id) {
  state.chosen = id;
  at('messages').replaceChildren();
  history.replaceState(null, '', id ? `${location.pathname}?person=${encodeURIComponent(id)}` : location.pathname);
  refresh().then(() => {
    if (state.chosen !== id) return;
    at('messages').scrollTop = at('messages').scrollHeight;
    if (id && matchMedia('(hover: hover)').matches) at('text').focus();
  });
}

/** One after the other, so that they arrive in the order in which they were written. */
let said = Promise.resolve();
function say(body) {
  const who = state.chosen;
  said = said.then(() => who !== null && post(who, body));
  return said;
}

async function post(who, body) {
  try {
    await call(`people/${encodeURIComponent(who)}/messages`, body);
  } catch {
    at('offline').hidden = false;
    return false;
  }

  at('offline').hidden = true;
  refresh();
  return true;
}

/** @returns what is the matter, as a key of the words; null when the file left. */
async function sendFile(file, caption) {
  if (!state.chosen) return 'offline';
  const query = new URLSearchParams({ type: file.type, name: file.name, caption });
  try {
    const answer = await fetch(`api/people/${encodeURIComponent(state.chosen)}/media?${query}`, {
      method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file,
    });
    if (!answer.ok) return answer.status === 413 ? 'tooLarge' : 'notTaken';
  } catch {
    return 'offline';
  }

  refresh();
  return null;
}

const tap = (of, choice) => say({ tap: choice, of });

function openList(bubble) {
  at('sheet-title').textContent = bubble.body.action.button ?? words.choose;
  at('rows').replaceChildren(...bubble.body.action.sections.flatMap((section) => [
    section.title ? element('h3', { textContent: section.title }) : null,
    ...section.rows.map((row) => element(
      'button',
      { type: 'submit', value: row.id, className: 'row' },
      element('strong', { textContent: row.title }),
      row.description ? element('small', { textContent: row.description }) : null,
    )),
  ].filter(Boolean)));
  const sheet = at('sheet');
  sheet.returnValue = '';
  sheet.onclose = () => sheet.returnValue && tap(bubble.id, sheet.returnValue);
  sheet.showModal();
}

function menu(open) {
  at('samples').hidden = !open;
  at('attach').ariaExpanded = String(open);
}

function grow() {
  at('text').style.height = 'auto';
  at('text').style.height = `${Math.min(at('text').scrollHeight + 2, 140)}px`;
  at('text').style.overflowY = at('text').scrollHeight > 140 ? 'auto' : 'hidden';
}

function listen() {
  at('join').addEventListener('submit', async (event) => {
    event.preventDefault();
    const name = at('name').value;
    at('name').value = ''; // sent twice, it would be two people
    const person = await call('people', { name }).catch(() => null);
    if (person) choose(person.id);
    else at('name').value ||= name;
  });
  at('join-button').disabled = false;
  at('write').addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = at('text').value;
    if (!text.trim()) return;
    at('text').value = '';
    grow();
    if (await say({ text })) return;
    at('text').value = [text, at('text').value].filter(Boolean).join('\n'); // it did not leave: nothing typed is lost
    grow();
  });
  at('text').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    at('write').requestSubmit();
  });
  at('text').addEventListener('input', grow);
  at('attach').addEventListener('click', () => menu(at('samples').hidden));
  document.addEventListener('click', (event) => event.target.closest('.attach') || menu(false));
  at('back').addEventListener('click', () => choose(null));
  at('restart').addEventListener('click', async () => {
    if (!confirm(words.restartSure)) return;
    await call('reset', {});
    choose(null);
  });
  attachments(sendFile);
  for (const grown of ['load', 'loadedmetadata']) {
    at('messages').addEventListener(grown, () => { if (atEnd) at('messages').scrollTop = at('messages').scrollHeight; }, true);
  }

  const live = new EventSource('api/live');
  live.onmessage = () => { at('offline').hidden = true; refresh(); };
  live.onerror = () => { at('offline').hidden = false; };
}

label();
listen();
refresh();
