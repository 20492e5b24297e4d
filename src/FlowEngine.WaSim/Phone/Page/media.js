import { words } from './words.js';
import { element } from './element.js';

const kinds = ['image', 'sticker', 'video', 'audio', 'document'];

const gone = () => element('span', { className: 'placeholder gone', textContent: words.gone });

/** The picture as the phone shows it; a tap opens it whole. @param otherwise makes what stands there when it cannot be shown. */
function picture(type, src, name, otherwise = gone) {
  const holder = element('a', { href: src, target: '_blank', rel: 'noopener noreferrer', className: type });
  const image = element('img', { src, alt: name ?? words[type], referrerPolicy: 'no-referrer' });
  image.onerror = () => holder.replaceWith(otherwise());
  holder.append(image);
  return holder;
}

function player(type, src) {
  const made = element(type, { src, controls: true, preload: 'metadata', ariaLabel: words[type] });
  made.onerror = () => made.replaceWith(gone());
  return made;
}

function saved(src, name) {
  const ending = name.includes('.') ? name.split('.').at(-1).slice(0, 5).toUpperCase() : '';
  return element(
    'a',
    { href: src, download: name, target: '_blank', rel: 'noopener noreferrer', className: 'document', title: words.save },
    element('span', { className: 'paper', ariaHidden: 'true', textContent: ending || '📄' }),
    element('span', { textContent: name }),
  );
}

/** A file at an address that the business gave: only pictures are fetched, anything else is a link. */
function elsewhere(type, link, name) {
  if (!URL.canParse(link) || !['http:', 'https:'].includes(new URL(link).protocol)) return null;
  const written = () => element(
    'a',
    { href: link, target: '_blank', rel: 'noopener noreferrer', className: 'link' },
    element('span', { textContent: name ?? words[type] }),
    element('small', { textContent: link }),
  );
  return type === 'image' || type === 'sticker' ? picture(type, link, name, written) : written();
}

function shown(type, file) {
  if (!file?.id) return file?.link ? elsewhere(type, file.link, file.filename) : null;
  const src = `api/media/${encodeURIComponent(file.id)}`;
  if (type === 'document') return saved(src, file.filename ?? words.document);
  return type === 'image' || type === 'sticker' ? picture(type, src) : player(type, src);
}

/** What a message carries: its own file, or the one in its header. Null when there is none. */
export function mediaOf(bubble) {
  const body = bubble.body;
  if (kinds.includes(bubble.type)) return shown(bubble.type, body);
  const header = body?.header ?? body?.components?.find((part) => part.type === 'header')?.parameters?.[0];
  return kinds.includes(header?.type) ? shown(header.type, header[header.type]) : null;
}
