#!/usr/bin/env python3
"""Makes tfidf.json: TF-IDF of fixed token lists, computed by scikit-learn.

    pip install scikit-learn && python3 tests/reference/tfidf.py > tests/reference/tfidf.json
"""

import json

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer

DOCUMENTS = [
    "cloud cloud souveränität verwaltung daten daten daten",
    "verwaltung schule schule lehrkraft daten",
    "cloud wallet identität identität verwaltung verwaltung",
    "leitstelle übung",
    "verwaltung",
    "daten cloud schule wallet übung übung übung übung lehrkraft identität",
]

vectorizer = TfidfVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False)
matrix = vectorizer.fit_transform(DOCUMENTS).toarray()
names = list(vectorizer.get_feature_names_out())
print(json.dumps({
    "origin": f"scikit-learn {sklearn.__version__}, TfidfVectorizer with its defaults, tests/reference/tfidf.py",
    "documents": DOCUMENTS,
    "terms": names,
    "idf": [float(v) for v in vectorizer.idf_],
    "weights": [{names[j]: float(v) for j, v in enumerate(row) if v > 0} for row in matrix],
}, ensure_ascii=False, indent=1))
