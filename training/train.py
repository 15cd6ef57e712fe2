#!/usr/bin/env python3
"""Trains the second readers: linear models over what `referral-guide features` prints.

    pip install -r training/requirements.txt
    python3 training/train.py impact|threshold [--evaluate]

Reads training/*.ndjson and the development cases (labelled, invented texts), writes policies/england/readers/<task>.json.
The same texts, settings and library versions give the same file. With --evaluate it prints
cross-validated scores instead of writing.
"""
import argparse, json, subprocess, sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

ROOT = Path(__file__).resolve().parent.parent
TOOL = Path(__import__("os").environ.get("REFERRAL_GUIDE", ROOT / "target" / "release" / "referral-guide"))
FACETS = ["exposure", "presentation", "voice", "physical", "functioning", "safety"]
# Must equal WORDS, PARTS and RULES in src/facts/features.rs.
WEIGHT = {"words": 1.0, "parts": 1.0, "rules": 0.5}
SETTINGS = {
    "impact": {"files": "impact-*.ndjson", "cases": "dev-sentences.ndjson", "bits": 18, "keep": 5000, "c": 5.0},
    "threshold": {"files": "threshold-*.ndjson", "beside": "dash-narrative*.ndjson", "cases": "dev-threshold-sentences.ndjson", "bits": 16, "keep": 3500, "c": 5.0},
}
# Of a weight to either side. With 127 the pack is 13 KB larger over the network and reads no better out of fold.
STEPS = 21
# Answers that no kind word outweighs: a text that states one is never below. Weapons, threats to kill, strangulation.
GRAVE = {"q16", "q17", "q18"}


def load(task, files, pack):
    run = subprocess.run([TOOL, "features", task, "--policy", pack, *files], capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in run.stdout.splitlines()]  # a label, what the rules found, and features by sentence
    for row in rows:
        row |= {group: total(one[at] for one in row["sentences"]) for at, group in enumerate(WEIGHT)}
    return rows


def total(groups):
    """Counts of features, summed over sentences."""
    counts = Counter()
    for group in groups:
        counts.update(dict(group))
    return sorted(counts.items())


def matrix(rows, bits):
    mask = (1 << bits) - 1
    data, cols, ptr = [], [], [0]
    for row in rows:
        for group, weight in WEIGHT.items():
            total = sum(n for _, n in row[group]) or 1
            scale = weight if group == "rules" else weight / np.sqrt(total)
            for feature, n in row[group]:
                cols.append(feature & mask)
                data.append(n * scale)
        ptr.append(len(cols))
    out = csr_matrix((data, cols, ptr), shape=(len(rows), mask + 1), dtype=np.float32)
    out.sum_duplicates()
    return out


def labels(task, rows):
    if task == "impact":
        y = np.array([[r["label"].get("impact") == "described"] + [f in r["label"].get("facets", []) for f in FACETS] for r in rows])
        known = np.array([[True] + ["facets" in r["label"]] * 6 for r in rows])
        return ["described", *FACETS], y, known
    level = [r["label"] for r in rows]
    y = np.array([[l == "significant-harm", l in ("significant-harm", "meets"), l != "below"] for l in level])
    clear = np.array([isinstance(l, str) and l != "uncertain" for l in level])
    return ["level-4", "level-3", "doubt"], y, np.stack([clear, clear, np.full(len(level), True)], axis=1)


def windows(row):
    """The sentences of a text, alone and in pairs, as the engine reads them for doubt."""
    sentences = [one for one in row["sentences"] if one[0]]
    runs = [sentences[at : at + size] for size in (1, 2) for at in range(len(sentences) - size + 1)]
    return [{group: total(one[at] for one in run) for at, group in enumerate(WEIGHT)} for run in runs]


def fit_doubt(rows, y, bits, c, rounds=4):
    """Learns from parts of texts, since a grave sentence stays grave however many kind ones stand around it.

    Every part of a text that is below is calm. Of any other text at least one part is not, and which one is learnt: in turn
    the part that is least calm so far is taken, and the model is fitted again (multiple-instance learning)."""
    parts = [windows(row) for row in rows]
    calm = matrix([part for own, grave in zip(parts, y) if not grave for part in own], bits)
    own = [len(one) for one, grave in zip(parts, y) if grave]
    starts = np.cumsum([0, *own[:-1]])
    rest = matrix([part for one, grave in zip(parts, y) if grave for part in one], bits)
    worst, labels = rest, np.r_[np.zeros(calm.shape[0]), np.ones(rest.shape[0])]
    for _ in range(rounds + 1):
        model = fit(vstack([calm, worst]), labels, c)
        score = model.decision_function(rest)
        worst = rest[[start + int(np.argmax(score[start : start + size])) for start, size in zip(starts, own)]]
        labels = np.r_[np.zeros(calm.shape[0]), np.ones(worst.shape[0])]
    return model


