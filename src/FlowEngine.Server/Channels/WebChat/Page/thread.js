import { Blobs } from './blobs.js';

const silence = 45_000; // the server is heard every 15 s
const hiddenAfter = 60_000;
const trusted = 30_000; // for so long the stream's silence means that nothing happened
const mostBreaks = 5; // of one file on a connection that holds; what was written after it waits
const young = 12 * 60 * 60 * 1000; // half of the life of a ticket
const pause = (seconds) => new Promise((done) => {
  const end = () => { clearTimeout(timer); removeEventListener('online', end); done(); };
  const timer = setTimeout(end, seconds * 1000);
  addEventListener('online', end);
});

/** Storage can be forbidden to a frame; then a reload begins anew. */
const kept = (store) => ({
  get(key) { try { return window[store].getItem(key); } catch { return null; } },
  set(key, value) { try { window[store].setItem(key, value); } catch { /* it lives as long as the page */ } },
});
const local = kept('localStorage');
const session = kept('sessionStorage');

/** crypto.randomUUID is only there on https and localhost. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The word by which the server refuses; a proxy has none. */
const codeOf = async (answer) => { try { return (await answer.json()).code; } catch { return undefined; } };

/** The visitor's conversation: what is known of it, what waits to leave, and the line to the server. */
export class Thread {
  constructor(connection, embedded, changed, remember = () => {}) {
    Object.assign(this, { connection, embedded, changed, remember, messages: new Map(), cursor: 0, state: 'none', online: true, begun: false, seenTo: 0, told: 0, read: 0 });
    this.tokenKey = `flowengine.chat.${connection}`;
    this.pendingKey = `flowengine.chat.${connection}.pending`;
    this.token = embedded ? local.get(this.tokenKey) ?? (location.hash.slice(1) || null) : null; // a frame without storage gets it from the page that shows it
    this.pending = JSON.parse(session.get(this.pendingKey) ?? '[]');
    this.blobs = new Blobs(changed);
    addEventListener('online', () => this.begun && this.look());
    document.addEventListener('visibilitychange', () => this.visibility());
  }

  get known() { return this.token !== null; }

  /** Calls that learn at once that their token has died begin one new visitor together. */
  begin() {
    this.beginning ??= this.start().finally(() => { this.beginning = null; });
    return this.beginning;
  }

  async start() {
    const begun = await this.call('session', { embedded: this.embedded }, false);
    if (begun.token) { local.set(this.tokenKey, this.token = begun.token); this.remember(begun.token); }
    this.messages.clear();
    Object.assign(this, { greeting: begun.greeting, asksContact: begun.asksContact, largestFile: begun.largestFile, hasEarlier: begun.thread.more, begun: true, cursor: 0, told: 0, read: 0 });
    this.adopt(begun.thread);
    if (begun.thread.state !== 'none') this.listen();
    this.flush();
  }

  /** @param path or what makes it: after a token has died it is another. @throws {Error} with the answer's status, code and retryAfter, or without when the server was not reached. */
  async call(path, body, again = true) {
    const headers = this.token ? { 'X-Chat-Visitor': this.token } : {};
    const bytes = body instanceof Blob;
    const answer = await fetch(`${this.connection}/${typeof path === 'function' ? path() : path}`, body === undefined
      ? { headers }
      : { method: 'POST', headers: { ...headers, 'content-type': bytes ? 'application/octet-stream' : 'application/json' }, body: bytes ? body : JSON.stringify(body) });
    if (answer.status === 401 && again) {
      await this.begin(); // the token has died: a new visitor begins
      return this.call(path, body, false);
    }

    if (!answer.ok) throw Object.assign(new Error(`${path}: ${answer.status}`), { status: answer.status, code: await codeOf(answer), retryAfter: Number(answer.headers.get('retry-after')) || 0 });
    return answer.headers.get('content-type')?.includes('json') ? answer.json() : null;
  }

