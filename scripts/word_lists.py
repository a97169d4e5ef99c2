#!/usr/bin/env python3
"""Builds the word lists that wandel embeds from two maintained MIT packages.

    pip install --no-deps --target lists faker==40.54.0 spacy==3.8.18
    python3 scripts/word_lists.py lists src/text/language

Writes stop_de.txt and stop_en.txt (spaCy's stop words, minus the few words of the German
list that are subjects of their own) and first_names.txt (Faker's given names, Latin script).
Nothing is imported, so that no dependency of the packages is needed.
"""

import ast
import pathlib
import re
import sys
import unicodedata

# Entries of spaCy's German list that a report may be about.
KEEP_AS_TERMS = {"recht", "mittel", "ag", "ehrlich", "lieber", "kleine", "kleinen", "kleiner", "kleines"}
LOCALES = """de_DE de_AT de_CH de_LI en_US en_GB en_IE en_IN en_NG en_KE en_NZ en_TH fr_FR fr_BE fr_CH it_IT
es_ES es_MX es_CO nl_NL nl_BE pl_PL cs_CZ tr_TR sv_SE da_DK no_NO fi_FI hu_HU ro_RO hr_HR
sl_SI pt_PT pt_BR lt_LT lv_LV et_EE vi_VN id_ID ha_NG sw""".split()
# Given names of those lists that are everyday words at the start of a sentence or a noun.
NOT_A_NAME = set("""Will May April June August Summer Sky Star Grace Hope Faith Rose Joy Chance Prince
King Mark Price Page Art Bill Rich Rob Guy Max Stadt Land Ernst Wolf Engel Gut Mai Juni Da An Van Von
Do So No In Im Am Le La De Di Ha Hai Ho Ma Ba Bo To Thu Van Den Dan Hans-Dieter Dir Art Chi Data Case
Cash Chase Penny Sunny Destiny Heaven Precious Patience Mercy Justice Royal General Major Sage Autumn
Genesis Trinity Harmony Melody Ruby Jade Amber Crystal Angel Christian Kai Domenica Linux Roman Marine
Florida Carolina Virginia Georgia Paris London Sydney Brooklyn Austin Dallas Houston Phoenix Kenya
India China Asia Europa America Israel Jordan Berlin Wien Leipzig
Ade Alla Alpin Anders Ante Balz Beste Bett Bitten Cord Darin Del Dom Domen
Döner Ebbe Edel Eimer Einer Eider Eta Fancy Fenne Forum Fügen Gabel Gene Geta
Gun Gürten Harm Helle Hellen Henna Ion Imam Job Joke Junior Kader Karma Kick
Lage Lan Lander Laust Leider Lies Lieschen Lila Lode Love Made Mate Mentor Muli
Muni Nazi Neider Nova Oman Pak Per Pier Pol Prima Puck Queen Raden Ramadan
Reet Rein Reine Rens Ritt Robbe Rune Rute Safari Saga Salami Sani Seif Sem
Senne Server Siebe Solange Sole Stein Tage Tan Tiara Tilde Tone Tor Tora Tore
Tri Ulu Vide Vita Wage Wilder Wille Yoga Ülke""".split()) - {
    "Max", "Mark", "Ernst", "Grace", "Christian", "Kai", "Ruby", "Virginia", "Carolina", "Georgia",
    "Austin", "Jordan", "Rob", "Bill", "Dan", "Roman", "August", "Jade", "Amber", "Wolf", "Rose",
}


def stop_words(folder: pathlib.Path, language: str) -> list[str]:
    source = (folder / "spacy/lang" / language / "stop_words.py").read_text("utf-8")
    words: set[str] = set()
    for text in re.findall(r'"""(.*?)"""', source, re.S):
        words.update(text.split())
    if language == "de":
        words -= KEEP_AS_TERMS
    return sorted(words)


def first_names(folder: pathlib.Path) -> list[str]:
    names: set[str] = set()
    for locale in LOCALES:
        path = folder / "faker/providers/person" / locale / "__init__.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                continue
            name = node.targets[0].id
            if not name.startswith("first_name") and not name.startswith("_first_name"):
                continue
            for leaf in ast.walk(node.value):
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                    names.add(unicodedata.normalize("NFC", leaf.value.strip()))
    return sorted(n for n in names if re.fullmatch(r"[A-ZÀ-ÞŁŚŻČŠŽĐİ][^\W\d_]+(-[^\W\d_]+)?", n) and n not in NOT_A_NAME and len(n) > 2)


def main() -> None:
    folder, out = map(pathlib.Path, sys.argv[1:3])
    header = "# Stop words of spaCy 3.8 (MIT, (c) ExplosionAI GmbH), made by scripts/word_lists.py\n"
    for language in ("de", "en"):
        words = stop_words(folder, language)
        (out / f"stop_{language}.txt").write_text(header + "\n".join(words) + "\n", "utf-8")
        print(language, len(words))
    names = first_names(folder)
    header = "# Given names of Faker 40.54 (MIT, (c) Daniele Faraglia), made by scripts/word_lists.py\n"
    (out / "first_names.txt").write_text(header + "\n".join(names) + "\n", "utf-8")
    print("first names", len(names))


if __name__ == "__main__":
    main()
