// Hides what the filter leaves out. All of the page can be read without it.
(() => {
  "use strict";

  /** @type {(selector: string) => HTMLElement[]} */
  const all = (selector) =>
    [...document.querySelectorAll(selector)].map((each) => /** @type {HTMLElement} */ (each));

  // Each group of paths is a row and a drawing; all else names the groups that it is about.
  const groups = all("[data-group]").map((element) => ({
    element,
    number: element.dataset.group,
    verdict: element.dataset.verdict ?? "",
    changed: element.dataset.changed === "yes",
    paths: Number(element.dataset.paths),
    names: (element.dataset.names ?? "").toLowerCase().split(" "),
  }));
  const others = all("[data-groups]").map((element) => ({
    element,
    numbers: (element.dataset.groups ?? "").split(" ").filter((number) => number !== ""),
    text: (element.textContent ?? "").toLowerCase(),
  }));
  const rows = groups.filter(({ element }) => element.localName === "tr");

  /** @param {typeof groups} some */
  const pathsOf = (some) => some.reduce((sum, { paths }) => sum + paths, 0);

  /** @param {HTMLFormElement} form */
  function filterBy(form) {
    const data = new FormData(form);
    const text = String(data.get("hostname")).trim().toLowerCase();
    const verdicts = data.getAll("verdict");
    const changed = data.has("changed");
    const visible = new Set();
    for (const group of groups) {
      const fits =
        verdicts.includes(group.verdict) &&
        (!changed || group.changed) &&
        (text === "" || group.names.some((name) => name.includes(text)));
      group.element.hidden = !fits;
      if (fits) visible.add(group.number);
    }
    for (const { element, numbers, text: own } of others) {
      const about =
        numbers.length === 0 ? own.includes(text) : numbers.some((each) => visible.has(each));
      element.hidden = !about;
    }
    return pathsOf(rows.filter(({ element }) => !element.hidden));
  }

  const form = document.getElementById("filter");
  const output = document.getElementById("shown");
  if (form instanceof HTMLFormElement && output !== null) {
    const paths = pathsOf(rows);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let waiting;
    /** @param {number} shown */
    const tell = (shown) => {
      output.textContent = shown === 0 ? "No path fits." : `${shown} of ${paths} paths shown.`;
    };
    const apply = () => {
      const shown = filterBy(form);
      clearTimeout(waiting);
      // Told when typing pauses, so that a screen reader is not interrupted at each letter.
      waiting = setTimeout(() => tell(shown), 250);
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    // The fields have their first values only after the event.
    form.addEventListener("reset", () => setTimeout(apply));
    // A browser that goes back keeps what was typed.
    tell(filterBy(form));
  }

  // A link to a drawing opens it.
  function openTarget() {
    const details = document.getElementById(location.hash.slice(1))?.querySelector("details");
    if (details) details.open = true;
  }
  addEventListener("hashchange", openTarget);
  openTarget();

  // Paper has nothing to click on.
  /** @type {HTMLDetailsElement[]} */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details")].filter((details) => !details.open);
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
})();