  adopt(view) {
    for (const message of view.messages) {
      this.messages.set(message.id, message);
      if (this.pending.some((one) => one.id === message.key)) this.blobs.drop(message.key);
      this.pending = this.pending.filter((one) => one.id !== message.key);
    }

    if (view.ticket) Object.assign(this, { ticket: view.ticket, ticketAt: Date.now() });

    const { state, agent, onTheWay, seenTo, episode } = view;
    Object.assign(this, { state, agent, onTheWay, seenTo, episode, cursor: Math.max(this.cursor, view.cursor) });
    this.keep();
    this.changed();
  }

  keep() { session.set(this.pendingKey, JSON.stringify(this.pending)); }

  /** Asks for what is behind the cursor. What is wished for while an answer is on its way is asked once more after it. */
  async look() {
    if (this.looking) { this.lookAgain = true; return; }
    this.looking = true;
    this.lookedAt = Date.now();
    try {
      do {
        this.lookAgain = false;
        const before = this.cursor;
        const view = await this.call(() => `messages?after=${this.cursor}`);
        this.adopt(view);
        this.lookAgain ||= view.more && this.cursor > before;
      } while (this.lookAgain);
      this.reach(true);
    } catch { this.reach(false); } finally { this.looking = false; }
  }

  async earlier() {
    const view = await this.call(`messages?before=${Math.min(...[...this.messages.values()].map((message) => message.order))}`);
    this.hasEarlier = view.more;
    for (const message of view.messages) this.messages.set(message.id, message); // how things stand is newer than this answer
    this.changed();
  }

  /** @param file what was chosen, as the browser gives it. */
  write(parts, file) {
    const one = { id: uuid(), at: new Date().toISOString(), ...parts };
    if (file) {
      one.file = { name: [...file.name].slice(-100).join(''), type: file.type };
      this.blobs.put(one.id, file);
    }

    this.pending.push(one);
    this.keep();
    this.changed();
    this.flush();
  }

  retry(id) {
    for (const one of this.pending) if (one.id === id) Object.assign(one, { status: undefined, why: undefined, breaks: 0, again: false });
    this.keep();
    this.changed();
    this.flush();
  }

  /** Answers the words that were to go with it. */
  discard(id) {
    const gone = this.pending.find((one) => one.id === id);
    this.pending = this.pending.filter((one) => one !== gone);
    this.blobs.drop(id);
    this.keep();
    this.changed();
    return gone?.text ?? '';
  }

  /** The bytes of a file go up first, and become a receipt by which the message names them. */
  async bring(one) {
    if (!one.file || one.file.receipt) return;
    const blob = await this.blobs.get(one.id);
    if (!blob) throw Object.assign(new Error('the file is lost'), { status: 410, code: 'lost' });
    one.file.receipt = (await this.call(`files?name=${encodeURIComponent(one.file.name)}&type=${encodeURIComponent(one.file.type)}`, blob)).receipt;
    this.keep();
  }

  /** One after the other, so that they arrive in the order in which they were written; each until the server has it, under its own id. */
  async flush() {
    if (this.flushing || !this.begun) return;
    this.flushing = true;
    let wait = 1;
    for (let next; (next = this.pending.find((one) => !one.status));) {
      try {
        await this.bring(next);
        const { id, text, file, choice, of, name, email } = next;
        await this.call('messages', { id, text, file: file?.receipt, choice, of, name, email });
        next.status = 'sent';
        wait = 1;
        this.reach(true);
        this.listen();
        this.look();
      } catch (error) {
        if (!this.givesUp(next, error)) {
          this.reach(error.status === 429);
          await pause(Math.max(wait, error.retryAfter ?? 0));
          wait = Math.min(wait * 2, 30);
        }
      }

      this.keep();
      this.changed();
    }

    this.flushing = false;
  }

