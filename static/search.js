// docs/search-format.md; short names: docs/theme.md.
const form = document.querySelector("form[data-root]");
const { root, language } = form.dataset;
const $ = (selector) => form.querySelector(selector);
const say = (key) => form.getAttribute("data-" + key) || "";
const [forms, stems, terms] = [1, 2, 3].map(() => Object.create(null));
let lost, index, blocks, docs, state, got, timer, end = 0, turn = 0;

function pm(key, v) {
 pm[key](v);
}
const load = (key, use = (v) => v) =>
 (load[key] ||= new Promise((done) => {
  pm[key] = done;
  const script = document.createElement("script");
  script.src = `${root}search/${key}.js`;
  script.onload = script.onerror = () => done();
  document.head.append(script);
 }).then((v) => ((lost ||= !v), use(v || []))));

const sign = (s) => s.charCodeAt() - (s > "\\" ? 36 : 35);
const number = (t) => [...t].reduceRight((n, s) => n * 45 + (sign(s) % 45), 0);
const numbers = (t) => (`${t}`.match(/[P-}]*[#-O]/g) || []).map(number);
const postings = (b, t, weight) => {
 let d = b.start - 1;
 return new Map(Array.from(t.matchAll(RegExp("([P-}]*[#-O])" + weight, "g")), (m) => [(d += number(m[1]) + 1), m[2] && sign(m[2])]));
};

const wordForm = /(\p{L}(?:\.\p{L})+(?![\p{L}\p{N}\p{M}])|[\p{L}\p{N}\p{M}]+)/gu;
const plain = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ς: "σ" };
const fold = (t) =>
 t.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640\xad]/g, "")
  .normalize().replace(/[ßæœøđðłþıς]/g, (s) => plain[s]);
