#!/usr/bin/env python3
"""Trains the second readers: linear models over what `referral-guide features` prints.

    pip install -r training/requirements.txt
    python3 training/train.py impact|threshold|dash [--evaluate]

Reads training/*.ndjson and the development cases (labelled, invented texts), writes policies/england/readers/<task>.json.
The same texts, settings and library versions give the same file. With --evaluate it prints
cross-validated scores instead of writing.
"""
import argparse, json, re, subprocess, sys, tempfile
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
    # Judges beside the rules and not after them, so it does not see what they found. Its 27 outputs share few features with each other and lean on
    # many: all features, folded into few and rounded hard, read better than the heaviest ones and take less.
    "dash": {"files": "dash-*.ndjson", "cases": "dev-dash-sentences.ndjson", "bits": 12, "c": 8.0, "groups": ("words", "parts")},
}
# Of a weight to either side. With 127 the pack is 13 KB larger over the network and reads no better out of fold.
STEPS = 21
# Of a reader that keeps all its weights: how wide a step is against the spread of an output's weights, and the most steps to a side.
STEP, MOST = 1.4, 12
# Must equal LEARNT_LENGTH and PER_DOUBLING in src/facts/dash.rs.
LEARNT_LENGTH, PER_DOUBLING = 3.0, 0.7
NAMES = ["Ava", "Kofi", "Zofia", "Callum", "Amina", "Rhys", "Ines", "Jun"]
# More sentences than this make an account; so many of its parts teach what is no yes.
LONG, HARDEST = 4, 3
QUESTIONS = [f"q{number}" for number in range(1, 28)]
# Answers that no kind word outweighs: a text that states one is never below. Weapons, threats to kill, strangulation.
GRAVE = {"q16", "q17", "q18"}


def load(task, files, pack):
    run = subprocess.run([TOOL, "features", task, "--policy", pack, *files], capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in run.stdout.splitlines()]  # a label, what the rules found, and features by sentence
    for row in rows:
        row |= {group: total(one[at] for one in row["sentences"]) for at, group in enumerate(WEIGHT)}
    return rows


CHILD = re.compile(
    r"\b(?:(?:her|his|their|the|VIC's|IP's|AP's|SUSP's) )?(?:little |eldest |youngest |older |younger |(?:\d+|\w+)[ -]?(?:year|yr|month)s?[ -]old )?"
    r"(?:son|daughter|boy|girl|lad|child|toddler)\b(?!friend|['’])",
    re.IGNORECASE,
)


def with_names(files, folder):
    """Texts about a child once more with the child by name, as forms have it."""
    out = Path(folder) / "named.ndjson"
    with out.open("w") as named:
        for number, line in enumerate(line for file in files for line in file.open()):
            case = json.loads(line)
            name = NAMES[number % len(NAMES)]
            text, found = CHILD.subn(name, case.get("text", ""))
            if found and name not in case["text"]:
                named.write(json.dumps(case | {"text": text, "child": {"name": name, "ageYears": 7}}) + "\n")
    return out


def total(groups):
    """Counts of features, summed over sentences."""
    counts = Counter()
    for group in groups:
        counts.update(dict(group))
    return sorted(counts.items())


def matrix(rows, bits, groups=("words", "parts", "rules")):
    mask = (1 << bits) - 1
    data, cols, ptr = [], [], [0]
    for row in rows:
        for group in groups:
            weight = WEIGHT[group]
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
    if task == "dash":
        y = np.array([[question in r["label"]["shown"] for question in QUESTIONS] for r in rows])
        return QUESTIONS, y, np.full(y.shape, True)
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


def fit_question(question, x, y, bits, c, accounts):
    """Learns a question from single texts, and from whole accounts what is none.

    Where in an account a yes stands is not labelled, so an account teaches only where it holds none: its parts that look most like one."""
    first = fit(x, y, c)
    hard = [x]
    for row, parts in accounts:
        if question in row["label"]["answered no"] and question not in row["label"]["shown"]:
            hard.append(parts[np.argsort(-first.decision_function(parts))[:HARDEST]])
    x = vstack(hard)
    return fit(x, np.r_[y, np.zeros(x.shape[0] - len(y))], c)


def fit(x, y, c):
    return LogisticRegression(C=c, class_weight=None, max_iter=400, solver="liblinear").fit(x, y)


def fit_output(name, rows, x, y, bits, c, accounts=()):
    if name in QUESTIONS:
        return fit_question(name, x, y, bits, c, accounts)
    return fit_doubt(rows, y, bits, c) if name == "doubt" else fit(x, y, c)


def out_of_fold(names, rows, x, y, known, bits, c, accounts=(), folds=5, seed=7):
    scores = np.zeros(y.shape)
    for train, test in KFold(folds, shuffle=True, random_state=seed).split(x):
        for k, name in enumerate(names):
            sure = train[known[train, k]]
            if not y[sure, k].any():
                scores[test, k] = -9
                continue
            model = fit_output(name, [rows[at] for at in sure], x[sure], y[sure, k], bits, c, accounts)
            if name == "doubt":
                scores[test, k] = [model.decision_function(matrix(windows(rows[at]), bits)).max() for at in test]
            elif name in QUESTIONS:
                weights, bias = thinned(model.coef_, model.intercept_, x[sure], None)
                scores[test, k] = x[test] @ weights[0] + bias[0]
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
        weights, bias = thinned(*train_all(names, [rows[at] for at in train], x[train], y[train], known[train], bits, c), x[train], keep)
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
    if task == "dash":
        return (-0.5, -3.5)
    return {"level-4": (0.0, -1.0), "level-3": (1.0, 1.0), "doubt": (0.0, -1.2)}[name]


