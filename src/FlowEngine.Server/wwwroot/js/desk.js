// What only a browser can do for the desk: zone, sound, drafts, following a thread. No state of the business lives here.

const draftKey = id => `fe.draft.${id}`;
const owners = new WeakMap();

export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? null;
export const wide = () => matchMedia("(min-width: 1181px)").matches;
export const visible = () => document.visibilityState === "visible";
export const copy = text => navigator.clipboard?.writeText(text);

// ---- place: where somebody stood when the page had to come anew (start.js); an ordinary reload begins afresh ----

export const keepPlace = place => sessionStorage.setItem("fe.place", place);

export function placeKept() {
  const back = sessionStorage.getItem("fe.back");
  sessionStorage.removeItem("fe.back");
  return back ? sessionStorage.getItem("fe.place") : null;
}

export function theme(dark) {
  const name = dark ? "dark" : "light";
  document.documentElement.dataset.theme = name;
  document.querySelector('meta[name="color-scheme"]')?.setAttribute("content", name);
  document.cookie = `fe.theme=${name}; path=/; max-age=31536000; samesite=lax`;
}

// ---- sound: two short soft tones; silent until the person has touched the page, as browsers demand ----

let audio;
export const muted = () => localStorage.getItem("fe.muted") === "1";
export const setMuted = value => localStorage.setItem("fe.muted", value ? "1" : "0");

export function beep() {
  if (muted()) return;
  audio ??= new AudioContext();
  if (audio.state === "suspended") audio.resume();
  const begin = audio.currentTime + 0.02;
  [[659, 0], [880, 0.13]].forEach(([pitch, after]) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, begin + after);
    volume.gain.linearRampToValueAtTime(0.16, begin + after + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + after + 0.28);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin + after);
    tone.stop(begin + after + 0.3);
  });
}

// ---- thread: stays at its end while the reader is there, stays still while they read further up ----

const near = el => el.scrollHeight - el.scrollTop - el.clientHeight < 60;

export function follow(scroller, conversation) {
  if (!scroller) return;
  scroller.dataset.conversation = conversation;
  const mark = () => scroller.parentElement.toggleAttribute("data-away", !near(scroller));
  toEnd(scroller);
  mark();
  if (owners.has(scroller)) return;

  let atEnd = true;
  let held = null;
  scroller.addEventListener("scroll", () => {
    atEnd = near(scroller);
    mark();
    if (scroller.scrollTop < 40 && !held) scroller.querySelector(".talk__older")?.click();
  }, { passive: true });
  scroller.addEventListener("click", press => { if (press.target.closest(".talk__older")) hold(); });

  // What is being read stays where it is while earlier messages come in above it. A browser's own anchor would be the button, and at the very top there is none.
  const hold = () => {
    const top = scroller.getBoundingClientRect().top;
    const read = [...scroller.querySelectorAll(".bubble")].find(bubble => bubble.getBoundingClientRect().bottom > top);
    const mine = held = read ? { read, at: read.offsetTop } : null;
    setTimeout(() => { if (held === mine) held = null; }, 5000);
  };
  const settle = () => {
    const moved = held?.read.isConnected ? held.read.offsetTop - held.at : 0;
    if (moved) { scroller.scrollTop += moved; held = null; }
    else if (atEnd) toEnd(scroller);
    mark();
  };
  new MutationObserver(settle).observe(scroller, { childList: true, subtree: true, characterData: true });
  new ResizeObserver(settle).observe(scroller);
  owners.set(scroller, true);
}

export const toEnd = scroller => { if (scroller) scroller.scrollTop = scroller.scrollHeight; };

// ---- composer: typing and drafts never wait for the server ----
// What was taken to be sent is kept until its outcome is known, with the id under which it was sent. When the page had to come anew meanwhile, it
// is in the box again, and sending it again is the same message.

const page = `${performance.timeOrigin}`;
const sendingKey = id => `fe.sending.${id}`;
const sendingOf = draft => JSON.parse(localStorage.getItem(sendingKey(draft)) ?? "[]");
const again = new Map();

function keepSending(draft, all) {
  if (all.length) localStorage.setItem(sendingKey(draft), JSON.stringify(all)); else localStorage.removeItem(sendingKey(draft));
}

function takeBack(box, draft) {
  const left = sendingOf(draft).filter(words => words.page !== page);
  if (!left.length) return;
  keepSending(draft, sendingOf(draft).filter(words => words.page === page));
  if (left.length === 1 && !box.value) again.set(draft, left[0]);
  box.value = [...left.map(words => words.text), box.value].filter(Boolean).join("\n");
  keep(box);
}

const grow = box => { box.style.height = "auto"; box.style.height = `${Math.min(box.scrollHeight, 180)}px`; };

function keep(box) {
  const key = draftKey(box.dataset.draft);
  if (box.value) localStorage.setItem(key, box.value); else localStorage.removeItem(key);
}

// What was typed before the server's word came stays, below what was kept of it.
export function attach(box, owner) {
  if (!box) return;
  const draft = box.dataset.draft;
  box.value = [localStorage.getItem(draftKey(draft)), box.value].filter(Boolean).join("\n");
  keep(box);
  takeBack(box, draft);
  grow(box);
  if (matchMedia("(pointer: fine)").matches) box.focus({ preventScroll: true });
  owners.set(box, owner);

  box.addEventListener("input", () => { keep(box); grow(box); });
  box.addEventListener("keydown", press => {
    const sends = press.key === "Enter" && !press.shiftKey && !press.isComposing && !matchMedia("(pointer: coarse)").matches;
    if (!sends) return;
    press.preventDefault();
    if (box.value.trim()) owners.get(box).invokeMethodAsync("SendNow");
  });
}

export function focusComposer() {
  if (matchMedia("(pointer: fine)").matches) document.querySelector(".composer textarea")?.focus({ preventScroll: true });
}

export function take(box, newId) {
  if (!box) return null; // gone from the page meanwhile: what it held is a draft
  const draft = box.dataset.draft;
  const text = box.value.trim();
  const known = again.get(draft);
  const words = { text, clientId: known?.text === text ? known.clientId : newId, page };
  again.delete(draft);
  if (text) keepSending(draft, [...sendingOf(draft), words]);
  box.value = "";
  keep(box);
  grow(box);
  return words;
}

export const sent = (draft, clientId) => keepSending(draft, sendingOf(draft).filter(words => words.clientId !== clientId));

export function add(box, draft, text) {
  const here = box?.isConnected && box.dataset.draft === draft;
  const written = (here ? box.value : localStorage.getItem(draftKey(draft))) ?? "";
  const both = written.trim() ? `${written}\n${text}` : text;
  localStorage.setItem(draftKey(draft), both);
  if (here) { box.value = both; grow(box); box.focus({ preventScroll: true }); }
}

export function put(box, draft, text, clientId) {
  if (clientId) again.set(draft, { text, clientId });
  const here = box?.isConnected && box.dataset.draft === draft;
  const newer = here ? box.value : localStorage.getItem(draftKey(draft));
  if (newer) return;
  localStorage.setItem(draftKey(draft), text);
  if (here) { box.value = text; grow(box); }
}
