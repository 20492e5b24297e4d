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

/** One message. Its options can be tapped while nothing was said after them. */
export function bubble(message, status, tap) {
  const options = tap ? [...message.buttons, ...message.rows] : [];
  const tick = status ? element('span', { className: `tick ${status}`, role: 'img', ariaLabel: words[status], title: words[status], textContent: ticks[status] }) : null;
  return element(
    'li',
    { className: `bubble${message.mine ? ' mine' : ''}${status === 'failed' ? ' failed' : ''}` },
    message.by ? element('span', { className: 'by', textContent: message.by }) : null,
    wordsOf(message.text ?? words.media),
    element('span', { className: 'when' }, element('time', { dateTime: message.at, textContent: clock.format(new Date(message.at)) }), tick),
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
