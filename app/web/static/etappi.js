// What a page does beyond the page itself. Everything works without it too.
"use strict";

// What is typed into a kept field is held in this tab until the server has taken it, so that nothing typed is lost, and
// only for whoever typed it: the next one to sign in here does not find it.
const nameOf = (field) => `${location.pathname}#${field.id}`;
const SENT = "sent";
const holder = document.body.dataset.holder;
if (holder && sessionStorage.getItem("holder") !== holder) {
  sessionStorage.clear();
  sessionStorage.setItem("holder", holder);
}

// A form that was taken leads on to another page; one that was refused is answered in its place, or never arrived.
const sent = JSON.parse(sessionStorage.getItem(SENT)) ?? { names: [] };
if (performance.getEntriesByType("navigation")[0]?.redirectCount)
  for (const name of sent.names) sessionStorage.removeItem(name);
if (!("posted" in document.body.dataset)) sessionStorage.removeItem(SENT);
function sending(form, names) {
  const same = sent.action === form.action ? sent.names : [];
  sessionStorage.setItem(SENT, JSON.stringify({ action: form.action, names: [...same, ...names] }));
}
for (const field of document.querySelectorAll("textarea[data-kept]")) {
  const held = sessionStorage.getItem(nameOf(field));
  if (held && !field.value) field.value = held;
  field.addEventListener("input", () => sessionStorage.setItem(nameOf(field), field.value));
}

// Of a form that is kept whole, every field is held and given back, with what the form was made from: what somebody else
// has saved meanwhile is noticed when it is sent.
const typedIn = (form) =>
  [...form.elements].filter((one) => one.name && one.type !== "submit" && (one.type !== "hidden" || "kept" in one.dataset));
const ticked = (field) => field.type === "checkbox" || field.type === "radio";
const keyOf = (field) => (ticked(field) ? `${field.name}=${field.value}` : field.name);
for (const form of document.querySelectorAll("form[data-kept]")) {
  const name = nameOf(form);
  const values = () => JSON.stringify(Object.fromEntries(typedIn(form).map((one) => [keyOf(one), ticked(one) ? one.checked : one.value])));
  const held = sessionStorage.getItem(name);
  if (held && held !== values() && !document.querySelector(".error-summary")) {
    const before = JSON.parse(held);
    for (const one of typedIn(form).filter((field) => keyOf(field) in before))
      one[ticked(one) ? "checked" : "value"] = before[keyOf(one)];
    for (const one of form.querySelectorAll("details"))
      if (typedIn(form).some((field) => one.contains(field) && field.value)) one.open = true;
    form.querySelector(".when-restored").hidden = false;
  }
  form.addEventListener("input", () => sessionStorage.setItem(name, values()));
  for (const one of form.querySelectorAll("[data-forget]"))
    one.addEventListener("click", () => {
      sessionStorage.removeItem(name);
      if (one.type === "button") location.reload();
    });
}

// A draft is saved of itself (htmx); until the server has it, it is held in this browser with the revision that it goes
// on from, so that what somebody else has saved meanwhile is noticed, and told when it could not be sent.
const writing = document.querySelector("textarea[data-draft]");
if (writing) {
  const form = writing.form;
  const name = nameOf(writing);
  const revision = () => form.querySelector("#revision");
  const hold = () => sessionStorage.setItem(name, JSON.stringify({ text: writing.value, revision: revision().value }));
  const told = (which) => {
    for (const kind of ["offline", "refused", "restored"]) form.querySelector(`.when-${kind}`).hidden = kind !== which;
  };
  const held = JSON.parse(sessionStorage.getItem(name));
  const answered = document.querySelector(".error-summary, #preview");
  if (held && held.text !== writing.value && !answered) {
    writing.value = held.text;
    revision().value = held.revision;
    told("restored");
  }
  writing.addEventListener("input", hold);
  form.querySelector("[data-forget]").addEventListener("click", () => {
    sessionStorage.removeItem(name);
    location.reload();
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    told(null);
    if (!form.querySelector("#saved.is-saved")) return;
    if (event.detail.requestConfig.parameters.text === writing.value) sessionStorage.removeItem(name);
    else hold();
  });
  form.addEventListener("htmx:sendError", () => told("offline"));
  form.addEventListener("htmx:responseError", () => told("refused"));
}

// What holds only where there are scripts is said only there.
for (const one of document.querySelectorAll("[data-scripted]")) one.hidden = false;

// A list of mistakes is read first.
document.querySelector(".error-summary")?.focus();

// Nothing is sent twice by two quick presses.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
  const kept = [...event.target.querySelectorAll("textarea[data-kept], textarea[data-draft]")];
  if ("kept" in event.target.dataset) kept.push(event.target);
  sending(event.target, kept.map(nameOf));
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
