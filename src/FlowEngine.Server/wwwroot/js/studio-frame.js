// The looks of our frame and what they ask of the Studio: theme, language, icons in its toolbox, names in place of types.
(() => {
  'use strict';
  const root = document.documentElement;
  const settings = JSON.parse(document.getElementById('studio-settings')?.textContent ?? '{"root":"","steps":{},"types":{}}');

  const paintEditors = () => window.monaco?.editor.setTheme(root.dataset.theme === 'dark' ? 'vs-dark' : 'vs');
  const theme = document.getElementById('studio-theme');
  const label = () => {
    const text = theme.dataset[root.dataset.theme === 'dark' ? 'light' : 'dark'];
    theme.title = text;
    theme.setAttribute('aria-label', text);
  };
  theme.onclick = () => {
    root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    document.cookie = `fe.theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
    label();
    paintEditors();
  };
  label();

  document.getElementById('studio-language').onchange = event =>
    location.assign(`${settings.root}/language?culture=${event.target.value}&returnUrl=${encodeURIComponent(location.pathname)}`);

  // Each code editor that opens sets the light theme for all of them.
  window.monaco?.editor.onDidCreateEditor(() => setTimeout(paintEditors));

  const mark = (entry, kind) => {
    if (entry && Object.hasOwn(settings.steps, kind)) entry.dataset.step = settings.steps[kind];
    else if (entry?.matches('.mud-timeline-item')) delete entry.dataset.step;
  };
  const name = node => {
    const text = node.nodeValue.trim();
    if (Object.hasOwn(settings.types, text) && !node.parentElement?.closest('.monaco-editor')) node.nodeValue = settings.types[text];
    mark(node.parentElement?.closest('[draggable="true"]'), text);
    // A line of the journal begins with what a kind is called; a dash and what happened follow.
    const line = node.parentElement?.closest('.mud-timeline-item-content .mud-typography-subtitle2');
    if (line?.firstChild === node) mark(line.closest('.mud-timeline-item'), text);
  };
  const look = node => {
    if (node.nodeType === Node.TEXT_NODE) { name(node); return; }
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) name(texts.currentNode);
  };
  const place = document.getElementById('studio');
  if (place) new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'characterData') name(change.target);
      change.addedNodes.forEach(look);
    }
  }).observe(place, { childList: true, subtree: true, characterData: true });
})();
