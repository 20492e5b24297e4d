const silence = 45_000; // the server is heard every 15 s
const hiddenAfter = 60_000;
const trusted = 30_000; // for so long the stream's silence means that nothing happened
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

/** The visitor's conversation: what is known of it, what waits to leave, and the line to the server. */
export class Thread {
  constructor(connection, embedded, changed, remember = () => {}) {
    Object.assign(this, { connection, embedded, changed, remember, messages: new Map(), cursor: 0, state: 'none', online: true, begun: false, seenTo: 0, told: 0, read: 0 });
    this.tokenKey = `flowengine.chat.${connection}`;
    this.pendingKey = `flowengine.chat.${connection}.pending`;
    this.token = embedded ? local.get(this.tokenKey) ?? (location.hash.slice(1) || null) : null; // a frame without storage gets it from the page that shows it
    this.pending = JSON.parse(session.get(this.pendingKey) ?? '[]').filter((one) => one.status !== 'failed');
    addEventListener('online', () => this.begun && this.look());
    document.addEventListener('visibilitychange', () => this.visibility());
  }

  get known() { return this.token !== null; }

  async begin() {
    const begun = await this.call('session', { embedded: this.embedded });
    if (begun.token) { local.set(this.tokenKey, this.token = begun.token); this.remember(begun.token); }
    this.messages.clear();
    Object.assign(this, { greeting: begun.greeting, asksContact: begun.asksContact, hasEarlier: begun.thread.more, begun: true, cursor: 0, told: 0, read: 0 });
    this.adopt(begun.thread);
    if (begun.thread.state !== 'none') this.listen();
    this.flush();
  }

  /** @throws {Error} with the answer's status and retryAfter, or without when the server was not reached. */
  async call(path, body, again = true) {
    const headers = this.token ? { 'X-Chat-Visitor': this.token } : {};
    const answer = await fetch(`${this.connection}/${path}`, body === undefined
      ? { headers }
      : { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (answer.status === 401 && again) {
      await this.begin(); // the token has died: a new visitor begins
      return this.call(path, body, false);
    }

    if (!answer.ok) throw Object.assign(new Error(`${path}: ${answer.status}`), { status: answer.status, retryAfter: Number(answer.headers.get('retry-after')) || 0 });
    return answer.headers.get('content-type')?.includes('json') ? answer.json() : null;
  }

  adopt(view) {
    for (const message of view.messages) {
      this.messages.set(message.id, message);
      this.pending = this.pending.filter((one) => one.id !== message.key);
    }

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
        const view = await this.call(`messages?after=${before}`);
        this.adopt(view);
        this.lookAgain ||= view.more && this.cursor > before;
      } while (this.lookAgain);
      this.reach(true);
    } catch { this.reach(false); } finally { this.looking = false; }
  }

  async earlier() {
    const view = await this.call(`messages?before=${Math.min(...[...this.messages.values()].map((message) => message.order))}`);
    this.hasEarlier = view.more;
    this.adopt({ ...view, cursor: 0 });
  }

  write(parts) {
    this.pending.push({ id: uuid(), at: new Date().toISOString(), ...parts });
    this.keep();
    this.changed();
    this.flush();
  }

  /** One after the other, so that they arrive in the order in which they were written; each until the server has it, under its own id. */
  async flush() {
    if (this.flushing || !this.begun) return;
    this.flushing = true;
    let wait = 1;
    for (let next; (next = this.pending.find((one) => !one.status));) {
      try {
        const { id, text, choice, of, name, email } = next;
        await this.call('messages', { id, text, choice, of, name, email });
        next.status = 'sent';
        wait = 1;
        this.reach(true);
        this.listen();
        this.look();
      } catch (error) {
        if (error.status >= 400 && error.status < 500 && error.status !== 429) {
          next.status = 'failed';
        } else {
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