def train_all(names, rows, x, y, known, bits, c, accounts=()):
    weights, bias = np.zeros((y.shape[1], x.shape[1])), np.zeros(y.shape[1])
    for k, name in enumerate(names):
        keep = known[:, k]
        model = fit_output(name, [row for row, sure in zip(rows, keep) if sure], x[keep], y[keep, k], bits, c, accounts)
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
    # A weight of one step says next to nothing.
    small[np.abs(small) < 2] = 0
    return small, scale


def thinned(weights, bias, x, keep):
    """Weights and constants as they would be shipped, so that a reader is judged by them."""
    if keep is None:
        steps, scale, bias = folded(weights, bias, x)
        return steps * scale[:, None], bias
    out = np.zeros_like(weights)
    heavy = heaviest(weights, keep)
    small, scale = rounded(weights[:, heavy])
    out[:, heavy] = small * scale[:, None]
    return out, bias


def folded(weights, bias, x):
    """All weights in whole steps, what a step is, and constants that give back what rounding takes away on the whole."""
    scale = STEP * weights.std(axis=1)
    scale[scale == 0] = 1
    steps = np.clip(np.rint(weights / scale[:, None]), -MOST, MOST)
    return steps.astype(int), scale, bias + np.asarray(x @ (weights - steps * scale[:, None]).T).mean(axis=0)


def letters(steps):
    """A letter for each output of each feature in turn: "." is nothing, "A" one step more, "a" one step less."""
    return "".join("." if step == 0 else chr(ord("A") + step - 1) if step > 0 else chr(ord("a") - step - 1) for step in steps.T.ravel())


def gaps(features):
    """The features' numbers, as gaps in letters with 26 digits, of which the last is small."""
    out, last = [], -1
    for feature in features:
        gap, last = int(feature) - last - 1, int(feature)
        digits = chr(ord("a") + gap % 26)
        while gap := gap // 26:
            digits = chr(ord("A") + gap % 26) + digits
        out.append(digits)
    return "".join(out)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("task", choices=SETTINGS)
    arguments.add_argument("--evaluate", action="store_true")
    arguments.add_argument("--c", type=float)
    arguments.add_argument("--bits", type=int)
    arguments.add_argument("--pack", default=str(ROOT / "policies" / "england"))
    options = arguments.parse_args()
    settings = SETTINGS[options.task] | ({"bits": options.bits} if options.bits else {})
    cases = ROOT / "tests" / "cases"
    forms = [cases / f"dev-{kind}.ndjson" for kind in ("domestic-abuse", "child-concern", "missing", "custody", "strategy")]
    forms += [cases / "own-forms.ndjson", ROOT / "training" / "forms.ndjson"] if options.task != "impact" else []
    files = sorted((ROOT / "training").glob(settings["files"])) + [cases / settings["cases"], *forms]
    files += sorted((ROOT / "training").glob(settings["beside"])) if "beside" in settings else []
    with tempfile.TemporaryDirectory() as folder:
        if options.task == "dash":
            files.append(with_names(files, folder))
        rows = load(options.task, files, options.pack)
    rows = [row for row in rows if row["words"] and (not isinstance(row["label"], list) or GRAVE & set(row["label"]))]
    groups = settings.get("groups", tuple(WEIGHT))
    accounts = []
    if options.task == "dash":
        accounts = [(row, matrix(windows(row), settings["bits"], groups)) for row in rows if len(row["sentences"]) > LONG]
        rows = [row for row in rows if len(row["sentences"]) <= LONG]
    x = matrix(rows, settings["bits"], groups)
    names, y, known = labels(options.task, rows)
    c = options.c or settings["c"]
    scores = out_of_fold(names, rows, x, y, known, settings["bits"], c, accounts)
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
    if options.task == "dash":
        yes, no = limits("dash", "")
        rules = np.array([[any(found.startswith(f"{name}@") for found in row["found"]) for name in names] for row in rows])
        together("rules alone", y, rules)
        longer = np.log2(np.maximum(np.array([len(row["sentences"]) for row in rows]) / LEARNT_LENGTH, 1))
        together("rules, reader", y, (rules & (scores > no)) | (scores >= yes + PER_DOUBLING * longer[:, None]))
    if options.evaluate:
        return
    weights, bias = train_all(names, rows, x, y, known, settings["bits"], c, accounts)
    if "keep" in settings:
        heavy = heaviest(weights, settings["keep"])
        steps, scale = rounded(weights[:, heavy])
        kept = (steps != 0).any(axis=0)
        packed = {"features": gaps(heavy[kept]), "weights": letters(steps[:, kept])}
    else:
        steps, scale, bias = folded(weights, bias, x)
        packed = {"weights": letters(steps)}
    outputs = []
    for k, name in enumerate(names):
        yes, no = limits(options.task, name)
        outputs.append({"name": name, "bias": round(float(bias[k]), 4), "scale": round(float(scale[k]), 6), "yes": yes, "no": no})
    reader = {"about": f"Logistic regression on {len(rows)} invented, labelled texts (training/), by training/train.py", "bits": settings["bits"], **({} if "rules" in groups else {"words-only": True}), "outputs": outputs, **({"blends": blend} if blend else {}), **packed}
    target = ROOT / "policies" / "england" / "readers" / f"{options.task}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(reader, indent=1) + "\n")
    print(f"  wrote {target.relative_to(ROOT)}: {sum(map(len, packed.values()))} characters of weights")


if __name__ == "__main__":
    main()
