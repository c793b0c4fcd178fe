// A question with native controls. The keys 1 to 9 choose, Enter answers, and goes on once it was answered. What is marked stays in this tab's
// storage under the name of the attempt, so that neither a refresh nor another language loses it.

const make = (tag, properties = {}, ...inside) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
};

// Python makes the texts; they are parsed as data all the same, and only known elements are kept.
const KEPT = new Set(["B", "BR", "CODE", "EM", "STRONG"]);
function words(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const element of body.querySelectorAll("*")) {
    if (!KEPT.has(element.tagName)) { element.replaceWith(element.textContent); continue; }
    for (const { name } of [...element.attributes]) element.removeAttribute(name);
  }
  return body.childNodes;
}

const stored = {
  read: (name) => { try { return JSON.parse(sessionStorage.getItem(name)) ?? {}; } catch { return {}; } },
  write: (name, value) => { try { sessionStorage.setItem(name, JSON.stringify(value)); } catch { /* full, or not allowed */ } },
  drop: (name) => { try { sessionStorage.removeItem(name); } catch { /* same */ } },
};

const keyed = (number) => make("kbd", { textContent: number, ariaHidden: "true" });

// Choices of which one, or several, can be marked. `from` is the key of the first.
function marks(card, options, { several = false, name, from = 1, legend = "" }) {
  const boxes = options.map(([value, html], at) => {
    const box = make("input", { type: several ? "checkbox" : "radio", name, value });
    const letter = card.told.letters ? [make("b", { className: "letter", textContent: "ABCDEFGH"[at] })] : [];
    const label = make("label", { className: "choice" }, keyed(from + at), box, ...letter, make("span", {}, ...words(html)));
    box.addEventListener("change", () => card.changed());
    return { box, label };
  });
  const field = make("fieldset", {}, make("legend", { textContent: legend }), ...boxes.map(({ label }) => label));
  return {
    field,
    read: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value),
    show: (made) => boxes.forEach(({ box, label }) => {
      box.checked = made.includes(box.value);
      label.classList.toggle("made", box.checked);
    }),
    press: (number) => {
      const found = boxes[number - from];
      if (found) found.box.click(), found.box.focus();
      return Boolean(found);
    },
  };
}

const PARTS = {
  one: (card) => marks(card, card.told.choices, { name: "choice", legend: card.told.words.choose }),
  several: (card) => marks(card, card.told.choices, { several: true, name: "choice", legend: card.told.words.several }),

  "true-or-false": (card) => {
    const { words: t, choices } = card.told;
    const said = marks(card, [["true", t.true], ["false", t.false]], { name: "said", legend: t.choose });
    const why = marks(card, choices, { name: "why", from: 3, legend: t.because });
    return {
      field: make("div", {}, said.field, why.field),
      read: () => { const parts = [...said.read(), ...why.read()]; return parts.length === 2 ? parts : []; },
      draft: () => [...said.read(), ...why.read()],
      show: (made) => { said.show(made); why.show(made); },
      press: (number) => said.press(number) || why.press(number),
    };
  },

  // Tap them in their order; a second tap takes one back.
  order: (card) => {
    let made = [];
    const items = card.told.choices.map(([value, html], at) => {
      const place = make("b", { className: "place" });
      const item = make("button", { type: "button", className: "choice item", value }, keyed(at + 1), place, make("span", {}, ...words(html)));
      item.addEventListener("click", () => {
        made = made.includes(value) ? made.filter((one) => one !== value) : [...made, value];
        draw();
        card.changed();
      });
      return { item, place, value };
    });
    const draw = () => items.forEach(({ item, place, value }) => {
      const at = made.indexOf(value);
      place.textContent = at < 0 ? "" : String(at + 1);
      item.classList.toggle("made", at >= 0);
      item.setAttribute("aria-pressed", String(at >= 0));
    });
    return {
      field: make("fieldset", {}, make("legend", { textContent: card.told.words.order }), ...items.map(({ item }) => item)),
      read: () => (made.length === items.length ? made : []),
      draft: () => made,
      show: (parts) => { made = parts.filter((one) => items.some(({ value }) => value === one)); draw(); },
      press: (number) => { items[number - 1]?.item.click(); return Boolean(items[number - 1]); },
    };
  },

  match: (card) => {
    const { choices, targets } = card.told;
    const text = (html) => make("span", {}, ...words(html)).textContent;
    const rows = choices.map(([value, html], at) => {
      const list = make("select", { id: `match-${at}` }, make("option", { value: "", textContent: "—" }),
        ...targets.map(([target, name], number) => make("option", { value: target, textContent: `${number + 1}. ${text(name)}` })));
      list.addEventListener("change", () => card.changed());
      const label = make("label", { htmlFor: list.id }, ...words(html));
      return { value, list, row: make("div", { className: "pair" }, label, list) };
    });
    const read = () => rows.filter(({ list }) => list.value).map(({ value, list }) => `${value}=${list.value}`);
    return {
      field: make("fieldset", {}, make("legend", { textContent: card.told.words.match }), ...rows.map(({ row }) => row)),
      read: () => (read().length === rows.length ? read() : []),
      draft: read,
      show: (made) => rows.forEach(({ value, list }) => {
        list.value = made.find((pair) => pair.startsWith(`${value}=`))?.slice(value.length + 1) ?? "";
      }),
      press: (number) => {
        const focused = rows.find(({ list }) => list.matches(":focus"));
        const row = focused ?? rows.find(({ list }) => !list.value);
        if (!row || !targets[number - 1]) return false;
        row.list.value = targets[number - 1][0];
        row.list.focus();
        card.changed();
        rows.find(({ list }) => !list.value)?.list.focus();
        return true;
      },
    };
  },

  number: (card) => {
    const box = make("input", { type: "text", inputMode: "decimal", autocomplete: "off", maxLength: card.told.longest, id: "number" });
    box.addEventListener("input", () => card.changed());
    const unit = make("span", { className: "unit", textContent: card.told.unit });
    const label = make("label", { htmlFor: "number", textContent: card.told.words.number });
    return {
      field: make("div", { className: "number" }, label, box, unit),
      read: () => (/[0-9\uff10-\uff19]/.test(box.value) ? [box.value.trim()] : []),
      draft: () => (box.value ? [box.value] : []),
      show: (made) => { box.value = made[0] ?? ""; },
      press: () => { box.focus(); return false; },
    };
  },
};
PARTS.predict = PARTS.point = PARTS.one;

