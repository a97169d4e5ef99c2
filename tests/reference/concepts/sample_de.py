#!/usr/bin/env python3
"""Draws candidate words and pairs for the German gold set.

    python3 sample_de.py --nouns nouns.txt.gz --words words.txt.gz \
        --corpus 2019.jsonl.gz 2023.jsonl.gz ... [--seed 7] [--what KIND] [--n 100]

KIND is one of
    inflection  a noun and forms that begin alike (inflections and look-alikes)
    umlaut      words that hold an umlaut, ß, or ae/oe/ue/ss
    hyphen      words with a hyphen
    ellipsis    strings with an elided part, shown without their sentence
    gender      words in -in/-innen, and look-alikes that end so by chance
    compound    long nouns, with the short nouns that stand in them by chance or not
    phrase      adjective and noun
    acronym     words in capitals
    all         every kind

Half of every draw comes from the words of the corpus with at least --floor
occurrences, weighted by the root of the frequency, half evenly from the
lexicon. The script only proposes: it gives no label. Labels in de_work.jsonl
and de_score.jsonl are judgements made by reading.
"""
import argparse
import collections
import gzip
import json
import math
import random
import re

WORD = re.compile(r"[A-Za-zÄÖÜäöüß]+(?:-[A-Za-zÄÖÜäöüß]+)*")
ELLIPSIS = re.compile(r"\b[A-ZÄÖÜ][\wäöüß]+-(?:, [A-ZÄÖÜ][\wäöüß]+-)* (?:und|oder) [A-ZÄÖÜ][\wäöüß-]+")
RIGHT = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]+ (?:und|oder) -[a-zäöüßA-ZÄÖÜ]+")
PHRASE = re.compile(r"\b([a-zäöüß]{5,}(?:e|er|en|em|es)) ([A-ZÄÖÜ][a-zäöüß]{3,})\b")
UMLAUT = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})


def read_lines(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def count(paths):
    words, ellipses, phrases = (collections.Counter() for _ in range(3))
    for path in paths:
        for line in read_lines(path):
            text = json.loads(line).get("text", "")
            words.update(WORD.findall(text))
            ellipses.update(ELLIPSIS.findall(text))
            ellipses.update(RIGHT.findall(text))
            phrases.update(" ".join(pair) for pair in PHRASE.findall(text))
    return words, ellipses, phrases


def draw(rng, pool, n, weight=None):
    """n different members; with a weight by Efraimidis and Spirakis."""
    pool = sorted(pool)
    if weight is None:
        return rng.sample(pool, min(n, len(pool)))
    keyed = sorted(((math.log(1.0 - rng.random()) / weight(w), w) for w in pool), reverse=True)
    return [w for _, w in keyed[:n]]


def both(rng, corpus, lexicon, n, counts):
    out = draw(rng, corpus, n // 2, lambda w: math.sqrt(counts[w]))
    seen = set(out)
    out += [w for w in draw(rng, lexicon, n) if w not in seen][: n - len(out)]
    return out


def fold(word):
    return word.lower().translate(UMLAUT)


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--nouns", required=True)
    ap.add_argument("--words", required=True)
    ap.add_argument("--corpus", nargs="+", required=True)
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--n", type=int, default=100)
    ap.add_argument("--floor", type=int, default=5)
    ap.add_argument("--what", default="all")
    args = ap.parse_args()
    counts, ellipses, phrases = count(args.corpus)
    nouns = [w for w in read_lines(args.nouns) if WORD.fullmatch(w) and len(w) > 1]
    noun_set = set(nouns)
    forms = set(read_lines(args.words))
    frequent = [w for w, c in counts.items() if c >= args.floor]
    upper = [w for w in frequent if w[0].isupper() and not w.isupper() and "-" not in w]

    def section(kind):
        on = args.what in ("all", kind)
        if on:
            print(f"## {kind}")
        # every kind has a stream of its own, so that one alone gives the same draw
        return on, random.Random(f"{args.seed} {kind}")

    on, rng = section("inflection")
    if on:
        families = collections.defaultdict(set)
        for w in frequent:
            if len(w) >= 3:
                families[fold(w)[: max(3, min(5, len(w) - 2))]].add(w)
        prefix = collections.defaultdict(list)
        for w in sorted(forms):
            prefix[fold(w)[:5]].append(w)
        heads = both(rng, [w for w in upper if w in noun_set and len(w) >= 3], nouns, args.n, counts)
        for head in heads:
            key = fold(head)
            near = {w for size in (3, 4, 5) for w in families.get(key[:size], ())
                    if w != head and abs(len(w) - len(head)) <= 4 and fold(w)[: len(key) - 2] == key[:-2]}
            near |= {w for w in prefix.get(key[:5], ())
                     if abs(len(w) - len(head)) <= 3 and fold(w)[: len(key) - 1] == key[:-1]
                     and w != head.lower()}
            picked = draw(rng, near, 7)
            print(head, "|", " ".join(picked))

    on, rng = section("umlaut")
    if on:
        has = re.compile(r"[äöüß]|ae|oe|ue|ss", re.I)
        for w in both(rng, [w for w in upper if has.search(w)], [w for w in nouns if has.search(w)], args.n, counts):
            print(w)

    on, rng = section("hyphen")
    if on:
        for w in both(rng, [w for w in frequent if "-" in w and w[0].isupper()],
                      [w for w in nouns if "-" in w], args.n, counts):
            print(w)

    on, rng = section("ellipsis")
    if on:
        for w in draw(rng, ellipses, args.n, lambda w: math.sqrt(ellipses[w])):
            print(w)

    on, rng = section("gender")
    if on:
        end = re.compile(r".*in(nen)?$")
        for w in both(rng, [w for w in upper if end.match(w)], [w for w in nouns if end.match(w)], args.n, counts):
            print(w)

    on, rng = section("compound")
    if on:
        short = {w.lower(): w for w in nouns if 2 <= len(w) <= 8}
        long_ones = both(rng, [w for w in upper if len(w) >= 8], [w for w in nouns if len(w) >= 9], args.n, counts)
        for word in long_ones:
            low = word.lower()
            inside = sorted({short[low[i:j]] for i in range(len(low)) for j in range(i + 3, min(len(low), i + 8) + 1)
                             if low[i:j] in short and low[i:j] != low})
            print(word, "|", " ".join(draw(rng, inside, 6)))

    on, rng = section("phrase")
    if on:
        for w in draw(rng, [p for p, c in phrases.items() if c >= args.floor], args.n,
                      lambda w: math.sqrt(phrases[w])):
            print(w)

    on, rng = section("acronym")
    if on:
        caps = [w for w in frequent if w.isupper() and 2 <= len(w) <= 8]
        for w in draw(rng, caps, args.n, lambda w: math.sqrt(counts[w])):
            print(w, counts[w])


if __name__ == "__main__":
    main()
