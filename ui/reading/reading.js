// Course text: notes of terms and facts, links that keep the session, two depths, a place that stays where it is.
// Python makes the HTML; it is parsed as data here all the same, and only known elements and attributes are kept.

const KEPT = {
  tags: new Set(("A B BLOCKQUOTE BR BUTTON CODE DD DETAILS DIV DL DT EM H2 H3 H4 HR LI MARK NAV OL P PRE SECTION " +
    "SPAN STRONG SUMMARY TABLE TBODY TD TH THEAD TR UL").split(" ")),
  attributes: new Set(["class", "data-go", "data-note", "data-depth", "lang", "aria-current", "aria-label", "aria-pressed", "type", "role",
    "rel", "target", "start", "open"]),
};

function clean(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const element of body.querySelectorAll("*")) {
    if (!KEPT.tags.has(element.tagName)) { element.remove(); continue; }
    for (const { name, value } of [...element.attributes]) {
      const isLink = name === "href" && /^(https:\/\/|http:\/\/|[a-z]+\?)/.test(value);
      if (!isLink && !KEPT.attributes.has(name)) element.removeAttribute(name);
    }
  }
  return body;
}

// All texts of the page: they change their depth together, and one of them holds the place.
const page = (globalThis.vpclabReading ??= { parts: new Set(), held: null });
const scroller = (root) => root.getRootNode().host?.closest('[data-testid="stMain"]') ?? document.scrollingElement;
const alive = () => [...page.parts].filter((part) => part.root.isConnected || !page.parts.delete(part));

// Keep a text where it is in the window while what is above it changes its height, unless somebody scrolls.
function hold(part) {
  if (page.held) return;
  const parts = alive().sort((a, b) => a.root.getBoundingClientRect().top - b.root.getBoundingClientRect().top);
  const seen = part ?? parts.filter((one) => one.root.getBoundingClientRect().top < 140).at(-1) ?? parts[0];
  if (!seen) return;
  const wanted = seen.root.getBoundingClientRect().top, until = performance.now() + 1500;
  const stop = () => {
    page.held = null;
    for (const name of ["wheel", "touchmove", "keydown"]) removeEventListener(name, stop, true);
  };
  for (const name of ["wheel", "touchmove", "keydown"]) addEventListener(name, stop, { capture: true, passive: true });
  const follow = () => {
    if (!page.held || !seen.root.isConnected) return stop();
    const box = seen.root.getBoundingClientRect();
    // A text that has become shorter than the way already read shows its last lines.
    const off = box.top - Math.max(wanted, Math.min(90, 140 - box.height));
    if (Math.abs(off) > 1) scroller(seen.root).scrollBy({ top: off, behavior: "instant" });
    if (performance.now() > until) return stop();
    requestAnimationFrame(follow);
  };
  page.held = seen;
  requestAnimationFrame(follow);
}

function show(part) {
  const { easy, deep, words } = part.text;
  const html = deep && part.depth === "deep" ? deep : easy;
  if (part.shown === html) return;
  part.shown = html;
  part.root.lang = words.language;
  part.root.replaceChildren(...clean(html).childNodes);
  for (const block of part.root.querySelectorAll("pre")) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "copy", textContent: words.copy });
    button.onclick = async () => {
      try { await navigator.clipboard.writeText(block.querySelector("code").textContent); } catch { return; }
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = words.copy), 1500);
    };
    block.append(button);
  }
  mark(part);
  // A list of steps that does not fit scrolls; the present one is in sight.
  const here = part.root.querySelector(".steps .here");
  if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 24;
}

function mark(part) {
  for (const button of part.root.querySelectorAll("[data-depth]"))
    button.setAttribute("aria-pressed", String(button.dataset.depth === part.depth));
}

// Streamlit puts the parameters of the page to come into the address of the present one before it changes the page.
// That would be a step of the history that never was: the first writing replaces, the second gives the old one back.
function goInOneStep() {
  const { href, pathname } = location, { state } = history;
  const restore = () => { clearTimeout(late); delete history.pushState; };
  const late = setTimeout(restore, 3000);
  history.pushState = (next, title, url) => {
    if (new URL(url ?? href, location.href).pathname === pathname) return history.replaceState(next, title, url);
    restore();
    history.replaceState(state, "", href);
    history.pushState(next, title, url);
  };
}

