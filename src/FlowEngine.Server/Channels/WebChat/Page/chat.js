import { bubble, dayOf, note } from './line.js';
import { Thread } from './thread.js';
import { Tray } from './tray.js';
import { language, say, words } from './words.js';

const at = (id) => document.getElementById(id);
const page = document.documentElement;
const framed = window.parent !== window;
const site = siteThatShowsUs();
const thread = new Thread(page.dataset.connection, framed || !navigator.cookieEnabled, () => { queued ||= setTimeout(draw); }, (token) => tell('visitor', { token })); // a frame that is not shown has no animation frames
const tray = new Tray(at, () => thread.largestFile ?? Infinity, () => { at('scroller').scrollTop = at('scroller').scrollHeight; focusBox(); });
const acts = { addressOf: (...of) => thread.addressOf(...of), retry: (message) => thread.retry(message.id), discard };
let queued = 0;
let open = !framed;

/** The origin around the frame, as the widget names it; nobody else is spoken with. That it may show us at all is the server's frame-ancestors. */
function siteThatShowsUs() {
  const named = new URLSearchParams(location.search).get('site');
  return framed && [location.origin, ...page.dataset.origins.split(' ')].includes(named) ? named : null;
}

const tell = (kind, more) => site && parent.postMessage({ flowengine: kind, ...more }, site);

function label() {
  page.lang = language;
  document.body.classList.toggle('embedded', framed);
  at('close').hidden = !site;
  at('scroller').ariaLabel = words.messages;
  at('write').ariaLabel = words.write;
  for (const [id, word] of Object.entries({ send: 'send', close: 'close' })) Object.assign(at(id), { ariaLabel: words[word], title: words[word] });
  for (const [id, word] of Object.entries({ text: 'write', name: 'name', email: 'email' })) Object.assign(at(id), { placeholder: words[word], ariaLabel: words[word] });
  for (const [id, word] of Object.entries({ offline: 'offline', earlier: 'earlier', greeting: 'greeting' })) at(id).textContent = words[word];
  at('contact').firstElementChild.textContent = words.contact;
  at('typing').ariaLabel = words.typing;
  const color = document.querySelector('meta[name=theme-color]').content;
  if (color) {
    page.style.setProperty('--accent', color);
    page.style.setProperty('--accent-ink', isLight(color) ? '#111' : '#fff');
    page.style.setProperty('--accent-line', 'var(--soft)');
  }
}

/** Whether black is easier to read on it than white (WCAG relative luminance). */
function isLight(color) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179;
}

function draw() {
  queued = 0;
  const messages = [...thread.messages.values()].sort((a, b) => a.order - b.order);
  const visible = open && document.visibilityState === 'visible';
  at('offline').hidden = thread.online;
  at('state').textContent = thread.state === 'waiting' ? words.waiting : thread.state === 'agent' ? say('agent', thread.agent) : '';
  at('earlier').hidden = !thread.hasEarlier;
  at('greeting').hidden = messages.length > 0;
  at('greeting').textContent = thread.greeting?.[language] ?? words.greeting;
  at('contact').hidden = !thread.asksContact || messages.length + thread.pending.length > 0;
  at('typing').hidden = !thread.onTheWay;
  drawLines(messages);
  thread.acknowledge(visible);
  const unread = visible ? 0 : thread.unread();
  document.title = unread ? `(${unread}) ${at('title').textContent}` : at('title').textContent;
  tell('unread', { unread, text: unread ? say('unread', unread) : '' });
}

/** Whether the newest line is in sight; it stays so while pictures come. */
let stands = true;
const atEnd = () => at('scroller').scrollHeight - at('scroller').scrollTop - at('scroller').clientHeight < 120;

/** Lines are made once and kept: what did not change is not read aloud again, and keeps its focus. */
const made = new Map();
function drawLines(messages) {
  const stood = atEnd();
  const wanted = linesOf(messages).map(([key, picture, make]) => {
    const known = made.get(key);
    if (known?.picture === picture) return known;
    const line = { key, picture, node: make() };
    known?.node.replaceWith(line.node);
    made.set(key, line);
    return line;
  });
  const keys = new Set(wanted.map((line) => line.key));
  for (const [key, line] of made) if (!keys.has(key)) { line.node.remove(); made.delete(key); }
  const list = at('lines');
  wanted.forEach((line, i) => list.children[i] !== line.node && list.insertBefore(line.node, list.children[i] ?? null));
  stands = stood || thread.pending.some((one) => !one.status);
  if (stands) at('scroller').scrollTop = at('scroller').scrollHeight;
}