  /** Whether it is tried no more by itself, or at once in another way; else it is repeated after a while. */
  givesUp(one, error) {
    if (error.code === 'file' && !one.again) {
      one.again = true; // the receipt is too old, or of who this page was before
      delete one.file.receipt;
      return true;
    }

    const refused = error.status >= 400 && error.status < 500 && (error.status !== 429 || error.code === 'tooMuch');
    const breaks = Boolean(one.file) && !error.status && navigator.onLine && (one.breaks = (one.breaks ?? 0) + 1) >= mostBreaks;
    if (refused || breaks) Object.assign(one, { status: 'failed', why: breaks ? 'broke' : error.status === 413 ? error.code ?? 'tooLarge' : error.code });
    return refused || breaks;
  }

  /** Where the file of a message is: on this page while it is our own and new, else at the server. */
  sourceOf(message) {
    const own = message.mine ? this.blobs.urls.get(message.key ?? message.id) ?? null : null;
    return own ?? (message.order ? this.addressOf(message) : this.blobs.urlOf(message.id));
  }

  addressOf(message, download = false) {
    const asked = new URLSearchParams({ ...(this.ticket && { ticket: this.ticket }), ...(download && { download }) }).toString();
    return `${this.connection}/files/${message.id}${asked && `?${asked}`}`;
  }

  /** Holds one stream open while the page can be seen; it only says "look". A hidden page lets go of it and looks now and then. */
  async listen() {
    if (this.listening) return;
    this.listening = true;
    for (let wait = 1; !this.hidden;) {
      try {
        await this.hear();
        wait = 1;
      } catch {
        if (this.hidden) break;
        this.reach(false);
        await pause(wait * (0.7 + Math.random() * 0.6));
        wait = Math.min(wait * 2, 30);
      }
    }

    this.listening = false;
  }

  async hear() {
    this.stream = new AbortController();
    let alarm = setTimeout(() => this.stream.abort(), silence);
    try {
      const answer = await fetch(`${this.connection}/stream`, { headers: this.token ? { 'X-Chat-Visitor': this.token } : {}, signal: this.stream.signal });
      if (answer.status !== 200) throw new Error(`stream: ${answer.status}`);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece; !(piece = await reader.read()).done;) {
        clearTimeout(alarm);
        alarm = setTimeout(() => this.stream.abort(), silence);
        if (piece.value.includes('data:') || Date.now() - this.lookedAt > trusted) this.look();
      }
    } finally { clearTimeout(alarm); }
  }

  visibility() {
    clearTimeout(this.hiding);
    clearInterval(this.polling);
    if (document.visibilityState === 'hidden') {
      this.hiding = setTimeout(() => {
        this.hidden = true;
        this.stream?.abort();
        this.polling = setInterval(() => this.begun && this.state !== 'none' && this.look(), hiddenAfter);
      }, hiddenAfter);
      return;
    }

    this.hidden = false;
    if (this.ticket && Date.now() - this.ticketAt > young) this.call('session', { embedded: this.embedded }).then((session) => { this.ticket = session.thread.ticket ?? this.ticket; this.ticketAt = Date.now(); }, () => {});
    if (this.begun && this.state !== 'none') { this.listen(); this.look(); }
    this.changed();
  }

  reach(online) {
    if (this.online === online) return;
    this.online = online;
    this.changed();
  }

  unread() { return [...this.messages.values()].filter((message) => !message.read && message.order > this.read).length; }

  /** Tells how far the thread has come, and whether a person looks at it; each only once. */
  async acknowledge(seen) {
    const upTo = Math.max(0, ...[...this.messages.values()].filter((message) => !message.mine).map((message) => message.order));
    if (seen ? upTo <= this.read : upTo <= Math.max(this.told, this.read)) return;
    this[seen ? 'read' : 'told'] = upTo;
    if (![...this.messages.values()].some((message) => !message.read)) return;
    try {
      await this.call('seen', { upTo, read: seen });
      if (seen) for (const message of this.messages.values()) message.read ||= message.order <= upTo;
    } catch { /* the next message takes this one along */ }
  }

  statusOf(message) {
    if (!message.mine) return null;
    return message.order <= this.seenTo ? 'read' : 'delivered';
  }
}
