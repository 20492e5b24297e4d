// Starts the Studio and puts one of its elements into our page. The Studio is the npm package as it is; what it lacks is added around it:
// navigation between our pages, the end of a session, and what the verifier found.
(async () => {
  'use strict';
  const settings = JSON.parse(document.getElementById('studio-settings').textContent);
  const base = `${settings.root}/studio`;
  const place = document.getElementById('studio');
  const go = {
    editWorkflowDefinition: id => location.assign(`${base}/definitions/${encodeURIComponent(id)}`),
    viewWorkflowInstance: id => location.assign(`${base}/instances/${encodeURIComponent(id)}`),
  };

  // The Studio has no router here: it changes the address and leaves the page to us.
  const pageOf = address => {
    const path = new URL(address, document.baseURI).pathname;
    const instance = /workflows\/instances\/([^/]+)\/view$/.exec(path);
    if (instance) return `${base}/instances/${instance[1]}`;
    const definition = /workflows\/definitions\/([^/]+)\/edit$/.exec(path);
    return definition ? `${base}/definitions/${definition[1]}` : null;
  };
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const page = address && pageOf(address);
    if (page) location.assign(page); else push(state, title, address);
  };
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href]');
    const page = link && pageOf(link.getAttribute('href'));
    if (page) { event.preventDefault(); event.stopPropagation(); location.assign(page); }
  }, true);

  const note = document.getElementById('studio-note');
  const signedOut = () => {
    if (note.querySelector('[data-testid="signed-out"]')) return;
    const text = document.createElement('span');
    text.className = 'studio-alarm';
    text.dataset.testid = 'signed-out';
    text.textContent = `${settings.texts.SignedOut} `;
    const link = document.createElement('a');
    link.href = `${settings.root}/account/login?returnUrl=${encodeURIComponent(location.pathname)}`;
    link.textContent = settings.texts.SignIn;
    note.replaceChildren(text, link);
  };

  const panel = document.getElementById('studio-findings');
  const showFindings = (findings, heading = settings.texts.Findings) => {
    const known = note.querySelector('[data-testid="findings"]');
    // Saved with every stroke: the list opens when it is asked for, and it and its button stay as they are meanwhile.
    if (!findings.length) { known?.remove(); panel.hidden = true; panel.replaceChildren(); return; }
    const open = known ?? document.createElement('button');
    open.className = 'studio-warns';
    open.dataset.testid = 'findings';
    open.textContent = `${heading}: ${findings.length}`;
    open.onclick = () => { panel.hidden = !panel.hidden; };
    if (!known) note.append(open);
    const title = document.createElement('h2');
    title.textContent = heading;
    const list = document.createElement('ul');
    for (const finding of findings) {
      const line = document.createElement('li');
      line.className = finding.severity === 'error' ? 'error' : 'warning';
      line.textContent = finding.message;
      list.append(line);
    }
    panel.replaceChildren(title, list);
  };

  const showRun = instance => {
    if (instance.conversationId && !note.querySelector('[data-testid="conversation"]')) {
      const link = document.createElement('a');
      link.href = `${settings.root}/conversations/${instance.conversationId}`;
      link.dataset.testid = 'conversation';
      link.textContent = settings.texts.Conversation;
      note.append(link);
    }
    if (instance.importedAt && !note.querySelector('[data-testid="history"]')) {
      const text = document.createElement('span');
      text.dataset.testid = 'history';
      text.textContent = settings.texts.History;
      note.append(text);
    }
    const shown = note.querySelector('[data-testid="retry"]');
    if (instance.subStatus !== 'Faulted' || instance.importedAt || !settings.mayEdit) shown?.remove();
    else if (!shown) note.prepend(retryButton(instance.id));
  };

  // The Studio's elements have no button for it; the call is Elsa's.
  const retryButton = id => {
    const button = document.createElement('button');
    button.dataset.testid = 'retry';
    button.textContent = settings.texts.Retry;
    button.onclick = async () => {
      button.disabled = true;
      const answer = await ask(`${settings.root}/elsa/api/alterations/workflows/retry`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ workflowInstanceIds: [id] }) });
      const said = await answer.json().catch(() => ({}));
      const problem = answer.ok ? said.results.find(r => !r.isSuccessful)?.message : said.title;
      if (problem) { button.disabled = false; showFindings([{ severity: 'error', message: problem }]); panel.hidden = false; } else location.reload();
    };
    return button;
  };

  // The Studio's list says only how many came in, and nothing when none did.
  const showImport = async answer => {
    const said = answer.ok ? {} : await answer.clone().json().catch(() => ({}));
    const problems = Object.values(said.errors ?? {}).flat();
    showFindings(problems.map(message => ({ severity: 'error', message })), settings.texts.NotImported);
    panel.hidden = !problems.length;
  };

  // Every call of the Studio goes through fetch; its answers tell us what it does not show. One that comes after the answer to a later call tells nothing.
  const ask = window.fetch.bind(window);
  const told = { findings: 0, run: 0 };
  let asked = 0;
  const isNewest = (what, mine) => mine > told[what] && Boolean(told[what] = mine);
  window.fetch = async (resource, options) => {
    const mine = ++asked;
    const answer = await ask(resource, options);
    const address = new URL(typeof resource === 'string' ? resource : resource.url, location.href);
    const path = address.pathname.slice(settings.root.length);
    if (path.startsWith('/elsa/api/')) {
      if (answer.status === 401) signedOut();
      const findings = answer.headers.get('x-flowengine-findings');
      if (findings && isNewest('findings', mine)) showFindings(JSON.parse(decodeURIComponent(findings)));
      if (path === '/elsa/api/bulk-actions/import/workflow-instances') showImport(answer);
      if (answer.ok && /^\/elsa\/api\/workflow-instances\/[^/]+$/.test(path)) answer.clone().json().then(run => isNewest('run', mine) && showRun(run), () => {});
    }
    return answer;
  };

  try {
    await Blazor.start();
    await customElements.whenDefined(settings.element);
    const element = document.createElement(settings.element);
    element.setAttribute('remote-endpoint', `${location.origin}${settings.root}/elsa/api`);
    if (settings.attribute) element.setAttribute(settings.attribute, settings.value);
    Object.assign(element, go);
    place.replaceChildren(element);
    document.body.dataset.studio = 'started';
  } catch (problem) {
    place.textContent = settings.texts.Failed;
    throw problem;
  }
})();