/** Each line with its key and with what it depends on. */
function linesOf(messages) {
  const lines = [];
  let [day, episode] = ['', messages[0]?.episode];
  const unsent = thread.pending.map((one) => ({ ...one, key: one.id, kind: kindOf(one.file), mine: true, buttons: [], rows: [], episode: thread.episode }));
  const last = unsent.length ? unsent.at(-1) : messages.at(-1);
  for (const message of [...messages, ...unsent]) {
    if (message.order && message.episode !== episode) lines.push([`episode ${message.episode}`, '', () => note(words.newEpisode)]);
    if (dayOf(message.at) !== day) {
      const text = day = dayOf(message.at);
      lines.push([`day ${message.at.slice(0, 10)} ${message.key ?? message.id}`, text, () => note(text)]);
    }

    episode = message.episode ?? episode;
    const status = message.order ? thread.statusOf(message) : message.status ?? 'sending';
    const tap = message === last && thread.state !== 'finished' ? choose : null;
    const source = message.file ? thread.sourceOf(message) : null;
    lines.push([message.key ?? message.id, JSON.stringify([status, message.text, message.kind, message.why, source?.split('?')[0], Boolean(tap)]), () => bubble(message, status, tap, source, acts)]);
  }

  if (thread.state === 'finished' && !unsent.length) lines.push(['finished', `${thread.episode}`, () => note(words.finished)]);
  return lines;
}

/** As the server will see it, as far as the browser knows; the server's word holds. */
function kindOf(file) {
  if (!file) return 'text';
  return /^image\/(jpeg|png|gif|webp)$/.test(file.type) ? 'image' : /^video\/(mp4|3gpp)$/.test(file.type) ? 'video' : /^audio\/(ogg|mpeg|mp4|aac|amr)$/.test(file.type) ? 'audio' : 'document';
}

/** What was written with it comes back into the box. */
function discard(message) {
  const words = thread.discard(message.id);
  if (words && !at('text').value) at('text').value = words;
  grow();
  focusBox();
}

function choose(message, option) {
  if (thread.pending.some((one) => one.of === message.id)) return; // the second click of two, before the options were gone
  thread.write({ text: option.title, choice: option.id, of: message.id });
  focusBox();
}

/** Where there is a keyboard; on a phone it would cover half of what was just said. */
function focusBox() {
  if (matchMedia('(hover: hover)').matches) at('text').focus();
}

function grow() {
  const box = at('text');
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight + 2}px`;
  box.style.overflowY = box.scrollHeight > box.clientHeight + 4 ? 'auto' : 'hidden';
}

function listen() {
  at('write').addEventListener('submit', (event) => {
    event.preventDefault();
    const text = at('text').value.trim();
    const files = tray.take();
    if (!text && !files.length) return;
    const contact = at('contact').hidden ? {} : { name: at('name').value, email: at('email').value };
    at('text').value = '';
    grow();
    if (!files.length) thread.write({ text, ...contact });
    files.forEach((file, i) => thread.write(i ? {} : { text: text || undefined, ...contact }, file)); // the words go with the first
  });
  at('text').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    at('write').requestSubmit();
  });
  at('text').addEventListener('input', grow);
  at('scroller').addEventListener('scroll', () => { stands = atEnd(); });
  at('lines').addEventListener('load', () => { if (stands) at('scroller').scrollTop = at('scroller').scrollHeight; }, true); // a picture has come
  at('send').disabled = false;
  at('earlier').addEventListener('click', () => thread.earlier().catch(() => thread.reach(false)));
  at('close').addEventListener('click', () => tell('close'));
  addEventListener('keydown', (event) => event.key === 'Escape' && tell('close'));
  addEventListener('message', (event) => {
    if (event.source !== parent || event.origin !== site) return;
    if (event.data?.flowengine === 'open') show();
    if (event.data?.flowengine === 'closed') open = false;
  });
}

async function begin() {
  for (let wait = 1; !thread.begun; wait = Math.min(wait * 2, 30)) {
    try { await thread.begin(); } catch {
      thread.reach(false);
      await new Promise((done) => { setTimeout(done, wait * 1000); });
    }
  }

  thread.reach(true);
}

function show() {
  open = true;
  if (!thread.begun && !beginning) beginning = begin();
  focusBox();
  draw();
  at('scroller').scrollTop = at('scroller').scrollHeight;
}

let beginning = null;
label();
listen();
// A frame that waits behind its button begins only for somebody who has been here, to count what came meanwhile.
if (!framed || thread.known) beginning = begin();
if (framed && !site) show();
tell('ready', { color: getComputedStyle(page).getPropertyValue('--accent').trim(), ink: getComputedStyle(page).getPropertyValue('--accent-ink').trim(), title: at('title').textContent, open: words.open, close: words.close });
