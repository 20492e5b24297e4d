import { words, language } from './words.js';
import { element } from './element.js';

const at = (id) => document.getElementById(id);
const silent = /^(audio\/|image\/webp)/; // what carries no words below it

function sizeOf(file) {
  const large = file.size >= 1e6;
  const format = new Intl.NumberFormat(language, { style: 'unit', unit: large ? 'megabyte' : 'kilobyte', maximumFractionDigits: large ? 1 : 0 });
  return format.format(Math.max(1, file.size / (large ? 1e6 : 1e3)));
}

function previewOf(file, src) {
  const kind = file.type.split('/')[0];
  if (kind === 'image') return element('img', { src, alt: file.name });
  if (kind === 'video' || kind === 'audio') return element(kind, { src, controls: true });
  return element('span', { className: 'paper', ariaHidden: 'true', textContent: '📄' });
}

/** Lets somebody choose a file, look at it, add a caption and send it. @param send takes file and caption, and says whether it left. */
export function attachments(send) {
  let chosen = null;
  let src = null;
  at('file').addEventListener('change', () => {
    chosen = at('file').files[0] ?? null;
    at('file').value = ''; // so that the same file can be chosen again
    if (!chosen) return;
    src = URL.createObjectURL(chosen);
    at('file-preview').replaceChildren(previewOf(chosen, src));
    at('file-name').textContent = `${chosen.name} · ${sizeOf(chosen)}`;
    at('file-problem').hidden = true;
    at('caption').value = '';
    at('caption').hidden = silent.test(chosen.type);
    at('file-sheet').showModal();
  });
  at('file-cancel').addEventListener('click', () => at('file-sheet').close());
  at('file-sheet').addEventListener('close', () => {
    at('file-preview').replaceChildren();
    URL.revokeObjectURL(src);
  });
  at('file-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    at('file-send').disabled = true;
    const file = chosen;
    const problem = await send(file, at('caption').value.trim());
    at('file-send').disabled = false;
    if (file !== chosen) return; // another one has been chosen meanwhile, and waits for its own word
    at('file-problem').hidden = !problem;
    at('file-problem').textContent = problem ? words[problem] : '';
    if (!problem) at('file-sheet').close();
  });
}