def fit(x, y, c):
    return LogisticRegression(C=c, class_weight=None, max_iter=400, solver="liblinear").fit(x, y)


def fit_output(name, rows, x, y, bits, c):
    return fit_doubt(rows, y, bits, c) if name == "doubt" else fit(x, y, c)


def out_of_fold(names, rows, x, y, known, bits, c, folds=5, seed=7):
    scores = np.zeros(y.shape)
    for train, test in KFold(folds, shuffle=True, random_state=seed).split(x):
        for k, name in enumerate(names):
            sure = train[known[train, k]]
            if not y[sure, k].any():
                scores[test, k] = -9
                continue
            model = fit_output(name, [rows[at] for at in sure], x[sure], y[sure, k], bits, c)
            if name == "doubt":
                scores[test, k] = [model.decision_function(matrix(windows(rows[at]), bits)).max() for at in test]
            else:
                scores[test, k] = model.decision_function(x[test])
    return scores


SIDES = ["presentation", "voice", "physical", "functioning"]


def sentences(rows):
    """A row for each sentence, and the text it belongs to."""
    out, owner = [], []
    for number, row in enumerate(rows):
        for words, parts, rules in row["sentences"]:
            if words:
                out.append({"words": words, "parts": parts, "rules": rules})
                owner.append(number)
    return out, np.array(owner)


def blends(names, rows, x, y, known, c, bits, keep):
    """Weighs the reader against the rules, on scores from readers that had not seen the text."""
    single, owner = sentences(rows)
    single = matrix(single, bits)
    whole, peak = np.zeros(y.shape), np.full(y.shape, -9.0)
    for train, test in KFold(5, shuffle=True, random_state=7).split(x):
        weights, bias = train_all(names, [rows[at] for at in train], x[train], y[train], known[train], bits, c)
        weights = thinned(weights, keep)
        whole[test] = x[test] @ weights.T + bias
        inside = np.isin(owner, test)
        for text, score in zip(owner[inside], single[inside] @ weights.T + bias):
            peak[text] = np.maximum(peak[text], score)
    found = np.array([[name in row["found"] for name in names] for row in rows], float)
    out, blended = [], np.zeros(y.shape)
    for k, name in enumerate(names):
        sides = [names.index(side) for side in SIDES] if name == "described" else []
        columns = [whole[:, k], found[:, k]] + ([whole[:, k] * found[:, k]] if sides else []) + [peak[:, side] for side in sides]
        inputs, sure = np.stack(columns, axis=1), known[:, k]
        for train, test in KFold(5, shuffle=True, random_state=1).split(inputs):
            train = train[sure[train]]
            blended[test, k] = LogisticRegression().fit(inputs[train], y[train, k]).decision_function(inputs[test])
        model = LogisticRegression().fit(inputs[sure], y[sure, k])
        weight = [round(float(w), 3) for w in model.coef_[0]]
        blend = {"output": name, "bias": round(float(model.intercept_[0]), 3), "reader": weight[0], "rules": weight[1]}
        if sides:
            blend |= {"both": weight[2], "peaks": [[side, w] for side, w in zip(SIDES, weight[3:])]}
        out.append(blend)
    return out, blended


def report(names, y, scores, known):
    for k, name in enumerate(names):
        rows = known[:, k]
        truth, score = y[rows, k], scores[rows, k]
        found = score > 0
        tp = (truth & found).sum()
        print(f"  {name:<14} n {truth.sum():4d}  precision {tp / max(found.sum(), 1):.3f}  recall {tp / max(truth.sum(), 1):.3f}  exact {(truth == found).mean():.3f}")


def together(name, truth, found):
    right = (truth & found).sum()
    print(f"  {name:<14} precision {right / max(found.sum(), 1):.3f}  recall {right / max(truth.sum(), 1):.3f}")


def limits(task, name):
    """Where the reader is confident of a yes and of a no; chosen on texts it was not trained on.

    A text is raised to level 3 where `level-3` and `doubt` both say yes, and may be below where `doubt` says no: chosen on texts
    by other hands than those trained on, as they are and wrapped in kind words."""
    if task == "impact":
        return (0.1, 0.1) if name == "described" else (-0.3, -0.3)
    return {"level-4": (0.0, -1.0), "level-3": (1.0, 1.0), "doubt": (0.0, -1.2)}[name]


