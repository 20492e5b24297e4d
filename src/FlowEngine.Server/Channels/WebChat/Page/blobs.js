const store = 'files';
const forgotten = 2 * 24 * 60 * 60 * 1000; // of tabs that were closed before their files had left

/** The files that wait to leave, also over a reload; where the browser keeps nothing, they live as long as the page. */
export class Blobs {
  constructor(changed) {
    Object.assign(this, { changed, here: new Map(), urls: new Map(), asked: new Set() });
    this.base = new Promise((done) => {
      try {
        const opening = indexedDB.open('flowengine.chat', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore(store);
        opening.onsuccess = () => done(opening.result);
        opening.onerror = opening.onblocked = () => done(null);
      } catch { done(null); }
    });
    this.sweep();
  }

  async put(id, blob) {
    this.here.set(id, blob);
    await this.do('readwrite', (files) => files.put({ blob, at: Date.now() }, id));
  }

  /** Null when it is not here any more. */
  async get(id) {
    if (!this.here.has(id)) {
      const kept = await this.do('readonly', (files) => files.get(id));
      if (kept) this.here.set(id, kept.blob);
    }

    return this.here.get(id) ?? null;
  }

  /** What the page itself still shows of it stays until it is left. */
  drop(id) { this.do('readwrite', (files) => files.delete(id)); }

  /** Its address for this page; null while it is not here, and the page is drawn once more when it is. */
  urlOf(id) {
    if (this.here.has(id) && !this.urls.has(id)) this.urls.set(id, URL.createObjectURL(this.here.get(id)));
    if (!this.here.has(id) && !this.asked.has(id)) {
      this.asked.add(id);
      this.get(id).then((blob) => blob && this.changed());
    }

    return this.urls.get(id) ?? null;
  }

  async sweep() {
    const keys = await this.do('readonly', (files) => files.getAllKeys()) ?? [];
    for (const key of keys) {
      const kept = await this.do('readonly', (files) => files.get(key));
      if (kept && Date.now() - kept.at > forgotten) this.drop(key);
    }
  }

  /** Answers what was asked for; undefined where nothing is kept. */
  async do(mode, ask) {
    const base = await this.base;
    return base ? new Promise((done) => {
      try {
        const asked = ask(base.transaction(store, mode).objectStore(store));
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => done(undefined);
      } catch { done(undefined); }
    }) : undefined;
  }
}
