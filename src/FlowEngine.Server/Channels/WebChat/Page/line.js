import { language, words } from './words.js';

const ticks = { sending: '🕓', sent: '✓', delivered: '✓✓', read: '✓✓', failed: '⚠' };
const marks = { '*': 'strong', _: 'em', '~': 's' };
const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });

export function element(tag, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** *bold*, _italic_ and ~struck~; everything else stays text. */
function formatted(text) {
  const parts = [];
  let rest = 0;
  for (const found of text.matchAll(/(^|[\s(])([*_~])(\S(?:[^\n]*?\S)?)\2(?=$|[\s.,;:!?)])/g)) {
    const start = found.index + found[1].length;
    parts.push(text.slice(rest, start), element(marks[found[2]], { textContent: found[3] }));
    rest = start + found[3].length + 2;
  }

  return [...parts, text.slice(rest)];
}

/** The words of a message as nodes: nothing that anybody writes is ever read as HTML, and only web addresses become links. */
export function wordsOf(text) {
  const holder = element('span', { className: 'text', dir: 'auto' });
  let rest = 0;
  for (const found of text.matchAll(/\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'*_~]/gi)) {
    if (!URL.canParse(found[0])) continue;
    holder.append(...formatted(text.slice(rest, found.index)), element('a', { href: found[0], textContent: found[0], target: '_blank', rel: 'noopener noreferrer nofollow ugc' }));
    rest = found.index + found[0].length;
  }

  holder.append(...formatted(text.slice(rest)));
  return holder;
}

const named = (message) => message.file.name || words[message.kind] || words.document;

/** A way to save it; without an address, as while it waits to leave, only its name. */
function fileLink(message, acts) {
  const mark = element('span', { className: 'sheet', ariaHidden: 'true', textContent: '📄' });
  if (!message.order) return element('span', { className: 'file' }, mark, element('span', { textContent: named(message) }));
  // The address is made when it is used: its ticket lives for a day.
  const fresh = (event) => { event.currentTarget.href = acts.addressOf(message, true); };
  return element('a', { className: 'file', href: acts.addressOf(message, true), download: named(message), rel: 'noopener', title: words.download, onclick: fresh }, mark, element('span', { textContent: named(message) }));
}

/** A picture, sound or film in place; what this browser does not show or play can be saved. */
function fileOf(message, source, acts) {
  const figure = element('figure', { className: 'media' });
  const onerror = () => figure.replaceChildren(fileLink(message, acts));
  if (source && ['image', 'sticker'].includes(message.kind)) {
    const picture = element('img', { src: source, alt: message.text || named(message), onerror });
    figure.append(message.order ? element('a', { href: acts.addressOf(message), target: '_blank', rel: 'noopener', onclick: (event) => { event.currentTarget.href = acts.addressOf(message); } }, picture) : picture);
  } else if (source && (message.kind === 'audio' || message.kind === 'video')) {
    figure.append(element(message.kind, { src: source, controls: true, preload: 'metadata', ariaLabel: named(message), onerror }));
  } else {
    figure.append(fileLink(message, acts));
  }

  return figure;
}

/** What did not leave says why, and what can be done. */
const failure = (message, acts) => element(
  'div',
  { className: 'failure' },
  message.why in words ? element('p', { textContent: words[message.why] }) : null,
  element('button', { type: 'button', textContent: words.retry, onclick: () => acts.retry(message) }),
  element('button', { type: 'button', textContent: words.discard, onclick: () => acts.discard(message) }),
);

/** One message. Its options can be tapped while nothing was said after them. */
export function bubble(message, status, tap, source, acts) {
  const options = tap ? [...message.buttons, ...message.rows] : [];
  const tick = status ? element('span', { className: `tick ${status}`, role: 'img', ariaLabel: words[status], title: words[status], textContent: ticks[status] }) : null;
  return element(
    'li',
    { className: `bubble${message.mine ? ' mine' : ''}${status === 'failed' ? ' failed' : ''}` },
    message.by ? element('span', { className: 'by', textContent: message.by }) : null,
    message.file ? fileOf(message, source, acts) : null,
    message.text || !message.file ? wordsOf(message.text ?? words.media) : null,
    element('span', { className: 'when' }, element('time', { dateTime: message.at, textContent: clock.format(new Date(message.at)) }), tick),
    status === 'failed' ? failure(message, acts) : null,
    options.length === 0 ? null : element('div', { className: 'options' }, ...options.map((option) => element(
      'button',
      { type: 'button', onclick: () => tap(message, option) },
      option.title,
      option.description ? element('small', { textContent: option.description }) : null,
    ))),
  );
}

export const note = (text) => element('li', { className: 'note', textContent: text });

export function dayOf(at) {
  const day = new Date(at).toDateString();
  const now = new Date();
  if (day === now.toDateString()) return words.today;
  now.setDate(now.getDate() - 1);
  return day === now.toDateString() ? words.yesterday : date.format(new Date(at));
}