const pair = /((?:[\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]\p{M}*)+)/u;
const isEnough = (w) => w[2] || pair.test(w);
const words = (t) =>
 (fold(t).replace(/(\p{L})['’]s(?![\p{L}\p{N}\p{M}])/gu, "$1 ").match(wordForm) || []).flatMap((w) =>
  w.replace(/\./g, "").split(pair).flatMap((t, n) => {
   const [...a] = t;
   return n % 2 && a[1] ? a.slice(1).map((s, n) => a[n] + s) : t.slice(0, 64) || [];
  }));

const called = (v, more = "") =>
 [...(v.big ? [v] : [v[language], ...Object.values(v)]), ...more.split("\n")].filter(Boolean);
const isCalled = (ns, a, star) =>
 ns.some((t) => a.every((w) => words(t).some((v) => (star ? v.startsWith(w) : v == w))));

const open = (from, to) =>
 Promise.all(blocks.flatMap((b) => b.bounds.map((bound, file) => bound <= (to || from) && !(b.bounds[file + 1] <= from) &&
  load(`${b.id}/w${file}`, ([groups = [], ns = []]) => {
   let order = 0;
   for (const [s, ...rest] of groups)
    rest.forEach((t, n) => {
     const id = (n && rest[n - 1]) || s;
     if (n % 2 || !t.big) (stems[id] ||= []).push(...(t.big ? [s] : t));
     if (n % 2) (forms[s] ||= []).push({ id, t, b, file, order: order++ });
    });
   for (const [, ...a] of ns)
    for (const [n, p, id, count, more] of a) {
     const href = index.facets[n][1] + p;
     const term = (terms[href] ||= { href, ns: called(id, more), count: 0 });
     term[b.id] ||= term.count += count;
    }
  }))));
const formsOf = async (w, star, exact) => {
 const fits = (id) => id == w || (star && id.startsWith(w));
 await open(w, star && w + "\uffff");
 const own = [...new Set(Object.keys(stems).filter(fits).flatMap((id) => stems[id]))];
 await Promise.all(own.map((s) => open(s)));
 const a = own.flatMap((s) => forms[s] || []).filter((f) => (!star && !exact) || fits(f.id));
 if (!a[0] && !star && !exact && isEnough(w)) return formsOf(w, 1);
 for (const f of a) f.ds ||= postings(f.b, f.t, "(.)");
 return a.map((f) => [f, exact ? 1.5 : f.id == w ? 1 : star ? 0.4 : 0.9]);
};
const placesOf = async ({ b, file, order }) => {
 const a = [[]];
 let last = -1;
 for (const n of numbers((await load(`${b.id}/p${file}`))[order])) {
  a.at(-1).push((last += (n >> 1) + 1));
  if (n % 2 == 0) last = a.push([]) && -1;
 }
 return a;
};

const place = async (date, next = 0) => {
 const [year, month = 0, day = 0] = date.split("-");
 const wanted = year * 416 + month * 32 + +day + next * (+day ? 1 : +month ? 32 : 416);
 let d = index.undated;
 for (const [year, ...cs] of index.years) cs.forEach((n, m) => (d += year * 416 + m * 32 + 32 <= wanted && n));
 for (const { id, start, end } of blocks)
  if (wanted % 32 && d >= start && d < end) {
   let sum = 0;
   const dates = numbers(await load(id + "/a")).map((n) => (sum += n));
   while (dates[d - start] < wanted) d++;
  }
 return d;
};
const when = (date) =>
 /\d$/.test(date) ? new Date(date).toLocaleDateString(language, { timeZone: "UTC", year: "numeric", month: date[4] && "long", day: date[7] && "numeric" }) : date;

const facet = async (id) => {
 const a = {};
 const put = (p, ds, ns, year) => (a["/" + p] ||= { p, ds: [], ns, year }).ds.push(...ds);
 if (id == "years")
  for (const [year, ...cs] of index.years)
   for (const m in cs) {
    const date = +m ? `${year}-${m > 9 ? m : "0" + m}` : year + "";
    if (cs[m] || m == 0) put(date, docs.slice(await place(date), await place(date, 1)), [when(date)], +m && year);
   }
 else
  for (const b of blocks)
   for (const [p, own, t, more] of await load(`${b.id}/t${index.facets.findIndex((v) => v[0] == id)}`))
    put(p, postings(b, t, "").keys(), [...called(own, more), p]);
 return Object.values(a);
};
const valuesOf = (id) => (load["?" + id] ||= facet(id));

const parse = (query) => {
 const fields = RegExp(`^(title:|year:\\d{4}(-\\d{4})?$|(after|before):\\d{4}(-\\d\\d?){0,2}$|(${index.facets.map((v) => v[0]).join("|")}):)`);
 const ps = [];
 let isOr;
 for (const [token] of query.matchAll(/([^\s"“”„«»]|["“”„«»][^"“”„«»]*(["“”„«»]|$))+/g)) {
  let [, not, id, t] = token.match(/^(-?)(?:(.*?):)?(.*)/s);
  id = say("field-" + id) || id?.toLowerCase();
  if (!fields.test(id + ":" + t)) [id, t] = ["", token.slice(not.length)];
  const a = words(t);
  const exact = /^["“”„«»]/.test(t) || a[1];
  if (token != "OR" && a[0]) {
   if (!isOr || not || !ps[0] || ps.at(-1)[0].not) ps.push([]);
   ps.at(-1).push({ not, id, t, a, exact, star: !exact && t.endsWith("*") && isEnough(a[0]) });
  }
  isOr = token == "OR";
 }
 return ps;
};

const match = async ({ id, t, a, exact, star }, got) => {
 const [from, until = from] = t.split("-");
 let ds, before;
 if (id == "year") ds = docs.slice(await place(from), await place(until, 1));
 else if (id == "after") ds = docs.slice(await place(t));
 else if (id == "before") ds = docs.slice(index.undated, await place(t));
 else if (id && id != "title") ds = (await valuesOf(id)).flatMap((v) => (isCalled(v.ns, a, star) ? v.ds : []));
 else
  for (const w of a) {
   const here = new Map();
   const list = await formsOf(w, star, exact);
   if (!list[0]) got.unknown.push(w);
   for (const [f, worth] of list) {
    const places = a[1] && (await placesOf(f));
    let n = 0;
    got.marks.add(f.id);
    for (const [d, weight] of f.ds) {
     const last = before?.get(d);
     const ends = (places ? places[n++] || [] : [weight % 2 ? 0 : 100]).filter((p) => (!id || p < 100) && (!before || last?.[1].has(p - 1)));
     const score = Math.min((((weight >> 1) + 0.5) / 16) * worth, last ? last[0] : 9);
     if (ends[0] >= 0) here.set(d, [Math.max(score, here.get(d)?.[0] || 0), new Set(ends)]);
    }
   }
   before = here;
  }
 return before || new Map(ds.map((d) => [d, [0]]));
};

const boxes = form.querySelectorAll("details[id]");
var pmSearch = async (query) => {
 const ps = parse(query);
 const got = { marks: new Set(), unknown: [], words: ps.flat().flatMap((v) => (v.not || v.id ? [] : v.a)) };
 const rank = docs.map(() => 0);
 let most = 0;
 for (const part of ps) {
  const [{ not }] = part;
  const isText = !not && part.some((v) => !v.id || v.id == "title");
  const maps = await Promise.all(part.map((v) => match(v, got)));
  if (isText) most += 1e3;
  for (const d of docs) {
   const a = maps.filter((m) => m.has(d)).map((m) => m.get(d)[0] * Math.log(1 + (end - m.size + 0.5) / (m.size + 0.5)));
   if (isText) rank[d] += a.length && 1e3 + Math.max(...a);
   else if (!a.length == !not) rank[d] -= 1e6;
  }
 }
 got.partial = rank.some((v) => v >= 1e3) && !rank.some((v) => v >= most);
 if (got.partial) most = 1e3;
 const [from, until, sort] = ["from", "until", "sort"].map((key) => state.get(key));
 const filters = [];
 if (from || until) filters.push([0, new Set(docs.slice(await place(from || "0"), await place(until || "9999", 1)))]);
 for (const { id } of boxes) {
  const c = state.getAll(id);
  if (c[0]) {
   const a = (await valuesOf(id)).filter((v) => c.includes(v.p));
   filters.push([id, new Set(a.flatMap((v) => (a.some((m) => m.year == v.p) ? [] : v.ds)))]);
  }
 }
 got.has = (d, but) => rank[d] >= most && filters.every(([id, ds]) => id == but || ds.has(d));
 got.ids = docs.filter((d) => got.has(d));
 if (sort != "oldest") got.ids.sort((a, b) => (!sort && rank[b] - rank[a]) || b - a);
 return got;
};

const at = (p) => root + p.replace(/\/$/, "/" + (/[^/]+\.html$/.exec(location.pathname) || ""));
const copy = (id) => $("." + id).content.firstElementChild.cloneNode(true);
const put = (e, ...ts) => {
 e.querySelectorAll("[data-text]").forEach((place, n) => place.replaceChildren(...[ts[n]].flat()));
 return e;
};
const link = (t, href, n = "") => {
 const e = put(copy("link"), t, n);
 e.firstChild.href = href;
 return e;
};
const local = (n) => n.toLocaleString(language);
const addressOf = (key, v) => {
 const other = new URLSearchParams(state);
 other.delete("page");
 other.set(key, v);
 return "?" + other;
};
const mark = (t) => t.split(wordForm).map((t) => (words(t).some((w) => got.marks.has(w)) ? Object.assign(copy("word"), { textContent: t }) : t));
const hit = ([p, title, date, byline, kind, n, deck]) => {
 const [tag, , own] = index.languages[n];
 const e = put(copy("hit"), say("kind-" + kind) || kind, mark(title), mark(deck), date ? when(date) : say("undated"), byline, tag == language ? "" : own);
 for (const v of e.querySelectorAll("[lang]")) v.lang = tag;
 e.querySelector("a").href = at(p);
 return e;
};

const draw = async (x) => {
 const { id } = x;
 const wide = id == "years";
 if (!got || !(x.open || wide)) return;
 const [field, list] = x.querySelectorAll("label,ul");
 const part = fold(field.control.value);
 const c = state.getAll(id);
 const most = wide ? 1e4 : c.length + 10;
 const a = await valuesOf(id);
 for (const v of a) {
  v.count = v.ds.filter((d) => got.has(d, id)).length;
  v.isOn = c.includes(v.p);
 }
 const shown = a
  .filter((v) => v.isOn || (v.count && v.ns.some((t) => fold(t).includes(part)) && (!v.year || c.some((t) => t.startsWith(v.year)))))
  .sort((a, b) => (wide ? 0 : b.isOn - a.isOn || b.count - a.count));
 const focus = document.activeElement;
 field.hidden = !part && !shown[most];
 list.replaceChildren(...shown.slice(0, most).map((v) => {
  v.e ||= copy("value");
  Object.assign(v.e.querySelector("input"), { name: id, value: v.p, checked: v.isOn });
  return put(v.e, v.ns[0], local(v.count));
 }));
 focus.focus();
 const bars = a.filter((v) => !v.year);
 if (!wide || !bars[0]) return;
 const top = Math.max(1, ...bars.map((v) => v.count));
 const first = bars[0].p;
 const last = bars.at(-1).p;
 const n = last - first + 1;
 put($("figure"), first, top, last);
 $("svg").onclick = (event) => {
  const bar = bars.find((v) => v.count && v.p == (+first + (event.offsetX / $("svg").clientWidth) * n | 0));
  if (bar) restore(addressOf("years", bar.p)), go(event);
 };
 $("path").setAttribute("d", bars.map((v) => `M${((v.p - first) * 100) / n} 100v${(-100 * v.count) / top}h${80 / n}V100`).join(""));
};

const isNear = (a, b, most) =>
 a[0] && a[0] == b[0] ? isNear(a.slice(1), b.slice(1), most)
  : a == b || (most-- && (isNear(a.slice(1), b, most) || isNear(a, b.slice(1), most) || isNear(a.slice(1), b.slice(1), most) ||
    (a[0] == b[1] && a[1] == b[0] && isNear(a.slice(2), b.slice(2), most))));
const guesses = async (w) => {
 const rank = Object.create(null);
 for (const b of blocks) {
  const [list = "", cs] = await load(b.id + "/v");
  list.split("\n").forEach((v, n) => {
   if (v && isNear(w, v, w[5] ? 2 : 1)) rank[v] = (rank[v] || 0) + 2 ** sign(cs[n]);
  });
 }
 return Object.keys(rank).sort((a, b) => rank[b] - rank[a]).slice(0, 3);
};
const run = async (typed) => {
 const mine = ++turn;
 const query = state.get("q") || "";
 const page = +state.get("page") || 1;
 const result = await pmSearch(query);
 if (mine != turn) return;
 got = result;
 const asked = !/^(sort=\w+)?$/.test(state);
 const ids = asked ? got.ids : [];
 boxes.forEach(draw);
 form.querySelectorAll(".pages a").forEach((link, n) => {
  const next = page + n * 2 - 1;
  link.href = addressOf("page", next);
  link.hidden = ids[next * 20 - 20] == null;
 });
 const near = [];
 for (const w of got.unknown)
  for (const v of await guesses(w)) near.push(link(v, addressOf("q", query.replace(wordForm, (t) => (words(t)[0] == w ? v : t)))));
 const named = Object.values(terms).filter((v) => got.words[0] && isCalled(v.ns, got.words));
 if (mine != turn) return;
 $(".guesses ul").replaceChildren(...near);
 const [w] = query.match(/[\p{L}\p{M}]*$/u);
 $("datalist").replaceChildren(...Object.keys(stems).filter((v) => w && v.startsWith(fold(w))).slice(0, 9).map((v) => new Option(query.slice(0, -w.length) + v)));
 named.sort((a, b) => b.count - a.count);
 $(".named ul").replaceChildren(...named.slice(0, 6).map((v) => link(v.ns[0], at(index.languages.find((v) => v[0] == language)[1] + v.href), local(v.count))));
 for (const n of [page * 20 - 20, page * 20 - 10]) {
  const cs = await Promise.all(ids.slice(n, n + 10).map(async (d) => {
   const { id, start } = blocks.find((b) => d < b.end);
   const key = `${id}/d${((d - start) / 25) | 0}`;
   if (!load[key]) await new Promise((done) => setTimeout(done, typed));
   return mine == turn && (await load(key))[(d - start) % 25];
  }));
  if (mine != turn) return;
  if (n % 20 == 0) $(".items").replaceChildren();
  $(".items").append(...cs.filter(Boolean).map(hit));
 }
 $("[role=status]").textContent = (asked ? `${say(got.partial ? "partial" : "results")} ${local(ids.length)} ` : "") + say(lost && "failed");
};

const go = (event) => {
 event?.preventDefault();
 clearTimeout(timer);
 try {
  history[event ? "pushState" : "replaceState"](0, "", "?" + state);
 } catch {}
 run(event ? 0 : 150);
};
const restore = (address) => {
 state = new URLSearchParams(address);
 for (const x of boxes) {
  x.querySelector("ul").replaceChildren();
  x.open ||= state.has(x.id);
 }
 for (const v of form.elements) v.value = state.get(v.name) || "";
};
form.onsubmit = go;
form.oninput = (event) => {
 const { name, type, value } = event.target;
 clearTimeout(timer);
 if (!name) boxes.forEach(draw);
 else if (form.checkValidity()) {
  state = new URLSearchParams([...new FormData(form)].filter((v) => v[1]));
  if (/k|-/.test(type)) go(event);
  else timer = setTimeout(() => value.length == 1 || go(), 20);
 }
};
form.onclick = (event) => {
 const link = event.target.closest("a[href^='?']");
 if (!link) return;
 restore(link.search);
 go(event);
 $("h2").focus();
};
for (const x of boxes) x.ontoggle = () => draw(x);
onpopstate = () => {
 restore(location.search);
 run();
};
load("index").then((v) => {
 index = v;
 blocks = v.blocks.map(([id, size, bounds]) => ({ id, bounds, start: end, end: (end += size) }));
 docs = [...Array(end).keys()];
 form.hidden = false;
 onpopstate();
});
