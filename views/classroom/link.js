// The line between a phone and its room. Every change is written to this browser's storage before it is sent, and is
// struck out there only when the room says that it is on the disk. A message is on its way at any time at most; what is
// tapped meanwhile goes with the next one. Sending anything twice does no harm: changes are known by number and tab.

const BATCH = 100;
const LOST = 3500; // ms without a reply after which a message is sent again
const IDLE = 4000; // ms between two looks at the phase

class Link {
  constructor(code, tell, show) {
    this.code = code;
    this.tell = tell; // sends a message to the room
    this.show = show; // draws anew: show(reply)
    this.base = `framing-classroom:${code}`;
    this.tab = Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => "abcdefghijklmnopqrstuvwxyz"[n % 26]).join("");
    this.keeps = true;
    this.token = this.read(`${this.base}:token`);
    this.name = this.read(`${this.base}:name`) ?? "";
    this.queue = this.orphans();
    this.seq = Math.max(0, ...this.queue.map((op) => op.seq));
    this.n = 0;
    this.waiting = null; // the message on its way: {n, at, ops}
    this.heard = true; // whether the last message was answered
    this.have = "";
    this.greeted = false;
    this.refused = "";
  }

  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  write(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch {
      this.keeps = false; // a private window: the page says so
    }
  }

  // Changes that other tabs, or this page before a reload, have not got rid of.
  orphans() {
    const found = new Map();
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(`${this.base}:queue:`)) continue;
        for (const op of this.read(key) ?? []) found.set(`${op.seq}:${op.tab}`, op);
      }
    } catch {
      this.keeps = false;
    }
    return [...found.values()].sort((a, b) => a.seq - b.seq);
  }

  // A change: kept first, sent then.
  add(op) {
    this.seq += 1;
    const full = { ...op, seq: this.seq, tab: this.tab };
    if (op.kind === "draft") {
      const sent = new Set((this.waiting?.ops ?? []).map((o) => o.seq));
      this.queue = this.queue.filter((o) => o.kind !== "draft" || o.tab !== this.tab || sent.has(o.seq));
    }
    this.queue.push(full);
    this.keep();
    this.send();
  }

  keep() {
    const mine = this.queue.filter((op) => op.tab === this.tab);
    this.write(`${this.base}:queue:${this.tab}`, mine.length ? mine : null);
  }

  strike(keys) {
    const gone = new Set(keys.map(([seq, tab]) => `${seq}:${tab}`));
    this.queue = this.queue.filter((op) => !gone.has(`${op.seq}:${op.tab}`));
    this.keep();
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(`${this.base}:queue:`) || key.endsWith(`:${this.tab}`)) continue;
        const left = (this.read(key) ?? []).filter((op) => !gone.has(`${op.seq}:${op.tab}`));
        this.write(key, left.length ? left : null);
      }
    } catch {
      this.keeps = false;
    }
  }

  join(name) {
    this.post({ do: "join", name });
  }

  // Whatever has to be said now, if nothing is on its way.
  send() {
    if (!this.token || this.waiting) return;
    if (!this.greeted) this.post({ do: "hello", token: this.token });
    else if (this.queue.length) this.post({ do: "send", token: this.token, ops: this.queue.slice(0, BATCH) });
    else return;
  }

  poll() {
    if (this.token && !this.waiting && !this.queue.length && this.greeted) this.post({ do: "poll", token: this.token });
    else this.send();
  }

  post(message) {
    this.n += 1;
    this.waiting = { n: this.n, at: performance.now(), ops: message.ops, what: message.do, name: message.name };
    this.said = performance.now();
    this.tell({ ...message, n: this.n, session: this.tab, code: this.code, have: this.have });
  }

  // The room's reply. Old ones, which a redraw shows again, are known by their number.
  hear(reply) {
    if (!reply || !this.waiting || reply.n !== this.waiting.n || reply.session !== this.tab) return;
    const what = this.waiting.what;
    this.waiting = null;
    this.heard = true;
    if (reply.gone || reply.stranger) {
      if (reply.stranger) {
        this.token = null;
        this.write(`${this.base}:token`, null);
      }
      this.show(reply);
      return;
    }
    if (reply.token) {
      this.token = reply.token;
      this.write(`${this.base}:token`, reply.token);
    }
    if (reply.name) {
      this.name = reply.name;
      this.write(`${this.base}:name`, reply.name);
    }
    if (reply.own) {
      this.greeted = true;
      this.seq = Math.max(this.seq, reply.seq);
    }
    this.refused = (reply.refused ?? []).map((r) => r[2])[0] ?? "";
    this.strike([...(reply.acked ?? []), ...(reply.refused ?? [])]);
    if (reply.refused?.length) this.greeted = false; // draw what the room has, not what this page hoped for
    if (reply.screen) this.have = reply.screen.key;
    this.show(reply, what);
    this.send();
  }

  // Called a few times a second: sends again what was lost, looks at the phase now and then.
  tick() {
    const now = performance.now();
    if (this.waiting && now - this.waiting.at > LOST) {
      this.heard = false;
      const { what, name } = this.waiting;
      this.waiting = null;
      this.show(null);
      if (what === "join") this.join(name);
      else this.poll();
    } else if (!this.waiting && document.visibilityState === "visible" && now - (this.said ?? -1e9) > this.idle()) {
      this.poll();
    }
  }

  idle() {
    this.jitter ??= Math.random() * 1500;
    return IDLE + this.jitter;
  }
}
