#!/usr/bin/env python3
"""Draw candidates for the English concept gold set from a corpus.

    python3 sample_en.py [--seed N] [--n N] [--kind KIND] FILE.jsonl.gz ...

Each input line is a JSON object with `title` and `text`; objects whose
`lang` is given and is not `en` are left out.  Prints tab-separated
candidates, the first column being the kind:

    pair      two words with a common beginning   (for: inflection)
    joined    hyphen / space / solid spellings    (for: variants)
    bracket   an acronym with its bracket         (for: acronym)
    hyphen    a hyphen compound of two parts      (for: compound)
    phrase    a hyphen compound of three or more  (for: phrase)

Nothing is labelled here: the labels are given by a reader.  Draws are
weighted by frequency and depend on the seed and the input only.
Standard library only.
"""
import argparse
import bisect
import collections
import gzip
import itertools
import json
import random
import re

WORD = re.compile(r"[A-Za-z]+(?:['\u2019][a-z]+)?(?:-[A-Za-z]+)*")
BRACKET = re.compile(
    r"((?:[A-Za-z][A-Za-z-]*\s+){1,6})\(([A-Z][A-Za-z]{1,7})\)"
    r"|\b([A-Z][A-Za-z]*[A-Z]s?)\s+\(([A-Za-z][A-Za-z -]{4,60})\)"
)


def read(paths):
    for path in sorted(paths):
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if not line.strip():
                    continue
                row = json.loads(line)
                if row.get("lang", "en") == "en":
                    yield row.get("title", "") + "\n" + row.get("text", "")


def draw(rng, items, n):
    """n distinct items out of [(item, weight)], weighted, in drawing order."""
    items = sorted(items)
    keyed = [(rng.random() ** (1.0 / w), item) for item, w in items if w > 0]
    keyed.sort(reverse=True)
    return [item for _, item in keyed[:n]]


def common(a, b):
    n = 0
    for x, y in zip(a, b):
        if x != y:
            break
        n += 1
    return n


def pairs(rng, words, n):
    vocab = sorted(w for w, c in words.items() if c >= 4 and len(w) >= 4 and "-" not in w)
    weights = [words[w] ** 0.5 for w in vocab]
    total = list(itertools.accumulate(weights))
    seen, out = set(), []
    for _ in range(200 * n):
        if len(out) == n:
            break
        i = bisect.bisect(total, rng.random() * total[-1])
        a = vocab[min(i, len(vocab) - 1)]
        need = max(3, len(a) - 3)
        lo = bisect.bisect_left(vocab, a[:need])
        hi = bisect.bisect_left(vocab, a[:need] + "\uffff")
        near = [
            (b, words[b] ** 0.5)
            for b in vocab[lo:hi]
            if b != a and len(b) - common(a, b) <= 4
        ]
        if not near:
            continue
        b = draw(rng, near, 1)[0]
        key = tuple(sorted((a, b)))
        if key in seen:
            continue
        seen.add(key)
        out.append((a, words[a], b, words[b]))
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("files", nargs="+")
    ap.add_argument("--seed", type=int, default=3)
    ap.add_argument("--n", type=int, default=150)
    ap.add_argument("--kind", default="all")
    args = ap.parse_args()

    words, spaced, triples = (collections.Counter() for _ in range(3))
    brackets = collections.Counter()
    for text in read(args.files):
        toks = [(m.group().lower(), m.start(), m.end()) for m in WORD.finditer(text)]
        words.update(t for t, _, _ in toks)
        for (a, _, e), (b, s, _) in zip(toks, toks[1:]):
            if text[e:s] == " ":
                spaced[a, b] += 1
        for (a, _, e), (b, s, e2), (c, s2, _) in zip(toks, toks[1:], toks[2:]):
            if text[e:s] == " " and text[e2:s2] == " ":
                triples[a, b, c] += 1
        for m in BRACKET.finditer(text):
            left, right = (m.group(1), m.group(2)) if m.group(2) else (m.group(3), m.group(4))
            brackets[" ".join(left.split()), right] += 1

    def emit(kind, rows):
        if args.kind in ("all", kind):
            for row in rows:
                print(kind, *row, sep="\t")

    emit("pair", pairs(random.Random(f"{args.seed} pair"), words, args.n))

    two = {w: c for w, c in words.items() if w.count("-") == 1 and c >= 2}
    found = []
    for w, c in two.items():
        a, b = w.split("-")
        s, o = spaced[a, b], words[a + b]
        if min(len(a), len(b)) >= 1 and s + o >= 2:
            found.append(((w, c, s, o), (c + s + o) ** 0.5))
    for (a, b), s in spaced.items():
        o = words.get(a + b, 0)
        if s >= 2 and o >= 2 and f"{a}-{b}" not in two and len(a) > 2 and len(b) > 2:
            found.append(((f"{a} {b}", 0, s, o), (s + o) ** 0.5))
    rng = random.Random(f"{args.seed} joined")
    emit("joined", [(w, f"hyphen={c}", f"space={s}", f"solid={o}")
                    for w, c, s, o in draw(rng, found, args.n)])

    rng = random.Random(f"{args.seed} bracket")
    emit("bracket", [(l, r, brackets[l, r])
                     for l, r in draw(rng, list(brackets.items()), args.n)])

    rng = random.Random(f"{args.seed} hyphen")
    emit("hyphen", [(w, two[w]) for w in draw(rng, [(w, c ** 0.5) for w, c in two.items()], args.n)])

    many = []
    for w, c in words.items():
        if w.count("-") >= 2:
            p = tuple(w.split("-"))
            many.append((w, c + (triples[p] if len(p) == 3 else 0)))
    rng = random.Random(f"{args.seed} phrase")
    emit("phrase", [(w, words[w], triples[tuple(w.split("-"))])
                    for w in draw(rng, [(w, c ** 0.5) for w, c in many], args.n)])


if __name__ == "__main__":
    main()
