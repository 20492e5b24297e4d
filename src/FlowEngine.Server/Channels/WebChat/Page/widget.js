// The chat on any site: <script src="https://host/chat/widget.js" data-connection="web" async></script>
(() => {
  const me = document.currentScript;
  if (!me || window.FlowEngineChat) return;
  const base = new URL('./', me.src);
  const wasOpen = 'flowengine.chat.open';
  const visitor = `flowengine.chat.${me.dataset.connection ?? ''}.visitor`;
  const style = `
    :host { all: initial; }
    button, iframe { position: fixed; z-index: 2147483000; right: max(16px, env(safe-area-inset-right)); border: 0; }
    .left button, .left iframe { right: auto; left: max(16px, env(safe-area-inset-left)); }
    button { bottom: max(16px, env(safe-area-inset-bottom)); width: 60px; height: 60px; border-radius: 50%; cursor: pointer; box-shadow: 0 4px 16px #0005; background: var(--accent); color: var(--ink); }
    button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
    svg { width: 28px; height: 28px; fill: currentColor; }
    span { position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; border-radius: 11px; padding: 0 6px; box-sizing: border-box; background: #b3261e; color: #fff; font: 600 13px/22px system-ui, sans-serif; }
    iframe { bottom: 92px; width: min(390px, calc(100vw - 32px)); height: min(640px, calc(100dvh - 112px)); border-radius: 16px; box-shadow: 0 8px 40px #0006; background: Canvas; color-scheme: light dark; }
    [hidden] { display: none; }
    @media (max-width: 480px) {
      iframe, .left iframe { inset: 0; width: 100vw; height: 100dvh; border-radius: 0; }
      .open button { display: none; }
    }`;
  const store = {
    get open() { try { return sessionStorage.getItem(wasOpen) === '1'; } catch { return false; } },
    // Browsers that forbid storage to frames of other sites leave the page itself to know who came back.
    get visitor() { try { return localStorage.getItem(visitor) ?? ''; } catch { return ''; } },
    set visitor(token) { try { localStorage.setItem(visitor, token); } catch { /* the next page begins anew */ } },
    set open(value) { try { sessionStorage.setItem(wasOpen, value ? '1' : '0'); } catch { /* it opens closed on the next page */ } },
  };
  let words = {};
  let unread = '';
  let button;
  let badge;
  let frame;
  let room;

  function build() {
    const host = document.createElement('div');
    const shadow = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    shadow.adoptedStyleSheets = [sheet];
    room = document.createElement('div');
    room.className = me.dataset.side === 'left' ? 'left' : '';
    button = document.createElement('button');
    button.type = 'button';
    button.hidden = true; // until the chat has answered: where it may not be shown, no button stands
    button.onclick = () => toggle(frame.hidden);
    const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    icon.setAttribute('viewBox', '0 0 24 24');
    icon.setAttribute('aria-hidden', 'true');
    icon.append(document.createElementNS('http://www.w3.org/2000/svg', 'path'));
    icon.firstChild.setAttribute('d', 'M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H8l-5 4a.6.6 0 0 1-1-.5V5a2 2 0 0 1 2-2z');
    badge = document.createElement('span');
    badge.hidden = true;
    button.append(icon, badge);
    frame = document.createElement('iframe');
    frame.hidden = true;
    frame.src = new URL(`${me.dataset.connection ?? '../chat'}?site=${encodeURIComponent(location.origin)}#${store.visitor}`, base);
    room.append(frame, button);
    shadow.append(room);
    document.body.append(host);
  }

  function toggle(open) {
    frame.hidden = !open;
    room.classList.toggle('open', open);
    store.open = open;
    label();
    if (words.open) frame.contentWindow.postMessage({ flowengine: open ? 'open' : 'closed' }, base.origin);
    (open ? frame : button).focus();
  }

  function label() {
    button.setAttribute('aria-expanded', String(!frame.hidden));
    button.setAttribute('aria-label', frame.hidden ? [words.open, unread].filter(Boolean).join(', ') : words.close);
  }

  function hear(event) {
    if (event.source !== frame.contentWindow || event.origin !== base.origin) return;
    const said = event.data ?? {};
    if (said.flowengine === 'ready') {
      words = said;
      frame.title = said.title;
      room.style.setProperty('--accent', said.color);
      room.style.setProperty('--ink', said.ink);
      button.hidden = false;
      if (store.open || !frame.hidden) toggle(true); else label(); // it may have been opened before it could hear
    } else if (said.flowengine === 'unread') {
      unread = said.text;
      badge.textContent = said.unread > 9 ? '9+' : said.unread;
      badge.hidden = !said.unread || !frame.hidden;
      label();
    } else if (said.flowengine === 'visitor') {
      store.visitor = said.token;
    } else if (said.flowengine === 'close') {
      toggle(false);
    }
  }

  function start() {
    build();
    addEventListener('message', hear);
    window.FlowEngineChat = { open: () => toggle(true), close: () => toggle(false) };
  }

  if (document.readyState === 'complete') start(); else addEventListener('load', start);
})();