function openNote(part, at) {
  const html = part.text.notes[at.dataset.note];
  if (!html) return;
  clearTimeout(part.closing);
  if (part.at === at && part.note.matches(":popover-open")) return;
  part.at?.removeAttribute("aria-expanded");
  part.at = at;
  at.setAttribute("aria-expanded", "true");
  part.note.lang = part.text.words.language;
  part.note.replaceChildren(...clean(html).childNodes);
  part.note.setAttribute("aria-label", at.getAttribute("aria-label") ?? at.textContent);
  if (!part.note.matches(":popover-open")) part.note.showPopover();
  place(part);
}

// Beside what it explains, inside the window; gone when that has left the window.
function place(part) {
  const box = part.at.getBoundingClientRect(), { offsetWidth: width, offsetHeight: height } = part.note;
  if (box.bottom < 0 || box.top > innerHeight) return closeNote(part);
  const below = box.bottom + 6 + height < innerHeight || box.top < height + 6;
  part.note.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  part.note.style.top = `${below ? Math.max(8, Math.min(box.bottom + 6, innerHeight - height - 8)) : box.top - height - 6}px`;
}

function closeNote(part) {
  clearTimeout(part.closing);
  part.at?.removeAttribute("aria-expanded");
  part.at = null;
  if (part.note.matches(":popover-open")) part.note.hidePopover();
}

const later = (part) => { clearTimeout(part.closing); part.closing = setTimeout(() => closeNote(part), 250); };

function listen(part) {
  const { root, note } = part;
  const noted = (event) => event.target.closest?.("[data-note]");
  root.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse" && noted(event)) openNote(part, noted(event));
  });
  root.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && noted(event) && !part.pinned) later(part);
  });
  note.addEventListener("pointerenter", () => clearTimeout(part.closing));
  note.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && !part.pinned && later(part));
  const follow = (event) => {
    const link = event.target.closest?.("a[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    closeNote(part);
    if (!location.pathname.endsWith(`/${link.dataset.go.split("/")[0]}`)) goInOneStep();
    part.send("go", link.dataset.go);
  };
  note.addEventListener("click", follow);
  root.addEventListener("click", (event) => {
    const depth = event.target.closest?.("[data-depth]")?.dataset.depth;
    if (depth) {
      hold(part);
      for (const one of alive()) { one.depth = depth; if (one.text.deep) show(one); mark(one); }
      root.querySelector(`[data-depth="${depth}"]`).focus({ preventScroll: true }); // its text was made anew
      return part.send("depth", depth);
    }
    const at = noted(event);
    if (!at) return follow(event);
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const again = part.at === at && part.pinned;
    part.pinned = !again;
    if (again) return closeNote(part);
    openNote(part, at);
    if (event.detail === 0) note.focus({ preventScroll: true }); // by the keyboard: its links come next
  });
  const signal = part.gone.signal;
  document.addEventListener("pointerdown", (event) => {
    if (part.at && !event.composedPath().some((one) => one === note || one === part.at)) {
      part.pinned = false;
      closeNote(part);
    }
  }, { signal });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !part.at) return;
    const { at } = part, inside = note.matches(":focus-within, :focus");
    event.stopPropagation(); // Esc is a key of Streamlit, too
    part.pinned = false;
    closeNote(part);
    if (inside) at.focus();
  }, { capture: true, signal });
  addEventListener("scroll", () => part.at && place(part), { capture: true, passive: true, signal });
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".reading");
  const isNew = !root.ours; // elements have a `part` of their own
  const part = (root.ours ??= { root, note: parentElement.querySelector(".note"), depth: data.depth, packed: null,
    gone: new AbortController() });
  part.send = setTriggerValue;
  page.parts.add(part);
  if (isNew) listen(part);
  if (data.text !== part.packed) {
    const text = JSON.parse(data.text);
    if (part.text && part.text.words.language !== text.words.language) hold();
    Object.assign(part, { packed: data.text, text });
    closeNote(part);
  }
  if (data.depth !== part.told) part.told = part.depth = data.depth;
  show(part);
  mark(part);
  // A step of a chapter is read from its top. The first one of a visit is there already.
  if (isNew && data.top && page.read) scroller(root).scrollTo({ top: 0, behavior: "instant" });
  page.read ||= data.top;
  // Streamlit cleans up after a call that the next one overtook too, though the component stays on the page.
  return () => {
    if (parentElement.isConnected) return;
    part.gone.abort();
    page.parts.delete(part);
  };
}