const hex = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function build(card) {
  const { told, root } = card;
  root.lang = told.language;
  card.part = PARTS[told.kind](card);
  card.button = make("button", { type: "button", className: "answer", textContent: told.words.answer });
  card.button.addEventListener("click", () => card.submit());
  const keys = make("p", { className: "keys", textContent: told.words.keys });
  const ask = make("p", { className: "ask", hidden: told.apart }, ...words(told.ask));
  card.part.field.setAttribute("role", "group");
  card.part.field.setAttribute("aria-label", ask.textContent);
  root.replaceChildren(ask, card.part.field, make("div", { className: "foot" }, card.button, keys));
}

function listen(card) {
  const signal = card.gone.signal;
  document.addEventListener("keydown", (event) => {
    const typing = event.composedPath().find((one) => one instanceof Element && one.matches("input[type=text], input[type=search], textarea, [contenteditable=true]"));
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !card.root.isConnected) return;
    const inside = event.composedPath().includes(card.root);
    if (event.key === "Enter") {
      const busy = event.composedPath().some((one) => one instanceof Element && one.matches("button, a, summary, select"));
      const ours = inside && event.composedPath().some((one) => one instanceof Element && one.matches(".item, select"));
      if ((busy && !ours) || (typing && !inside)) return;
      if (card.locked) { event.preventDefault(); card.send("next", hex()); return; }
      if (!card.part.read().length) return;
      event.preventDefault();
      card.submit();
    } else if (!card.locked && /^[1-9]$/.test(event.key) && !typing && card.part.press(Number(event.key))) event.preventDefault();
  }, { signal });
  // A letter on the picture beside the question is one of its choices.
  document.addEventListener("click", (event) => {
    const at = event.composedPath().find((one) => one instanceof Element && one.id.startsWith("point-"));
    if (!at || card.locked || card.told.kind !== "point") return;
    card.part.press(card.told.choices.findIndex(([value]) => `point-${value}` === at.id) + 1);
  }, { signal });
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".question");
  const progress = parentElement.querySelector(".progress");
  Object.assign(progress, { textContent: data.progress, hidden: !data.progress });
  // Screen readers tell what changes in a place that was there before.
  const verdict = parentElement.querySelector(".verdict");
  const [key, sentence] = data.verdict ?? ["", ""];
  verdict.className = `verdict ${key}`;
  if (verdict.textContent !== sentence) verdict.textContent = sentence;
  const isNew = !root.card;
  const card = (root.card ??= { root, gone: new AbortController() });
  card.send = setTriggerValue;
  const other = card.draft !== data.draft;
  if (other) Object.assign(card, { draft: data.draft, since: performance.now(), sent: false });
  if (other || card.packed !== data.card || card.locked !== data.locked) {
    const made = other ? stored.read("vpclab-question")[data.draft] ?? [] : card.part?.draft?.() ?? card.part?.read() ?? [];
    Object.assign(card, { packed: data.card, told: JSON.parse(data.card), locked: data.locked });
    card.changed = () => {
      const parts = card.part.read();
      card.button.disabled = card.sent || parts.length === 0;
      for (const label of root.querySelectorAll("label.choice")) label.classList.toggle("made", label.querySelector("input").checked);
      if (!card.locked) stored.write("vpclab-question", { [card.draft]: card.part.draft?.() ?? parts });
    };
    card.submit = () => {
      const parts = card.part.read();
      if (card.sent || card.locked || !parts.length) return;
      card.sent = true;
      card.button.disabled = true;
      card.send("answered", { event: (card.event ??= {})[card.draft] ??= hex(), made: parts, millis: Math.round(performance.now() - card.since) });
    };
    build(card);
    card.part.show(data.locked ? [] : made);
    root.classList.toggle("locked", data.locked);
    if (data.locked) stored.drop("vpclab-question");
    card.changed();
  }
  if (isNew) listen(card);
  // Streamlit cleans up after a call that the next one overtook too, though the component stays on the page.
  return () => { if (!parentElement.isConnected) card.gone.abort(); };
}
