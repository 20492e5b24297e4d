import { element } from './line.js';
import { language, say, words } from './words.js';

const mostAtOnce = 10;
const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const sizeOf = (bytes) => (bytes < 1024 * 1024 ? `${number.format(Math.max(1, Math.round(bytes / 1024)))} kB` : `${number.format(bytes / (1024 * 1024))} MB`);

/** The files that the next message takes along: chosen, pasted or dropped. */
export class Tray {
  /** @param largest answers the bytes that a file may have. */
  constructor(at, largest, changed) {
    Object.assign(this, { at, largest, changed, files: [] });
    const input = at('file');
    input.ariaLabel = input.title = words.attach;
    at('attach').title = words.attach;
    at('tray').ariaLabel = words.chosen;
    at('drop').textContent = words.drop;
    input.addEventListener('change', () => {
      this.add(input.files);
      input.value = ''; // the same file may be chosen again
    });
    addEventListener('paste', (event) => {
      const { files, types } = event.clipboardData ?? {};
      if (!files?.length || types.includes('text/plain')) return; // documents come with a picture of their words
      event.preventDefault();
      this.add(files);
    });
    this.takeDrops();
  }

  /** Gives the chosen files away, and is empty. */
  take() {
    const taken = this.files.map((one) => one.file);
    this.clear();
    return taken;
  }

  add(files) {
    const problems = [];
    for (const file of files) {
      if (this.files.length >= mostAtOnce) { problems.push(say('tooMany', mostAtOnce)); break; }
      if (file.size === 0) problems.push(say('emptyFile', file.name));
      else if (file.size > this.largest()) problems.push(say('tooLargeFile', file.name, sizeOf(this.largest())));
      else this.files.push({ file, picture: file.type.startsWith('image/') ? URL.createObjectURL(file) : null });
    }

    this.at('problem').textContent = problems.join(' ');
    this.draw();
    this.changed();
  }

  remove(one) {
    this.files = this.files.filter((other) => other !== one);
    if (one.picture) URL.revokeObjectURL(one.picture);
    this.at('problem').textContent = '';
    this.draw();
    this.changed();
  }

  clear() { for (const one of [...this.files]) this.remove(one); }

  draw() {
    this.at('problem').hidden = !this.at('problem').textContent;
    this.at('tray').hidden = this.files.length === 0;
    this.at('tray').replaceChildren(...this.files.map((one) => element(
      'li',
      {},
      one.picture ? element('img', { src: one.picture, alt: '', onerror: (event) => event.target.remove() }) : null,
      element('span', { textContent: one.file.name, title: one.file.name }),
      element('small', { textContent: sizeOf(one.file.size) }),
      element('button', { type: 'button', textContent: '✕', title: say('remove', one.file.name), ariaLabel: say('remove', one.file.name), onclick: () => this.remove(one) }),
    )));
  }

  takeDrops() {
    const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
    const show = (shown) => { this.at('drop').hidden = !shown; };
    addEventListener('dragover', (event) => { if (carriesFiles(event)) { event.preventDefault(); show(true); } });
    addEventListener('dragleave', (event) => event.relatedTarget === null && show(false));
    addEventListener('drop', (event) => {
      show(false);
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.add(event.dataTransfer.files);
    });
  }
}
