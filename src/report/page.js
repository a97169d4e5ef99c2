// What a page can do beyond links and foldings: sort and search tables, filter talks, show evidence in place.
"use strict";
(() => {
  const words = document.body.dataset;
  const german = document.documentElement.lang === "de";
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const first = 50;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const folded = (text) => text.toLowerCase().normalize("NFC");
  const counted = (n, all) => words.shown.replace("{n}", n).replace("{all}", all);

  const value = (cell) => {
    if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
    const text = cell.textContent.trim().replace(german ? /\./g : /,/g, "").replace(",", ".");
    const number = parseFloat(text);
    return Number.isNaN(number) ? -Infinity : number;
  };

  const sort = (table, column, header) => {
    const numeric = header.classList.contains("n");
    const was = header.getAttribute("aria-sort");
    const down = was ? was === "ascending" : numeric;
    table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = [...table.tBodies[0].rows].map((row) => {
      const cell = row.cells[column];
      return [numeric ? value(cell) : cell.textContent.trim(), row];
    });
    const order = numeric ? (a, b) => a - b : collator.compare;
    keyed.sort((a, b) => (down ? order(b[0], a[0]) : order(a[0], b[0])));
    table.tBodies[0].append(...keyed.map((pair) => pair[1]));
  };

  const equip = (table) => {
    const rows = () => [...table.tBodies[0].rows];
    const headers = [...table.tHead.rows[0].cells];
    const n = rows().length;
    let all = n <= first;
    let show = () => {};
    headers.forEach((header, column) => {
      const button = element("button", { type: "button" }, ...header.childNodes);
      button.addEventListener("click", () => {
        sort(table, column, header);
        show();
      });
      header.append(button);
    });
    if (all) return;
    const search = element("input", { type: "search", autocomplete: "off" });
    const verdict = element("select", {}, element("option", { value: "" }, words.allVerdicts));
    const column = headers.findIndex((header) => header.textContent === words.verdict);
    const status = element("output", {});
    const more = element("button", { type: "button" }, words.showAll);
    const texts = new Map(rows().map((row) => [row, folded(row.cells[0].textContent)]));
    const verdicts = column < 0 ? [] : [...new Set(rows().map((row) => row.cells[column].textContent))].sort();
    verdict.append(...verdicts.map((text) => element("option", { value: text }, text)));
    show = () => {
      const wanted = folded(search.value.trim());
      let found = 0;
      for (const row of rows()) {
        const fits = texts.get(row).includes(wanted) && (!verdict.value || row.cells[column].textContent === verdict.value);
        found += fits;
        row.hidden = !fits || (!all && found > first);
      }
      status.textContent = counted(all ? found : Math.min(found, first), n);
      more.hidden = all || found <= first;
    };
    search.addEventListener("input", show);
    verdict.addEventListener("change", show);
    more.addEventListener("click", () => {
      all = true;
      show();
    });
    const tools = element("div", { className: "tools" }, element("label", {}, words.search, search));
    if (column >= 0) tools.append(element("label", {}, words.verdict, verdict));
    tools.append(status, more);
    table.parentElement.before(tools);
    show();
  };
  document.querySelectorAll("table.sortable").forEach(equip);

  const outline = document.querySelector("#sessions");
  const talks = [...outline.querySelectorAll(".sessions > li")];
  if (talks.length > 20) {
    const search = element("input", { type: "search", autocomplete: "off" });
    const status = element("output", {}, counted(talks.length, talks.length));
    const texts = talks.map((talk) => folded(talk.textContent));
    search.addEventListener("input", () => {
      const wanted = folded(search.value.trim());
      talks.forEach((talk, i) => (talk.hidden = !texts[i].includes(wanted)));
      status.textContent = counted(talks.filter((talk) => !talk.hidden).length, talks.length);
    });
    const tools = element("div", { className: "tools" }, element("label", {}, words.search, search), status);
    outline.querySelector("h3").before(tools);
  }

  // Evidence is what is folded away; its id stands inside, so that a browser unfolds it by itself.
  const evidence = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)))?.closest("details");
  const dialog = element("dialog", {});
  dialog.setAttribute("aria-labelledby", "shown-evidence");
  document.body.append(dialog);
  const show = (details) => {
    const close = element("button", { type: "button" }, words.close);
    close.addEventListener("click", () => dialog.close());
    const [summary, body] = details.children;
    const title = element("h2", { id: "shown-evidence" }, ...[...summary.childNodes].map((node) => node.cloneNode(true)));
    const line = title.querySelector("span");
    if (line) line.textContent = line.textContent.replace(/^– /, "");
    dialog.replaceChildren(close, title, ...[...body.childNodes].map((node) => node.cloneNode(true)));
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  };
  document.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
    // A number of the long table shows what the term of its row shows.
    const number = event.target.closest("table.sortable td.n");
    const link = event.target.closest("a[href^='#']") ?? number?.parentElement.querySelector("th a[href^='#']");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const details = evidence(link.hash);
    if (details) {
      event.preventDefault();
      show(details);
    } else if (dialog.open) {
      dialog.close();
    }
  });
})();