def train_all(names, rows, x, y, known, bits, c):
    weights, bias = np.zeros((y.shape[1], x.shape[1])), np.zeros(y.shape[1])
    for k, name in enumerate(names):
        keep = known[:, k]
        model = fit_output(name, [row for row, sure in zip(rows, keep) if sure], x[keep], y[keep, k], bits, c)
        weights[k], bias[k] = model.coef_[0], model.intercept_[0]
    return weights, bias


def heaviest(weights, keep):
    heavy = np.argsort(-np.abs(weights).max(axis=0))[:keep]
    return np.sort(heavy[np.abs(weights[:, heavy]).max(axis=0) > 0])


def rounded(weights):
    """Weights in whole steps, and what a step is, by output."""
    scale = np.abs(weights).max(axis=1) / STEPS
    scale[scale == 0] = 1
    small = np.rint(weights / scale[:, None]).astype(int)
    # A weight of one step says next to nothing and costs two bytes.
    small[np.abs(small) < 2] = 0
    return small, scale


def thinned(weights, keep):
    """The weights as they would be shipped, so that a reader is judged by them."""
    out = np.zeros_like(weights)
    heavy = heaviest(weights, keep)
    small, scale = rounded(weights[:, heavy])
    out[:, heavy] = small * scale[:, None]
    return out


def pack_weights(weights, keep):
    """Keeps the heaviest features; a byte a weight, in so few steps that they pack well."""
    heavy = heaviest(weights, keep)
    small, scale = rounded(weights[:, heavy])
    out, last = bytearray(), -1
    for column, feature in enumerate(heavy):
        used = [(k, int(w)) for k, w in enumerate(small[:, column]) if w]
        if not used:
            continue
        gap, last = int(feature) - last - 1, int(feature)
        while gap >= 0x80:
            out.append(gap & 0x7F | 0x80)
            gap >>= 7
        out.append(gap)
        out.append(len(used))
        for k, w in used:
            out += bytes([k, w & 0xFF])
    return out.hex(), scale


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("task", choices=SETTINGS)
    arguments.add_argument("--evaluate", action="store_true")
    arguments.add_argument("--c", type=float)
    arguments.add_argument("--pack", default=str(ROOT / "policies" / "england"))
    options = arguments.parse_args()
    settings = SETTINGS[options.task]
    cases = ROOT / "tests" / "cases"
    forms = [cases / f"dev-{kind}.ndjson" for kind in ("domestic-abuse", "child-concern", "missing", "custody", "strategy")]
    files = sorted((ROOT / "training").glob(settings["files"])) + [cases / settings["cases"], *forms]
    files += sorted((ROOT / "training").glob(settings["beside"])) if "beside" in settings else []
    rows = load(options.task, files, options.pack)
    rows = [row for row in rows if row["words"] and (not isinstance(row["label"], list) or GRAVE & set(row["label"]))]
    x = matrix(rows, settings["bits"])
    names, y, known = labels(options.task, rows)
    c = options.c or settings["c"]
    scores = out_of_fold(names, rows, x, y, known, settings["bits"], c)
    print(f"{options.task}: {len(rows)} texts, out of fold:")
    report(names, y, scores, known)
    if options.task == "impact":
        together("all facets", y[:, 1:], scores[:, 1:] > 0)
    blend = []
    if options.task == "impact":
        blend, blended = blends(names, rows, x, y, known, c, settings["bits"], settings["keep"])
        print("  with the rules, out of fold:")
        cuts = np.array([limits("impact", name)[0] for name in names])
        report(names, y, blended - cuts, known)
        found, sure = blended > cuts, known[:, 1:]
        together("all facets", y[:, 1:][sure], found[:, 1:][sure])
        together("inadequate", ~y[:, 0], ~found[:, 0])
    if options.evaluate:
        return
    weights, bias = train_all(names, rows, x, y, known, settings["bits"], c)
    packed, scale = pack_weights(weights, settings["keep"])
    outputs = []
    for k, name in enumerate(names):
        yes, no = limits(options.task, name)
        outputs.append({"name": name, "bias": round(float(bias[k]), 4), "scale": round(float(scale[k]), 6), "yes": yes, "no": no})
    reader = {"about": f"Logistic regression on {len(rows)} invented, labelled texts (training/), by training/train.py", "bits": settings["bits"], "outputs": outputs, **({"blends": blend} if blend else {}), "weights": packed}
    target = ROOT / "policies" / "england" / "readers" / f"{options.task}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(reader, indent=1) + "\n")
    print(f"  wrote {target.relative_to(ROOT)}: {len(packed) // 2} bytes of weights")


if __name__ == "__main__":
    main()
