import { words, language } from './words.js';
import { element } from './element.js';
import { mediaOf } from './media.js';

const ticks = { waiting: '🕓', sent: '✓', delivered: '✓✓', read: '✓✓', failed: '⚠' };
const icons = { image: '📷', video: '🎬', audio: '🎤', document: '📄', sticker: '🌟', location: '📍', contacts: '👤' };
const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });

/** Text with *bold*, _italic_ and ~struck~ as the phone shows them; never as HTML. */
function formatted(text) {
  const holder = element('span', { className: 'text' });
  const marks = { '*': 'strong', _: 'em', '~': 's' };
  let rest = 0;
  for (const found of text.matchAll(/(^|[\s(])([*_~])(\S(?:[^\n]*?\S)?)\2(?=$|[\s.,;:!?)])/g)) {
    const start = found.index + found[1].length;
    holder.append(text.slice(rest, start), element(marks[found[2]], { textContent: found[3] }));
    rest = start + found[3].length + 2;
  }

  holder.append(text.slice(rest));
  return holder;
}

export function preview(bubble) {
  if (!bubble) return words.nothing;
  const icon = icons[bubble.type];
  if (bubble.text !== null) return icon && !bubble.text.startsWith(icon) ? `${icon} ${bubble.text}` : bubble.text;
  const voice = bubble.type === 'audio' && bubble.body?.voice;
  return `${icon ?? ''} ${bubble.body?.filename ?? (voice ? words.voice : words[bubble.type]) ?? words.other}`.trim();
}

function placeholder(bubble) {
  const name = bubble.type === 'location' ? bubble.body?.name : bubble.body?.filename;
  return element('span', { className: 'placeholder' }, icons[bubble.type] ?? '💬', ' ', name ?? words[bubble.type] ?? words.other);
}

function options(bubble, tap, openList) {
  const action = bubble.body?.action;
  if (!action || bubble.mine) return null;
  const made = element('div', { className: 'options' });
  for (const { reply } of action.buttons ?? []) {
    made.append(element('button', { type: 'button', textContent: reply.title, onclick: () => tap(bubble.id, reply.id) }));
  }

  if (action.sections) {
    made.append(element('button', { type: 'button', textContent: `☰ ${action.button ?? words.choose}`, onclick: () => openList(bubble) }));
  }

  return made.childElementCount ? made : null;
}

/** One message, with what can be tapped under it. */
export function bubbleOf(bubble, byId, tap, openList) {
  const quoted = bubble.replyTo && byId.get(bubble.replyTo);
  const header = bubble.body?.header?.text;
  const footer = bubble.body?.footer?.text;
  const media = mediaOf(bubble);
  const tick = bubble.mine
    ? element('span', { className: `tick ${bubble.status}`, textContent: ticks[bubble.status] ?? '', title: words[bubble.status] ?? bubble.status })
    : null;
  return element(
    'li',
    { className: bubble.mine ? 'bubble mine' : 'bubble' },
    quoted ? element('span', { className: 'quoted', textContent: preview(quoted) }) : null,
    header ? element('strong', { className: 'header', textContent: header }) : null,
    media ?? (bubble.text === null || icons[bubble.type] ? placeholder(bubble) : null),
    bubble.text !== null ? formatted(bubble.text) : null,
    footer ? element('span', { className: 'footer', textContent: footer }) : null,
    element('span', { className: 'when' }, clock.format(new Date(bubble.at)), tick),
    options(bubble, tap, openList),
  );
}

export function dayOf(bubble) {
  const at = new Date(bubble.at);
  return at.toDateString() === new Date().toDateString() ? words.today : day.format(at);
}
